// A half-open interval [startsAt, endsAt) of UTC instants in ms: two that only touch do not overlap.
export interface Interval {
  readonly startsAt: number;
  readonly endsAt: number;
}

export const overlaps = (a: Interval, b: Interval): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;
