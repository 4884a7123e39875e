// What happens to a refund claim by itself, and when: reminders to sign, and alarms as the last day comes nearer. Instants are ms. Called by
// worker/claims/look-after.ts.
import { type ClaimFacts, type ClaimState, claimStateOf, isClaimOpen, isClaimOver } from './claim-state.ts';

const DAY_MS = 86_400_000;

export const CLAIM_DAYS = 10;

/** Who hears that a claim is not decided: finance on day 7, the owner on day 9, everybody when the term is broken. Stored values. */
export const CLAIM_ALARMS = ['day7', 'day9', 'overdue'] as const;
export type ClaimAlarm = (typeof CLAIM_ALARMS)[number];

/** What the next look at a claim is for. */
export type ClaimMoment = 'remindsDay1' | 'remindsDay3' | ClaimAlarm | 'money' | 'staff' | 'over';

/** A reminder to sign is due so long after the demand: the guide promises the first one at once, that is the letter with the address. */
const REMINDERS = [
  { moment: 'remindsDay1', afterMs: DAY_MS },
  { moment: 'remindsDay3', afterMs: 3 * DAY_MS },
] as const;

/** The start of day n of ten: day 10 is the calendar day that ends at dueAt. */
const startOfDay = (dueAt: number, n: number): number => dueAt - (CLAIM_DAYS + 1 - n) * DAY_MS;

/** The day of ten on which an instant falls: 0 is the day of the demand, 11 and more are late. */
export const claimDayOf = (dueAt: number, now: number): number => Math.max(0, CLAIM_DAYS + 1 - Math.ceil((dueAt - now) / DAY_MS));

const ALARM_AT: Readonly<Record<ClaimAlarm, (dueAt: number) => number>> = {
  day7: dueAt => startOfDay(dueAt, 7),
  day9: dueAt => startOfDay(dueAt, 9),
  overdue: dueAt => dueAt,
};

/** Reminders whose time has come and that still make sense, the latest only: a claim that was found late gets one letter and not two. */
export function dueReminder(facts: ClaimFacts, now: number): 1 | 3 | null {
  if (claimStateOf(facts) !== 'demanded') return null;
  const age = now - facts.demandedAt;
  return age >= 3 * DAY_MS ? 3 : age >= DAY_MS ? 1 : null;
}

/** Alarms that have been reached without a decision. */
export const dueAlarms = (facts: ClaimFacts, now: number): ClaimAlarm[] =>
  isClaimOpen(claimStateOf(facts)) ? CLAIM_ALARMS.filter(alarm => now >= ALARM_AT[alarm](facts.dueAt)) : [];

/** How often a decided claim is looked at while its money is on its way or waits for staff. */
const MONEY_MS = 10 * 60_000;
const STAFF_MS = DAY_MS;

/** The next look, by itself; null when nothing is left to do. */
export function nextMoment(facts: ClaimFacts, now: number): { readonly at: number | null; readonly moment: ClaimMoment } {
  const state: ClaimState = claimStateOf(facts);
  if (isClaimOver(state)) return { at: null, moment: 'over' };
  if (state === 'returning') return { at: now + MONEY_MS, moment: 'money' };
  if (!isClaimOpen(state)) return { at: now + STAFF_MS, moment: 'staff' };
  const reminders = state === 'demanded' ? REMINDERS.map(({ moment, afterMs }) => ({ moment, at: facts.demandedAt + afterMs })) : [];
  const alarms = CLAIM_ALARMS.map(alarm => ({ moment: alarm, at: ALARM_AT[alarm](facts.dueAt) }));
  const [next] = [...reminders, ...alarms].filter(({ at }) => at > now).sort((a, b) => a.at - b.at);
  return next ?? { at: now + STAFF_MS, moment: 'staff' };
}
