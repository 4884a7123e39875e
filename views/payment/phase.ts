// What the return page may say. The provider's redirect proves nothing: the page says «paid» only when the hold is firm in D1. Called by
// payment-return.tsx and payment-return-page.tsx.
import { isAhead, isPayable, rescuedLateMs } from '../../workflows/rules/status.ts';
import type { ConsultationView } from '../consultation/timeline-view.ts';

export type PaymentPhase =
  | { readonly kind: 'paid' }
  | { readonly kind: 'rescued'; readonly lateMs: number }
  | { readonly kind: 'returned'; readonly minor: number; readonly settled: boolean }
  | { readonly kind: 'cancelled' }
  /** Paid, and the visit has ended. */
  | { readonly kind: 'over' }
  | { readonly kind: 'lapsed' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unpaid' }
  | { readonly kind: 'waiting' };

export function phaseOf(consultation: ConsultationView, now: number): PaymentPhase {
  const { facts, status } = consultation;
  if (status === 'cancelled') return { kind: 'cancelled' };
  if (facts.firmAt !== null && !isAhead(status)) return { kind: 'over' };
  if (facts.firmAt !== null) {
    const lateMs = rescuedLateMs(facts);
    return lateMs === null ? { kind: 'paid' } : { kind: 'rescued', lateMs };
  }
  // Money taken after the lapse will be returned, but its refund row is not written yet: the page waits for it.
  const goesMinor = facts.returningMinor + facts.refusedMinor;
  if (goesMinor > 0) return { kind: 'returned', minor: goesMinor, settled: facts.returnedMinor >= facts.returningMinor };
  if (facts.takenMinor > 0) return { kind: 'waiting' };
  if (status === 'lapsed') return { kind: 'lapsed' };
  if (consultation.paymentOpen) return { kind: 'waiting' };
  if (!isPayable(facts, now)) return { kind: 'waiting' };
  return consultation.refusedReason === null ? { kind: 'unpaid' } : { kind: 'refused', reason: consultation.refusedReason };
}

/** Whether the page can still change by itself. A payment that is under way can arrive after the lapse too. */
export const isOpenEnded = (phase: PaymentPhase, consultation: ConsultationView): boolean =>
  phase.kind === 'waiting' ||
  ((phase.kind === 'lapsed' || phase.kind === 'cancelled') && consultation.paymentOpen) ||
  (phase.kind === 'returned' && !phase.settled);
