// Whether a patient may move an appointment now; the payment stays. Moving is free as long as cancelling is free, because the clinic's
// costs are the same, and at any time while the doctor is late. Called by worker/booking/talon.ts.
import type { CancellationTerms } from './cancellation.ts';
import type { Delay } from './delay.ts';
import { type Facts, isUpcoming, statusOf } from './status.ts';
import type { Interval } from './interval.ts';

/** Moves that a patient may make. Each move blocks another interval for others for a while. */
export const MOVES = 3;

export type Moving =
  /** `until`: until when moving is free, ms. A move because of a late doctor has no such end. */
  | { readonly kind: 'free'; readonly reason: 'asked'; readonly until: number; readonly movesLeft: number }
  | { readonly kind: 'free'; readonly reason: 'doctorLate' }
  | { readonly kind: 'refused'; readonly why: 'unpaid' | 'over' | 'begun' | 'tooOften' }
  | { readonly kind: 'refused'; readonly why: 'tooLate'; readonly since: number };

/** `moves` counts moves that the patient asked for; moves away from a late doctor are not counted. */
export function mayReschedule(facts: Facts, moves: number, delay: Delay, { freeUntil }: CancellationTerms, now: number): Moving {
  const status = statusOf(facts, now);
  if (status === 'reserved') return { kind: 'refused', why: 'unpaid' };
  if (status === 'progress') return { kind: 'refused', why: 'begun' };
  if (!isUpcoming(facts, now)) return { kind: 'refused', why: 'over' };
  if (delay.kind === 'offered') return { kind: 'free', reason: 'doctorLate' };
  if (now >= freeUntil) return { kind: 'refused', why: 'tooLate', since: freeUntil };
  if (moves >= MOVES) return { kind: 'refused', why: 'tooOften' };
  return { kind: 'free', reason: 'asked', until: freeUntil, movesLeft: MOVES - moves };
}

/** One move to another interval. */
export interface MoveTrace {
  readonly at: number;
  readonly by: 'patient' | 'clinic';
  readonly reason: 'asked' | 'doctorLate';
  readonly from: Interval;
  readonly to: Interval;
}
