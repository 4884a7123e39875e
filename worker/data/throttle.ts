// Limits how often something may be tried: a counter per key and window, increased and read in one statement. Called by the routes of
// sign-in, handover and connection check.
import { askOne, type Database, number, one } from './db.ts';

export interface Limit {
  readonly count: number;
  readonly windowMs: number;
}

/** Counts a try; true while it is within the limit. */
export async function mayTry(db: Database, key: string, limit: Limit, now: number): Promise<boolean> {
  const windowAt = Math.floor(now / limit.windowMs) * limit.windowMs;
  const count = await askOne(db, {
    sql: 'INSERT INTO throttle (key, window_at, count) VALUES (?1, ?2, 1) ON CONFLICT (key, window_at) DO UPDATE SET count = count + 1 RETURNING count',
    args: [key, windowAt],
    take: one(row => number(row, 'count')),
  });
  return (count ?? 1) <= limit.count;
}
