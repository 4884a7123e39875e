// The way to the payment page: which payment of a hold is still open at the provider, and where it is paid. Called by
// worker/routes/patient/payment.tsx.
import { attemptBegun, type Attempt, openAttempt, recordRefusal } from '../data/payments.ts';
import { write } from '../data/db.ts';
import { type Bill, type ProviderPayment, ProviderRefused, ProviderUnavailable } from '../providers/payment/port.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';
import { type Ports, takeWord } from './payments.ts';

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
