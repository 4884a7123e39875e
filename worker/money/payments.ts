// Payments as the cabinet does them, whoever asks: begin one, take the provider's word about one, send money back. A route, a notice and an
// activity all come through here, so each ends in the same rows.
import type { Context } from 'hono';
import { ask, write } from '../data/db.ts';
import { audited } from '../data/audit.ts';
import { clinicRead } from '../data/clinic.ts';
import {
  type Attempt,
  attemptBegun,
  grant,
  openAttempt,
  openAttempts,
  openReceipts,
  receiptIs,
  recordMoney,
  recordRefusal,
} from '../data/payments.ts';
import { openRefunds, recordRefund } from '../data/refunds.ts';
import { storyRead } from '../data/consultations.ts';
import type { Edge, World } from '../world.ts';
import { type ProviderPayment, ProviderRefused } from '../providers/payment/port.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Story } from '../../workflows/rules/consultation.ts';

export interface Till {
  readonly db: D1Database;
  readonly world: World;
  readonly now: number;
}

export const tillOf = (c: Context<Edge>): Till => ({ db: c.env.DB, world: c.var.world, now: c.var.now });

export type Begun = { readonly kind: 'goTo'; readonly url: string } | { readonly kind: 'notPayable' } | { readonly kind: 'refused' };

/** The address where this hold is paid; the same one however often it is asked. Throws ProviderUnavailable. */
export async function beginPayment(till: Till, story: Story, clinic: ClinicSettings, description: string): Promise<Begun> {
  const attempt = await openAttempt(till.db, story.id, till.now);
  if (!attempt) return { kind: 'notPayable' };
  if (attempt.confirmationUrl) return { kind: 'goTo', url: attempt.confirmationUrl };
  try {
    const payment = await till.world.payment.create({
      key: attempt.id,
      consultationId: story.id,
      amountMinor: attempt.amountMinor,
      description,
      email: story.email,
      vatCode: clinic.vatCode,
      returnUrl: `${till.world.settings.PUBLIC_URL}/consultations/${story.id}/payment`,
    });
    await write(till.db, [attemptBegun(attempt.id, payment.providerId, payment.confirmationUrl)]);
    return payment.confirmationUrl ? { kind: 'goTo', url: payment.confirmationUrl } : { kind: 'refused' };
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error;
    await recordRefusal(till.db, attempt, error.code, till.now);
    return { kind: 'refused' };
  }
}

/** What the provider itself says of a payment becomes ours: money or refusal recorded, then granted what it can buy. */
export async function takeWord(till: Till, attempt: Attempt, said: ProviderPayment): Promise<void> {
  const ours = said.paymentId === attempt.id && said.consultationId === attempt.consultationId;
  if (!ours || said.amountMinor !== attempt.amountMinor || said.currency !== 'RUB') {
    // Somebody else's money or another sum: it is never taken for ours. It stands in the journal, where reconciliation finds it.
    await write(till.db, [
      audited({ now: till.now, personId: null, sessionId: null, act: 'payment.mismatch', kind: 'payment', id: attempt.id }),
    ]);
    return;
  }
  if (said.state === 'canceled') await recordRefusal(till.db, attempt, said.cancelReason ?? 'general_decline', till.now);
  if (said.state === 'succeeded') {
    await recordMoney(till.db, { attempt, method: said.method, receipt: said.receipt }, till.now);
    await settleMoney(till, attempt.consultationId);
  }
}

/** Asks the provider about every payment that has not ended, and settles money that was recorded and not yet granted. */
export async function askAboutPayments(till: Till, consultationId: string): Promise<void> {
  for (const attempt of await openAttempts(till.db, consultationId)) {
    const said = attempt.providerId ? await till.world.payment.get(attempt.providerId) : null;
    if (said) await takeWord(till, attempt, said);
  }
  await settleMoney(till, consultationId);
}

/** Receipts are registered after the payment and nobody tells of it (54-ФЗ asks the clinic to know): the cron asks. */
export async function askAboutReceipts(till: Till): Promise<void> {
  for (const attempt of await openReceipts(till.db, till.now)) {
    const said = attempt.providerId ? await till.world.payment.get(attempt.providerId) : null;
    if (said && said.receipt !== 'pending') await write(till.db, [receiptIs(attempt.id, said.receipt)]);
  }
}

export async function settleMoney(till: Till, consultationId: string): Promise<void> {
  const { story } = await ask(till.db, { story: storyRead(consultationId) });
  if (story) await grant(till.db, consultationId, story.facts, till.now);
}

/** Sends back every refund that is asked for; one that the provider still works on is asked about. */
export async function settleRefunds(till: Till, consultationId: string, description: string): Promise<void> {
  const { clinic } = await ask(till.db, { clinic: clinicRead() });
  for (const refund of await openRefunds(till.db, consultationId)) {
    const order = {
      key: refund.id,
      paymentProviderId: refund.paymentProviderId,
      amountMinor: refund.amountMinor,
      description,
      partReceipt: refund.amountMinor < refund.paidMinor ? { email: refund.email, vatCode: clinic.vatCode } : null,
    };
    const said = refund.providerId ? await till.world.payment.getRefund(refund.providerId) : await till.world.payment.refund(order);
    if (said) await recordRefund(till.db, { id: refund.id, ...said }, till.now);
  }
}
