// Payments: begins one, applies the provider's answer about one, sends refunds. Routes, notices, activities and the cron all call these
// functions, so each leaves the same rows.
import type { Context } from 'hono';
import { ask, write, type Database } from '../data/db.ts';
import { auditedOnce } from '../data/audit.ts';
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
import { openRefunds, recordRefund, type RefundSeen } from '../data/refunds.ts';
import { consultationRead } from '../data/consultations.ts';
import type { HonoEnv, World } from '../world.ts';
import { each } from '../each.ts';
import { type PaymentPort, type ProviderPayment, ProviderRefused, type RefundOrder } from '../providers/payment/port.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

export interface Ports {
  readonly db: Database;
  readonly world: World;
  readonly now: number;
}

export const portsOf = (c: Context<HonoEnv>): Ports => ({ db: c.var.db, world: c.var.world, now: c.var.now });

export type Begun = { readonly kind: 'goTo'; readonly url: string } | { readonly kind: 'notPayable' } | { readonly kind: 'refused' };

/** Returns the address where this hold is paid, the same one for repeated calls. Throws ProviderUnavailable. */
export async function beginPayment(ports: Ports, consultation: Consultation, clinic: ClinicSettings, description: string): Promise<Begun> {
  const attempt = await openAttempt(ports.db, consultation.id, ports.world.payment.provider, ports.now);
  if (!attempt) return { kind: 'notPayable' };
  if (attempt.confirmationUrl) return { kind: 'goTo', url: attempt.confirmationUrl };
  try {
    const payment = await ports.world.paymentOf(attempt.provider).create({
      key: attempt.id,
      consultationId: consultation.id,
      amountMinor: attempt.amountMinor,
      description,
      email: consultation.email,
      vatCode: clinic.vatCode,
      returnUrl: `${ports.world.settings.PUBLIC_URL}/consultations/${consultation.id}/payment`,
    });
    await write(ports.db, [attemptBegun(attempt.id, payment.providerId, payment.confirmationUrl)]);
    return payment.confirmationUrl ? { kind: 'goTo', url: payment.confirmationUrl } : { kind: 'refused' };
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error;
    await recordRefusal(ports.db, attempt, error.code, ports.now);
    return { kind: 'refused' };
  }
}

/** Applies the provider's own answer about a payment: records the money or the refusal, then grants what the money pays for. */
export async function takeWord(ports: Ports, attempt: Attempt, said: ProviderPayment): Promise<void> {
  const ours = said.paymentId === attempt.id && said.consultationId === attempt.consultationId;
  if (!ours || said.amountMinor !== attempt.amountMinor || said.currency !== 'RUB') {
    // Another payment or another sum is never taken as ours. One journal row, however often it is
    // told, lets reconciliation find it.
    const detail = [said.providerId, said.amountMinor, said.currency, said.paymentId, said.consultationId].join(' ');
    await write(ports.db, [
      auditedOnce({ now: ports.now, personId: null, sessionId: null, act: 'payment.mismatch', kind: 'payment', id: attempt.id, detail }),
    ]);
    return;
  }
  if (said.state === 'canceled') await recordRefusal(ports.db, attempt, said.cancelReason ?? 'general_decline', ports.now);
  if (said.state === 'succeeded') {
    await recordMoney(ports.db, { attempt, method: said.method, receipt: said.receipt }, ports.now);
    await settleMoney(ports, attempt.consultationId);
  }
}

/** Asks the provider about every open payment, and grants recorded money that was not granted yet. */
export async function askAboutPayments(ports: Ports, consultationId: string): Promise<void> {
  const attempts = await openAttempts(ports.db, consultationId);
  await each([...attempts, null], async attempt => {
    // Last, also when a payment could not be asked about.
    if (attempt === null) return await settleMoney(ports, consultationId);
    const said = attempt.providerId ? await ports.world.paymentOf(attempt.provider).get(attempt.providerId) : null;
    if (said) await takeWord(ports, attempt, said);
  });
}

/**
 * Receipts are registered after the payment and no notice reports it, so the cron asks. The clinic must know the state of its receipts
 * (Federal Law 54-FZ).
 */
export async function askAboutReceipts(ports: Ports): Promise<void> {
  await each(await openReceipts(ports.db, ports.now), async attempt => {
    const said = attempt.providerId ? await ports.world.paymentOf(attempt.provider).get(attempt.providerId) : null;
    if (said && said.receipt !== 'pending') await write(ports.db, [receiptIs(attempt.id, said.receipt)]);
  });
}

async function settleMoney(ports: Ports, consultationId: string): Promise<void> {
  const { consultation } = await ask(ports.db, { consultation: consultationRead(consultationId) });
  if (consultation) await grant(ports.db, consultationId, consultation.facts, ports.now);
}

// YooKassa keeps a key for 24 h (yookassa.ru/developers/using-api/interaction-format). An hour is past every retry of the same minute.
const KEY_LIFE_MS = 3_600_000;

/** Sends every requested refund to the provider; asks about one that is pending there. One that fails does not stop the others. */
export async function settleRefunds(ports: Ports, consultationId: string, description: string): Promise<void> {
  const { clinic } = await ask(ports.db, { clinic: clinicRead() });
  await each(await openRefunds(ports.db, consultationId), async refund => {
    const order = {
      key: refund.id,
      isOld: ports.now - refund.askedAt > KEY_LIFE_MS,
      paymentProviderId: refund.paymentProviderId,
      amountMinor: refund.amountMinor,
      description,
      partReceipt: refund.amountMinor < refund.paidMinor ? { email: refund.email, vatCode: clinic.vatCode } : null,
    };
    const provider = ports.world.paymentOf(refund.provider);
    const said = refund.providerId ? await provider.getRefund(refund.providerId) : await refundOrRefusal(provider, order);
    if (said) await recordRefund(ports.db, { id: refund.id, ...said }, ports.now);
  });
}

/** A refusal is an answer: it is recorded, and a person returns the money. */
async function refundOrRefusal(provider: PaymentPort, order: RefundOrder): Promise<Omit<RefundSeen, 'id'>> {
  try {
    return await provider.refund(order);
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error;
    return { providerId: null, state: 'canceled', reason: error.code };
  }
}
