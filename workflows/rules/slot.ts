// Which intervals a doctor offers, from weekly rules, exceptions of single days, live holds and the clinic's lead time. Called by
// worker/booking/offers.ts.
import { type Interval, overlaps } from './interval.ts';

/** A weekly rule in the clinic's local time: minutes of the day, ISO weekday 1 (Monday) to 7. */
export interface ScheduleRule {
  readonly weekday: number;
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Distance between two starts, minutes. */
  readonly stepMinutes: number;
  /** Shortest notice for booking a slot, minutes; null for the clinic's own lead time. */
  readonly leadMinutes: number | null;
  /** First and last clinic date (YYYY-MM-DD) of the rule, inclusive; null for no limit. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** An exception on one day: 'closed' removes the minutes, 'open' adds them with the length of the service as the step. */
export interface ScheduleException {
  readonly date: string;
  readonly kind: 'closed' | 'open';
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface ClinicDay {
  /** Clinic date, YYYY-MM-DD. */
  readonly date: string;
  readonly weekday: number;
  /** The instant of a minute of this day in the clinic's local time, ms. */
  readonly instantOf: (minute: number) => number;
}

export interface Offer {
  readonly rules: readonly ScheduleRule[];
  readonly exceptions: readonly ScheduleException[];
  /** Intervals of live holds, reservations included; expired holds must not be passed. */
  readonly held: readonly Interval[];
  readonly durationMinutes: number;
  readonly leadMinutes: number;
}

const MINUTE = 60_000;

/** Free slots of one clinic day, in order of start. Slots overlap each other where a rule's step is shorter than the service. */
export const freeSlotsOn = (day: ClinicDay, offer: Offer, now: number): Interval[] =>
  freeStartsOn(day, offer, now).map(startsAt => ({ startsAt, endsAt: startsAt + offer.durationMinutes * MINUTE }));

/** How many free slots a day has. A day of one window in which nothing is taken is counted without making the slots. */
export function freeCountOn(day: ClinicDay, offer: Offer, now: number): number {
  const { windows, shut } = planOf(day, offer);
  const [window, another] = windows;
  if (window === undefined) return 0;
  if (another !== undefined || shut.length > 0 || day.instantOf(window.fromMinute) < earliestOf(window, now))
    return freeStartsOn(day, offer, now).length;
  return Math.max(0, Math.floor((window.toMinute - offer.durationMinutes - window.fromMinute) / window.stepMinutes) + 1);
}

/** Starts of the free slots of a day, ms, in order. */
function freeStartsOn(day: ClinicDay, offer: Offer, now: number): number[] {
  const { windows, shut } = planOf(day, offer);
  const length = offer.durationMinutes * MINUTE;
  const starts = windows.flatMap(window => startsIn(window, day, offer.durationMinutes, now));
  const free =
    shut.length === 0 ? starts : starts.filter(startsAt => !shut.some(s => overlaps(s, { startsAt, endsAt: startsAt + length })));
  // Two rules may give the same start; it is one slot.
  return windows.length > 1 ? [...new Set(free)].sort((a, b) => a - b) : free;
}

interface DayPlan {
  readonly windows: readonly Window[];
  /** What takes slots away: closed hours and holds. */
  readonly shut: readonly Interval[];
}

function planOf(day: ClinicDay, offer: Offer): DayPlan {
  const exceptions = offer.exceptions.filter(e => e.date === day.date);
  const whole = intervalOf(day, 0, 2 * DAY_MINUTES);
  const shut = [
    ...exceptions.filter(e => e.kind === 'closed').map(e => intervalOf(day, e.fromMinute, e.toMinute)),
    ...offer.held.filter(hold => overlaps(hold, whole)),
  ];
  return { windows: windowsOf(day, offer, exceptions), shut };
}

const DAY_MINUTES = 1440;

type Window = Pick<ScheduleRule, 'fromMinute' | 'toMinute' | 'stepMinutes'> & { readonly leadMinutes: number };

const earliestOf = (window: Window, now: number): number => now + window.leadMinutes * MINUTE;

function startsIn(window: Window, day: ClinicDay, durationMinutes: number, now: number): number[] {
  const earliest = earliestOf(window, now);
  const starts: number[] = [];
  for (let minute = window.fromMinute; minute + durationMinutes <= window.toMinute; minute += window.stepMinutes) {
    const startsAt = day.instantOf(minute);
    if (startsAt >= earliest) starts.push(startsAt);
  }
  return starts;
}

function windowsOf(day: ClinicDay, offer: Offer, exceptions: readonly ScheduleException[]): Window[] {
  const weekly = offer.rules
    .filter(r => r.weekday === day.weekday)
    .filter(r => (r.validFrom === null || r.validFrom <= day.date) && (r.validTo === null || day.date <= r.validTo))
    .map(r => ({ ...r, leadMinutes: r.leadMinutes ?? offer.leadMinutes }));
  const added = exceptions
    .filter(e => e.kind === 'open')
    .map(e => ({ ...e, stepMinutes: offer.durationMinutes, leadMinutes: offer.leadMinutes }));
  return [...weekly, ...added];
}

const intervalOf = (day: ClinicDay, fromMinute: number, toMinute: number): Interval => ({
  startsAt: day.instantOf(fromMinute),
  endsAt: day.instantOf(toMinute),
});
