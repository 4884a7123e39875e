// Payments: begins one, applies the provider's answer about one, sends refunds. Routes, notices, activities and the cron all call these
// functions, so each leaves the same rows.
import type { Context } from 'hono';
import { ask, write, type Database } from '../data/db.ts';
import { auditedOnce } from '../data/audit.ts';
import { clinicRead } from '../data/clinic.ts';
import {
  type Attempt,
  attemptBegun,
  attemptsOfHolds,
  grant,
  openAttempt,
  openAttempts,
  openReceipts,
  receiptIs,
  recordMoney,
  recordRefusal,
  takesTurn,
} from '../data/payments.ts';
import { openRefunds, recordRefund, type RefundSeen } from '../data/refunds.ts';
import { consultationRead } from '../data/consultations.ts';
import type { HonoEnv, World } from '../world.ts';
import { each } from '../each.ts';
import {
  type Bill,
  type PaymentPort,
  type ProviderPayment,
  ProviderRefused,
  ProviderUnavailable,
  type RefundOrder,
} from '../providers/payment/port.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

export interface Ports {
  readonly db: Database;
  readonly world: World;
  readonly now: number;
}

export const portsOf = (c: Context<HonoEnv>): Ports => ({ db: c.var.db, world: c.var.world, now: c.var.now });

export type Begun =
  | { readonly kind: 'goTo'; readonly url: string }
  /** The money had come already. */
  | { readonly kind: 'paid' }
  /** Paid at the provider, which has not said yet whether it takes the money. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'notPayable' }
  | { readonly kind: 'refused' };

// A person waits for the page. Without an answer the stored address is handed out, because the payment page may well work.
const CHECK_MS = 2_000;
// The first attempt may have ended at the provider; the second one is new.
const ATTEMPTS = 2;

/**
 * Returns the address where this hold is paid, the same one for repeated calls while the provider takes money there. The provider may have closed
 * a payment without our hearing of it, so one that it knows is asked about first, and a closed one is followed by a new one with its own key.
 * Throws ProviderUnavailable.
 */
export async function beginPayment(ports: Ports, consultation: Consultation, clinic: ClinicSettings, description: string): Promise<Begun> {
  for (let tries = 0; tries < ATTEMPTS; tries++) {
    const attempt = await openAttempt(ports.db, consultation.id, ports.world.payment.provider, ports.now);
    if (!attempt) return { kind: 'notPayable' };
    try {
      const begun =
        attempt.providerId === null ? await created(ports, attempt, billOf(ports, attempt, consultation, clinic, description)) : attempt;
      const standing = await standingOf(ports, begun, attempt);
      if (standing.kind !== 'ended') return standing;
    } catch (error) {
      if (!(error instanceof ProviderRefused)) throw error;
      await recordRefusal(ports.db, attempt, error.code, ports.now);
      return { kind: 'refused' };
    }
  }
  return { kind: 'refused' };
}

const billOf = ({ world }: Ports, attempt: Attempt, consultation: Consultation, clinic: ClinicSettings, description: string): Bill => ({
  key: attempt.id,
  consultationId: consultation.id,
  amountMinor: attempt.amountMinor,
  description,
  email: consultation.email,
  vatCode: clinic.vatCode,
  returnUrl: `${world.settings.PUBLIC_URL}/consultations/${consultation.id}/payment`,
});

async function created(ports: Ports, attempt: Attempt, bill: Bill): Promise<Attempt> {
  const { providerId, confirmationUrl } = await ports.world.paymentOf(attempt.provider).create(bill);
  await write(ports.db, [attemptBegun(attempt.id, providerId, confirmationUrl)]);
  return { ...attempt, providerId, confirmationUrl };
}

/** Whether the payment can still be paid. `before`: the row as it was before this call. */
async function standingOf(ports: Ports, attempt: Attempt, before: Attempt): Promise<Begun | { readonly kind: 'ended' }> {
  const { confirmationUrl: url } = attempt;
  // A payment that this call made is open. A repeated key gets the first answer again, whatever has happened since.
  if (before.providerId === null && before.createdAt === ports.now && url !== null) return { kind: 'goTo', url };
  const said = await answerAbout(ports, attempt);
  if (said?.state === 'pending' && said.confirmationUrl === null) return { kind: 'waiting' };
  if (said === null || said.state === 'pending') return url === null ? { kind: 'refused' } : { kind: 'goTo', url };
  await takeWord(ports, attempt, said);
  return said.state === 'succeeded' ? { kind: 'paid' } : { kind: 'ended' };
}

/** The provider's answer about a payment; null when it does not know it or does not answer soon. */
async function answerAbout({ world }: Ports, { provider, providerId }: Attempt): Promise<ProviderPayment | null> {
  if (providerId === null) return null;
  try {
    return await world.paymentOf(provider).get(providerId, CHECK_MS);
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    return null;
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
    await askAbout(ports, attempt);
  });
}

async function askAbout(ports: Ports, attempt: Attempt): Promise<void> {
  const said = attempt.providerId ? await ports.world.paymentOf(attempt.provider).get(attempt.providerId) : null;
  if (said) await takeWord(ports, attempt, said);
}

/** How often the provider is asked about one payment while its hold lasts: by the cron, and by a page that waits for the answer, ms. */
const HOLD_PACE_MS = 30_000;
const PAGE_PACE_MS = 10_000;

/**
 * Asks about the payments of holds that still last, so that a lost notice loses nobody's place. The cron calls this. It stops at the first answer
 * that does not come; the next run begins with those that were not asked about.
 */
export async function askAboutHolds(ports: Ports): Promise<void> {
  for (const attempt of await attemptsOfHolds(ports.db, ports.now - HOLD_PACE_MS)) {
    if (await takesTurn(ports.db, attempt.id, ports.now - HOLD_PACE_MS, ports.now)) await askAbout(ports, attempt);
  }
}

/** The same for the one payment whose page is open. */
export async function askForPage(ports: Ports, consultationId: string): Promise<void> {
  await each(await openAttempts(ports.db, consultationId), async attempt => {
    if (await takesTurn(ports.db, attempt.id, ports.now - PAGE_PACE_MS, ports.now)) await askAbout(ports, attempt);
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
