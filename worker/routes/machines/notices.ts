// Webhooks of providers. Anybody can post a payment notice, so the provider is asked for the object, and its answer is stored beside the
// body. Webhooks about letters are verified by signature.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { attemptById, attemptByProviderId, attemptBegun, keepNotice } from '../../data/payments.ts';
import { write } from '../../data/db.ts';
import { letterReported } from '../../data/letters.ts';
import { mayTry } from '../../data/throttle.ts';
import { refundByProviderId } from '../../data/refunds.ts';
import type { PaymentPort } from '../../providers/payment/port.ts';
import { PAYMENT_PROVIDERS } from '../../providers/payment/providers.ts';
import { rawTextOf } from '../../http/form.ts';
import { mayNetworkTry } from '../../http/guards.ts';
import { takeReceived } from '../../letters-in/received.ts';
import { letterPortsOf } from '../../letters-in/soon.ts';
import type { HonoEnv } from '../../world.ts';
import { deliverSoon } from '../../outbox.ts';
import { portsOf, takeWord } from '../../money/payments.ts';
import { takeRefundsWord } from '../../money/refunds.ts';

type C = Context<HonoEnv>;

export const notices = new Hono<HonoEnv>()
  .post(`/notices/:provider{${PAYMENT_PROVIDERS.join('|')}}`, requires('machine'), async c => {
    const body = await rawTextOf(c);
    const notice = providerOf(c).parseNotice(body);
    if (!notice) return c.json({ kind: 'unknown' }, 400);
    if (notice.kind === 'other') return c.json({ kind: 'ignored' });
    const heard =
      notice.kind === 'payment'
        ? await aboutPayment(c, notice.event, notice.objectId, body)
        : await aboutRefund(c, notice.event, notice.objectId, body);
    if (heard === 'tooMany') return c.json({ kind: heard }, 429, { 'retry-after': '60' });
    return heard === 'heard' ? c.json({ kind: heard }) : c.json({ kind: heard }, 404);
  })

  .post('/notices/resend', requires('machine'), async c => {
    const notice = await c.var.world.mail.parseNotice(await rawTextOf(c), c.req.raw.headers, c.var.now);
    if (!notice) return c.json({ kind: 'refused' }, 401);
    await letterReported(c.var.db, notice, c.var.now);
    if (notice.type === 'email.received') return c.json({ kind: await received(c, notice.providerId ?? '') });
    return c.json({ kind: notice.delivery ? 'heard' : 'ignored' });
  });

/** Resend repeats a notice that is not answered with 2xx, for a day. What it does not repeat is found in its list (worker/letters-in/received.ts). */
async function received(c: C, id: string): Promise<'heard' | 'notOurs'> {
  return id !== '' && (await takeReceived(letterPortsOf(c), id)) ? 'heard' : 'notOurs';
}

const providerOf = (c: C): PaymentPort => c.var.world.paymentOf(c.req.param('provider') ?? '');

/** Whoever forges notices must not use up what genuine ones of the provider need, so networks are counted before all of them together. */
const mayAskUnknown = async (c: C, provider: string): Promise<boolean> =>
  (await mayNetworkTry(c, 'noticesOfUnknown')) && (await mayTry(c.var.db, 'noticesOfAllUnknown', provider, c.var.now));

type Heard = 'heard' | 'notOurs' | 'tooMany';

/** Only the provider's own answer about the object counts. It is stored beside the body. A notice about a payment that is not ours is not stored. */
async function aboutPayment(c: C, event: string, objectId: string, body: string): Promise<Heard> {
  const port = providerOf(c);
  const known = await attemptByProviderId(c.var.db, port.provider, objectId);
  const mayAsk = known ? await mayTry(c.var.db, 'noticesOfObject', objectId, c.var.now) : await mayAskUnknown(c, port.provider);
  if (!mayAsk) return 'tooMany';
  const said = await port.get(objectId);
  if (!said) return 'notOurs';
  const attempt = known ?? (said.paymentId ? await attemptById(c.var.db, said.paymentId) : null);
  if (!attempt || (attempt.providerId !== null && attempt.providerId !== objectId)) return 'notOurs';
  await keepNotice(c.var.db, { event, objectId, body, answer: JSON.stringify(said) }, c.var.now);
  // The response to our own create may have been lost; then the notice is the first message with the provider's id.
  if (attempt.providerId === null) await write(c.var.db, [attemptBegun(attempt.id, objectId, said.confirmationUrl)]);
  await takeWord(portsOf(c), attempt, said);
  deliverSoon(c, attempt.consultationId);
  return 'heard';
}

/** A refund that was made in the provider's own cabinet is written down as well. Only one of a payment that is not ours is not stored. */
async function aboutRefund(c: C, event: string, objectId: string, body: string): Promise<Heard> {
  const port = providerOf(c);
  const known = await refundByProviderId(c.var.db, port.provider, objectId);
  const mayAsk = known ? await mayTry(c.var.db, 'noticesOfObject', objectId, c.var.now) : await mayAskUnknown(c, port.provider);
  if (!mayAsk) return 'tooMany';
  const said = await port.getRefund(objectId);
  if (!said) return 'notOurs';
  const consultationId = await takeRefundsWord(portsOf(c), port.provider, said);
  if (consultationId === null) return 'notOurs';
  await keepNotice(c.var.db, { event, objectId, body, answer: JSON.stringify(said) }, c.var.now);
  deliverSoon(c, consultationId);
  return 'heard';
}
