// What a consultation is, computed from what happened and from now; nobody ever types a state in. Also where its money stands.
import type { Interval } from './interval.ts';

export type Status =
  | 'reserved'
  | 'paid'
  | 'waiting'
  | 'progress'
  | 'concluded'
  | 'published'
  | 'lapsed'
  | 'cancelled'
  | 'absent'
  | 'failed';

/** Paid, and the doctor has not ended it. */
export const isAhead = (status: Status): boolean => status === 'paid' || status === 'waiting' || status === 'progress';

/** How a doctor may say that a visit ended. */
export const OUTCOMES = ['tookPlace', 'failed', 'absent'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What D1 holds about one consultation. Instants are ms, sums are minor units of one currency. */
export interface Facts extends Interval {
  readonly priceMinor: number;
  /** When an unpaid hold ends; fixed at booking, only a staff extension adds to it. */
  readonly expiresAt: number;
  /** When the payment made the hold firm. */
  readonly firmAt: number | null;
  readonly lapsedAt: number | null;
  readonly cancelledAt: number | null;
  readonly cancelledBy: 'patient' | 'clinic' | null;
  /** The patient's first entry. */
  readonly enteredAt: number | null;
  /** The first instant with both in the call; two who only wait in the room have not begun. */
  readonly startedAt: number | null;
  readonly concludedAt: number | null;
  readonly outcome: Outcome | null;
  readonly publishedAt: number | null;
  readonly takenMinor: number;
  /** Asked back from the provider, whether it has answered or not. */
  readonly returningMinor: number;
  readonly returnedMinor: number;
}

/** For how long after `expiresAt` an unpaid hold still keeps others out: the workflow asks the provider one last time. */
export const GRACE_MS = 60_000;

/** The state of a consultation at an instant; the first fact that applies, from the latest in the consultation to the earliest. */
export function statusOf(facts: Facts, now: number): Status {
  if (facts.cancelledAt !== null) return 'cancelled';
  if (facts.publishedAt !== null) return 'published';
  if (facts.outcome !== null) return concludedAs(facts.outcome);
  if (facts.firmAt !== null) return paidAs(facts);
  if (facts.lapsedAt !== null || now >= facts.expiresAt + GRACE_MS) return 'lapsed';
  return 'reserved';
}

/** Upcoming is what still asks something of the patient; the rest is history. A paid one stays until its end is recorded or long past. */
export function isUpcoming(facts: Facts, now: number): boolean {
  const status = statusOf(facts, now);
  if (status === 'reserved') return true;
  return isAhead(status) && now < facts.endsAt + UPCOMING_TAIL_MS;
}

// A doctor may run late and a card must not vanish meanwhile; half a day is past any working day.
export const UPCOMING_TAIL_MS = 12 * 3_600_000;

/** Whether the hold can still be paid from the page: until `expiresAt`; the grace after it belongs to payments already under way. */
export const isPayable = (facts: Facts, now: number): boolean => statusOf(facts, now) === 'reserved' && now < facts.expiresAt;

/** Paid after the hold had ended and kept all the same; how late in ms, or null. */
export function rescuedLateMs(facts: Facts): number | null {
  if (facts.firmAt === null || facts.firmAt <= facts.expiresAt) return null;
  return facts.firmAt - facts.expiresAt;
}

export type MoneyState = 'nothing' | 'held' | 'kept' | 'returning' | 'returned' | 'partReturned';

/** Where the money stands: every taken kopeck is held for the visit, kept, on its way back, or back. */
export function moneyOf(facts: Facts, now: number): MoneyState {
  if (facts.takenMinor === 0) return 'nothing';
  if (facts.returningMinor > facts.returnedMinor) return 'returning';
  if (facts.returnedMinor >= facts.takenMinor) return 'returned';
  if (facts.returnedMinor > 0) return 'partReturned';
  const status = statusOf(facts, now);
  return status === 'concluded' || status === 'published' || status === 'absent' || status === 'cancelled' ? 'kept' : 'held';
}

function concludedAs(outcome: Outcome): Status {
  switch (outcome) {
    case 'tookPlace':
      return 'concluded';
    case 'failed':
      return 'failed';
    case 'absent':
      return 'absent';
  }
}

function paidAs(facts: Facts): Status {
  if (facts.startedAt !== null) return 'progress';
  return facts.enteredAt !== null ? 'waiting' : 'paid';
}
