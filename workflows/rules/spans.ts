// Lists of intervals taken as stretches of time: joined, cut and measured. The call's passport counts with them.
import type { Interval } from './interval.ts';

/** Their length together, ms; an interval that runs backwards has none. */
export const lengthOf = (spans: readonly Interval[]): number =>
  spans.reduce((sum, { startsAt, endsAt }) => sum + Math.max(0, endsAt - startsAt), 0);

/** Spans in order, those that touch or overlap as one, empty ones left out. */
export function merged(spans: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const span of spans.filter(s => s.endsAt > s.startsAt).toSorted((a, b) => a.startsAt - b.startsAt)) {
    const last = result.at(-1);
    if (last && span.startsAt <= last.endsAt) result[result.length - 1] = { ...last, endsAt: Math.max(last.endsAt, span.endsAt) };
    else result.push(span);
  }
  return result;
}

/** What two ordered lists of spans share. */
export const intersection = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  a.flatMap(x =>
    b
      .map(y => ({ startsAt: Math.max(x.startsAt, y.startsAt), endsAt: Math.min(x.endsAt, y.endsAt) }))
      .filter(span => span.endsAt > span.startsAt),
  );
