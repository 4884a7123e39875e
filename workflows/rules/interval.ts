// An interval is half-open, [startsAt, endsAt), of UTC instants in milliseconds: two that only touch do not overlap.
export interface Interval {
  readonly startsAt: number;
  readonly endsAt: number;
}

export const overlaps = (a: Interval, b: Interval): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;
