// Limits how often something may be tried: a counter per key and window, increased and read in one statement. The limits are the table of
// workflows/rules/limits.ts. Called by the routes.
import { type CountedLimit, LIMITS } from '../../workflows/rules/limits.ts';
import { askOne, type Database, number, one } from './db.ts';

/** Counts a try of `who`; true while it is within the limit, or within `times` the limit. */
export async function mayTry(db: Database, limit: CountedLimit, who: string, now: number, times = 1): Promise<boolean> {
  const { count, windowMs } = LIMITS[limit];
  const windowAt = Math.floor(now / windowMs) * windowMs;
  const counted = await askOne(db, {
    sql: 'INSERT INTO throttle (key, window_at, count) VALUES (?1, ?2, 1) ON CONFLICT (key, window_at) DO UPDATE SET count = count + 1 RETURNING count',
    args: [`${limit}:${who}`, windowAt],
    take: one(row => number(row, 'count')),
  });
  return (counted ?? 1) <= count * times;
}
