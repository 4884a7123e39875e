// Money that came after the hold had ended has two ends and no third: the interval is kept, or the money goes back by itself.
import { type Facts, statusOf } from './status.ts';

/** Worth trying to take the interval again; the database has the last word, because somebody else may hold it. */
export function mayRescue(facts: Facts, now: number): boolean {
  return statusOf(facts, now) === 'lapsed' && now < facts.startsAt;
}
