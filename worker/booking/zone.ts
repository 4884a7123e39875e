// Converts clinic days and minutes to instants in the clinic's IANA zone, including daylight saving time.
import { Temporal } from 'temporal-polyfill';
import type { ClinicDay } from '../../workflows/rules/slot.ts';

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;

/** The calendar date of an instant in the zone, YYYY-MM-DD. */
export const dateIn = (zone: string, at: number): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

export const addDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/**
 * One clinic day. On a day of 24 hours minutes are added; on a day of a clock change each minute is looked up. Minutes above 1440 belong to
 * the next day, because a shift may end after midnight.
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

/** Minutes since midnight in the zone. */
export function minuteIn(zone: string, at: number): number {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return time.hour * 60 + time.minute;
}

/** Whether the text is an existing date of our time, YYYY-MM-DD: 1900 to 2199. */
export function isDate(text: string): boolean {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** Whether somebody may have been born on that date: it exists, is not after `today` and not before 1900. */
export const isBirthDate = (text: string, today: string): boolean => isDate(text) && text <= today;
