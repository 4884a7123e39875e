// A half-open interval [startsAt, endsAt) of UTC instants in ms: two that only touch do not overlap.
export interface Interval {
  readonly startsAt: number;
  readonly endsAt: number;
}

/**
 * No visit lasts longer, ms, so whoever looks for visits that touch an instant looks back no further than this. The view `limits` of the schema
 * repeats it, and a trigger refuses a longer hold.
 */
export const LONGEST_VISIT_MS = 86_400_000;

export const overlaps = (a: Interval, b: Interval): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;
