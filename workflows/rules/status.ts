// The state of a consultation and of its money, computed from the facts and the current time. A state is never stored. Called by the data
// layer, the routes, the pages and the workflow.
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

/** Paid and not yet concluded. */
const PAID: Readonly<Record<Status, boolean>> = {
  reserved: false,
  lapsed: false,
  cancelled: false,
  paid: true,
  waiting: true,
  progress: true,
  concluded: true,
  published: true,
  failed: true,
  absent: true,
};

/** The visit was paid and not cancelled, whatever became of it. */
export const isFirm = (status: Status): boolean => PAID[status];

export const isAhead = (status: Status): boolean => status === 'paid' || status === 'waiting' || status === 'progress';

/** The outcomes that a doctor can record. */
export const OUTCOMES = ['tookPlace', 'failed', 'absent'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What D1 stores about one consultation. Instants are ms, sums are minor units of one currency. */
export interface Facts extends Interval {
  readonly priceMinor: number;
  /** When an unpaid hold ends; fixed at booking, only the staff can extend it. */
  readonly expiresAt: number;
  /** When the payment made the hold firm. */
  readonly firmAt: number | null;
  readonly lapsedAt: number | null;
  readonly cancelledAt: number | null;
  readonly cancelledBy: 'patient' | 'clinic' | null;
  /** The patient's first entry. */
  readonly enteredAt: number | null;
  /** The first instant with both in the call. Waiting in the room does not start a visit. */
  readonly startedAt: number | null;
  readonly concludedAt: number | null;
  readonly outcome: Outcome | null;
  readonly publishedAt: number | null;
  readonly takenMinor: number;
  /** Sum of all refunds that are on their way or settled. */
  readonly returningMinor: number;
  /** Sum of the refunds that the provider refused. A person must return this money. */
  readonly refusedMinor: number;
  readonly returnedMinor: number;
}

/** How long after `expiresAt` an unpaid hold still blocks the interval, because the workflow asks the provider one last time, ms. */
export const GRACE_MS = 60_000;

/** The state at the instant `now`: the first fact that applies, from the latest possible fact to the earliest. */
export function statusOf(facts: Facts, now: number): Status {
  if (facts.cancelledAt !== null) return 'cancelled';
  if (facts.publishedAt !== null) return 'published';
  if (facts.outcome !== null) return concludedAs(facts.outcome);
  if (facts.firmAt !== null) return paidAs(facts);
  if (facts.lapsedAt !== null || now >= facts.expiresAt + GRACE_MS) return 'lapsed';
  return 'reserved';
}

/**
 * A consultation is upcoming while it needs something from the patient. A paid one stays upcoming until its end is recorded, or for 12
 * hours after its booked end.
 */
export function isUpcoming(facts: Facts, now: number): boolean {
  const status = statusOf(facts, now);
  if (status === 'reserved') return true;
  return isAhead(status) && now < facts.endsAt + UPCOMING_TAIL_MS;
}

// A doctor may be late, and the talon must not disappear meanwhile. Twelve hours after the booked end every working day is over.
export const UPCOMING_TAIL_MS = 12 * 3_600_000;

/** Whether the page still offers to pay: until `expiresAt`. The grace period after it is only for payments already begun. */
export const isPayable = (facts: Facts, now: number): boolean => statusOf(facts, now) === 'reserved' && now < facts.expiresAt;

/** How late a payment was that came after the hold had ended and still got the interval, ms; null otherwise. */
export function rescuedLateMs(facts: Facts): number | null {
  if (facts.firmAt === null || facts.firmAt <= facts.expiresAt) return null;
  return facts.firmAt - facts.expiresAt;
}

export type MoneyState = 'nothing' | 'held' | 'kept' | 'returning' | 'stuck' | 'returned' | 'partReturned';

/** Where the money is: every received kopeck is held for the visit, kept, being returned, stuck until a person returns it, or returned. */
export function moneyOf(facts: Facts, now: number): MoneyState {
  if (facts.takenMinor === 0) return 'nothing';
  if (facts.returningMinor > facts.returnedMinor) return 'returning';
  if (facts.refusedMinor > 0) return 'stuck';
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
