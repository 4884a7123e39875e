// Builds the timeline of a consultation from facts, payments, refunds and letters: past events in order of time, then the next event.
// Called by consultation-timeline.tsx.
import { type Facts, GRACE_MS, isPayable, type Outcome, rescuedLateMs } from '../../workflows/rules/status.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import type { ConsultationView } from './timeline-view.ts';
import type { LetterTrace } from '../../workflows/rules/letter.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import type { RefundTrace } from '../../workflows/rules/refund.ts';
import type { MoveTrace } from '../../workflows/rules/reschedule.ts';

export type Happening =
  | { readonly kind: 'booked'; readonly at: number; readonly slot: Interval }
  | { readonly kind: 'paymentBegun'; readonly at: number; readonly payment: PaymentTrace }
  | { readonly kind: 'paymentTaken'; readonly at: number; readonly payment: PaymentTrace; readonly lateMs: number | null }
  | { readonly kind: 'paymentRefused'; readonly at: number; readonly payment: PaymentTrace }
  | { readonly kind: 'lapsed'; readonly at: number; readonly heldMs: number }
  | { readonly kind: 'cancelled'; readonly at: number; readonly by: 'patient' | 'clinic' | 'doctorLate' }
  | { readonly kind: 'rescheduled'; readonly at: number; readonly move: MoveTrace }
  | { readonly kind: 'waits'; readonly at: number }
  | { readonly kind: 'refundAsked' | 'refundSettled' | 'refundRefused'; readonly at: number; readonly refund: RefundTrace }
  | { readonly kind: 'letter'; readonly at: number; readonly letter: LetterTrace }
  | { readonly kind: 'entered' | 'started' | 'published'; readonly at: number }
  | { readonly kind: 'concluded'; readonly at: number; readonly outcome: Outcome };

export type Next =
  | { readonly kind: 'pay'; readonly by: number }
  | { readonly kind: 'checking' }
  | { readonly kind: 'visit'; readonly at: number }
  | { readonly kind: 'refund' }
  | { readonly kind: 'protocol' };

export interface Timeline {
  readonly past: readonly Happening[];
  readonly next: Next | null;
}

/** The timeline as known at `now`, ms. Of two events in the same millisecond the cause comes first. */
export function timelineOf(consultation: ConsultationView, now: number): Timeline {
  const { facts } = consultation;
  const past: Happening[] = [
    // The interval that was booked first; a later move has its own row.
    { kind: 'booked', at: consultation.createdAt, slot: consultation.moves[0]?.from ?? facts },
    ...consultation.payments.flatMap(payment => paymentOf(payment, facts)),
    ...consultation.moves.map((move): Happening => ({ kind: 'rescheduled', at: move.at, move })),
    ...consultation.waits.map((at): Happening => ({ kind: 'waits', at })),
    ...endsOf(consultation, now),
    ...consultation.refunds.flatMap(refundOf),
    ...consultation.letters.flatMap((letter): Happening[] =>
      letter.sentAt === null ? [] : [{ kind: 'letter', at: letter.sentAt, letter }],
    ),
  ];
  // The sort is stable, so a cause listed above its effect stays above it.
  return { past: past.sort((a, b) => a.at - b.at), next: nextOf(consultation, now) };
}

function paymentOf(payment: PaymentTrace, facts: Facts): Happening[] {
  const happenings: Happening[] = [{ kind: 'paymentBegun', at: payment.createdAt, payment }];
  if (payment.succeededAt !== null) {
    // Only the payment that made the hold firm can have rescued it after the deadline.
    const lateMs = facts.firmAt !== null && payment.succeededAt <= facts.firmAt ? rescuedLateMs(facts) : null;
    happenings.push({ kind: 'paymentTaken', at: payment.succeededAt, payment, lateMs });
  }
  if (payment.cancelledAt !== null) happenings.push({ kind: 'paymentRefused', at: payment.cancelledAt, payment });
  return happenings;
}

function endsOf({ facts, status, createdAt, cancelReason }: ConsultationView, now: number): Happening[] {
  const ends: Happening[] = [];
  const heldMs = facts.expiresAt - createdAt;
  // The row of a lapse may be written later, so the page follows the status.
  const lapsedAt = facts.lapsedAt ?? (status === 'lapsed' ? facts.expiresAt + GRACE_MS : null);
  if (lapsedAt !== null && lapsedAt <= now) ends.push({ kind: 'lapsed', at: lapsedAt, heldMs });
  if (facts.enteredAt !== null) ends.push({ kind: 'entered', at: facts.enteredAt });
  if (facts.startedAt !== null) ends.push({ kind: 'started', at: facts.startedAt });
  if (facts.concludedAt !== null && facts.outcome !== null) ends.push({ kind: 'concluded', at: facts.concludedAt, outcome: facts.outcome });
  if (facts.publishedAt !== null) ends.push({ kind: 'published', at: facts.publishedAt });
  const by = cancelReason === 'doctorLate' ? cancelReason : (facts.cancelledBy ?? 'clinic');
  if (facts.cancelledAt !== null) ends.push({ kind: 'cancelled', at: facts.cancelledAt, by });
  return ends;
}

function refundOf(refund: RefundTrace): Happening[] {
  const happenings: Happening[] = [{ kind: 'refundAsked', at: refund.askedAt, refund }];
  if (refund.settledAt !== null) happenings.push({ kind: 'refundSettled', at: refund.settledAt, refund });
  if (refund.refusedAt !== null) happenings.push({ kind: 'refundRefused', at: refund.refusedAt, refund });
  return happenings;
}

function nextOf({ facts, status }: ConsultationView, now: number): Next | null {
  if (status === 'reserved') return isPayable(facts, now) ? { kind: 'pay', by: facts.expiresAt } : { kind: 'checking' };
  if (status === 'paid' && now < facts.startsAt) return { kind: 'visit', at: facts.startsAt };
  if (facts.returningMinor > facts.returnedMinor) return { kind: 'refund' };
  if (status === 'concluded') return { kind: 'protocol' };
  return null;
}
