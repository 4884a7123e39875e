// What the return page may say. The provider's redirect proves nothing: «paid» is said only when the hold is firm in D1.
import { isPayable, rescuedLateMs } from '../../workflows/rules/status.ts';
import type { ConsultationView } from '../consultation/timeline-view.ts';

export type PaymentPhase =
  | { readonly kind: 'paid' }
  | { readonly kind: 'rescued'; readonly lateMs: number }
  | { readonly kind: 'returned'; readonly minor: number; readonly settled: boolean }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'lapsed' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unpaid' }
  | { readonly kind: 'waiting' };

export function phaseOf(consultation: ConsultationView, now: number): PaymentPhase {
  const { facts, status } = consultation;
  if (status === 'cancelled') return { kind: 'cancelled' };
  if (facts.firmAt !== null) {
    const lateMs = rescuedLateMs(facts);
    return lateMs === null ? { kind: 'paid' } : { kind: 'rescued', lateMs };
  }
  // Taken after the lapse and not asked back yet is still on its way: the page waits for the refund's row.
  if (facts.returningMinor > 0)
    return { kind: 'returned', minor: facts.returningMinor, settled: facts.returnedMinor >= facts.returningMinor };
  if (facts.takenMinor > 0) return { kind: 'waiting' };
  if (status === 'lapsed') return { kind: 'lapsed' };
  if (consultation.paymentOpen) return { kind: 'waiting' };
  if (!isPayable(facts, now)) return { kind: 'waiting' };
  return consultation.refusedReason === null ? { kind: 'unpaid' } : { kind: 'refused', reason: consultation.refusedReason };
}

/** Whether the page may still change by itself: money that is under way can come after the lapse too. */
export const isOpenEnded = (phase: PaymentPhase, consultation: ConsultationView): boolean =>
  phase.kind === 'waiting' || (phase.kind === 'lapsed' && consultation.paymentOpen) || (phase.kind === 'returned' && !phase.settled);
