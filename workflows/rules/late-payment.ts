// A payment that arrives after the hold has ended either keeps the interval or is returned automatically. Called by
// worker/data/payments.ts.
import { type Facts, statusOf } from './status.ts';

/** True when the interval may be taken again; the database decides, because somebody else may hold it by then. */
export function mayRescue(facts: Facts, now: number): boolean {
  return statusOf(facts, now) === 'lapsed' && now < facts.startsAt;
}
