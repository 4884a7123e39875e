// Arithmetic on lists of intervals: total length, union, intersection. Called by passport.ts.
import type { Interval } from './interval.ts';

/** Total length, ms; an interval that ends before it starts counts 0. */
export const lengthOf = (spans: readonly Interval[]): number =>
  spans.reduce((sum, { startsAt, endsAt }) => sum + Math.max(0, endsAt - startsAt), 0);

/** Intervals in order; those that touch or overlap are joined, empty ones are left out. */
export function merged(spans: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const span of spans.filter(s => s.endsAt > s.startsAt).toSorted((a, b) => a.startsAt - b.startsAt)) {
    const last = result.at(-1);
    if (last && span.startsAt <= last.endsAt) result[result.length - 1] = { ...last, endsAt: Math.max(last.endsAt, span.endsAt) };
    else result.push(span);
  }
  return result;
}

/** The intersection of two ordered lists. */
export const intersection = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  a.flatMap(x =>
    b
      .map(y => ({ startsAt: Math.max(x.startsAt, y.startsAt), endsAt: Math.min(x.endsAt, y.endsAt) }))
      .filter(span => span.endsAt > span.startsAt),
  );
