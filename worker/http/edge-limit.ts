// Limits that a binding of wrangler.toml counts in memory. One call of a binding costs about as much as a whole page, so requests that are many are
// counted here first, by isolate, and the binding is told of each full batch.
import type { Context } from 'hono';
import { type EdgeLimit, LIMITS, windowEndOf } from '../../workflows/rules/limits.ts';
import type { HonoEnv } from '../world.ts';

interface Count {
  count: number;
  /** The binding has refused a batch in this window. */
  isOver: boolean;
}

interface Tally {
  readonly endsAt: number;
  readonly counts: Map<string, Count>;
}

/** As many networks are remembered in one window; then the isolate begins anew. 10,000 take about 2 MB. */
const MOST_KEYS = 10_000;
const tallies = new WeakMap<RateLimit, Tally>();

/**
 * Counts a request for a key; true while it is within the limit. Of a limit with a `batch`, each isolate lets through up to batch - 1 requests of a key
 * in a window that the binding never hears of.
 */
export async function isWithin(c: Context<HonoEnv>, limit: EdgeLimit, key: string): Promise<boolean> {
  const { edge, batch } = LIMITS[limit].by;
  const binding = c.env[edge];
  if (batch === 1) return (await binding.limit({ key })).success;
  const count = countOf(tallyOf(binding, windowEndOf(limit, c.get('now'))), key);
  count.count += 1;
  if (!count.isOver && count.count % batch === 0) count.isOver = !(await binding.limit({ key })).success;
  return !count.isOver;
}

function tallyOf(binding: RateLimit, endsAt: number): Tally {
  const known = tallies.get(binding);
  if (known && known.endsAt === endsAt && known.counts.size < MOST_KEYS) return known;
  const tally = { endsAt, counts: new Map<string, Count>() };
  tallies.set(binding, tally);
  return tally;
}

function countOf({ counts }: Tally, key: string): Count {
  const known = counts.get(key);
  if (known) return known;
  const count = { count: 0, isOver: false };
  counts.set(key, count);
  return count;
}
