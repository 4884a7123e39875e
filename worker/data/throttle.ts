// Limits how often something may be tried: a counter per key and window, increased and read in one statement. The limits are the table of
// workflows/rules/limits.ts. Called by the routes and worker/auth.
import { type CountedLimit, LIMITS } from '../../workflows/rules/limits.ts';
import { askOne, type Database, number, one, write } from './db.ts';

/** Counts a try of `who`; true while it is within the limit, or within `times` the limit. */
export const mayTry = async (db: Database, limit: CountedLimit, who: string, now: number, times = 1): Promise<boolean> =>
  (await countTry(db, limit, who, now)) <= LIMITS[limit].count * times;

/** Counts a try of `who` and returns how many there were in this window. */
export async function countTry(db: Database, limit: CountedLimit, who: string, now: number): Promise<number> {
  const counted = await askOne(db, {
    sql: 'INSERT INTO throttle (key, window_at, count) VALUES (?1, ?2, 1) ON CONFLICT (key, window_at) DO UPDATE SET count = count + 1 RETURNING count',
    args: keyOf(limit, who, now),
    take: one(row => number(row, 'count')),
  });
  return counted ?? 1;
}

/** Takes one counted try back. */
export async function takeBackTry(db: Database, limit: CountedLimit, who: string, now: number): Promise<void> {
  await write(db, [
    { sql: 'UPDATE throttle SET count = count - 1 WHERE key = ?1 AND window_at = ?2 AND count > 0', args: keyOf(limit, who, now) },
  ]);
}

const keyOf = (limit: CountedLimit, who: string, now: number): [string, number] => {
  const { windowMs } = LIMITS[limit];
  return [`${limit}:${who}`, Math.floor(now / windowMs) * windowMs];
};
