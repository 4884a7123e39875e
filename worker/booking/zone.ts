// Clinic days and their minutes as instants, in the clinic's IANA zone, daylight saving included.
import { Temporal } from 'temporal-polyfill';
import type { ClinicDay } from '../../workflows/rules/slot.ts';

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;

/** The clinic's calendar date of an instant, YYYY-MM-DD. */
export const dateIn = (zone: string, at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

export const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/**
 * One clinic day. A day of 24 hours counts linearly; on a day when the clock changes every minute is looked up. Minutes past 1440 are the
 * next day's: a shift may end after midnight.
 */
export function clinicDay(date: string, zone: string): ClinicDay {
  const plain = Temporal.PlainDate.from(date);
  const startsAt = plain.toZonedDateTime(zone).epochMilliseconds;
  const endsAt = plain.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const linear = endsAt - startsAt === DAY_MS;
  const lookedUp = (minute: number): number =>
    minute >= 1440
      ? endsAt + (minute - 1440) * MINUTE
      : plain.toZonedDateTime({ timeZone: zone, plainTime: { hour: Math.floor(minute / 60), minute: minute % 60 } }).epochMilliseconds;
  return { date, weekday: plain.dayOfWeek, instantOf: linear ? minute => startsAt + minute * MINUTE : lookedUp };
}

/** Minutes of the clinic's day at an instant. */
export function minuteIn(zone: string, at: number): number {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return time.hour * 60 + time.minute;
}

/** YYYY-MM-DD that exists in a calendar. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
