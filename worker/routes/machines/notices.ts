// Webhooks of providers. A payment notice is stored as received, then the provider is asked for the object. Delivery reports of letters are
// verified by signature.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { attemptById, attemptByProviderId, attemptBegun, keepNotice } from '../../data/payments.ts';
import { write } from '../../data/db.ts';
import { letterReported } from '../../data/letters.ts';
import { consultationOfRefund } from '../../data/refunds.ts';
import type { PaymentPort } from '../../providers/payment/port.ts';
import { PAYMENT_PROVIDERS } from '../../providers/payment/providers.ts';
import type { HonoEnv } from '../../world.ts';
import { deliverSoon } from '../../outbox.ts';
import { settleRefunds, takeWord, portsOf } from '../../money/payments.ts';

type C = Context<HonoEnv>;

export const notices = new Hono<HonoEnv>()
  .post(`/notices/:provider{${PAYMENT_PROVIDERS.join('|')}}`, requires('machine'), async c => {
    const body = await c.req.text();
    const notice = providerOf(c).parseNotice(body);
    if (!notice) return c.json({ kind: 'unknown' }, 400);
    const settled =
      notice.kind === 'payment'
        ? await aboutPayment(c, notice.event, notice.objectId, body)
        : await aboutRefund(c, notice.event, notice.objectId, body);
    return settled ? c.json({ kind: 'heard' }) : c.json({ kind: 'notOurs' }, 404);
  })

  .post('/notices/resend', requires('machine'), async c => {
    const report = await c.var.world.mail.parseReport(await c.req.text(), c.req.raw.headers, c.var.now);
    if (!report) return c.json({ kind: 'refused' }, 401);
    await letterReported(c.var.db, report.providerId, report.state, report.at);
    return c.json({ kind: 'heard' });
  });

const providerOf = (c: C): PaymentPort => c.var.world.paymentOf(c.req.param('provider') ?? '');

/** Only the provider's own answer about the object counts. A notice about a payment that is not ours is not stored. */
async function aboutPayment(c: C, event: string, objectId: string, body: string): Promise<boolean> {
  const port = providerOf(c);
  const said = await port.get(objectId);
  if (!said) return false;
  const attempt =
    (await attemptByProviderId(c.var.db, port.provider, objectId)) ?? (said.paymentId ? await attemptById(c.var.db, said.paymentId) : null);
  if (!attempt || (attempt.providerId !== null && attempt.providerId !== objectId)) return false;
  await keepNotice(c.var.db, event, objectId, body, c.var.now);
  // The response to our own create may have been lost; then the notice is the first message with the provider's id.
  if (attempt.providerId === null) await write(c.var.db, [attemptBegun(attempt.id, objectId, said.confirmationUrl)]);
  await takeWord(portsOf(c), attempt, said);
  deliverSoon(c, attempt.consultationId);
  return true;
}

async function aboutRefund(c: C, event: string, objectId: string, body: string): Promise<boolean> {
  const consultationId = await consultationOfRefund(c.var.db, objectId);
  if (!consultationId) return false;
  await keepNotice(c.var.db, event, objectId, body, c.var.now);
  await settleRefunds(portsOf(c), consultationId, 'Возврат оплаты');
  deliverSoon(c, consultationId);
  return true;
}
