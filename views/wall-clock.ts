// The local time of a zone at an instant: its date, its time, its offset from Moscow. All zone arithmetic is done by Intl, because laws
// change zones and its database is updated. Called by format.ts.
import type { Lang } from '../workflows/rules/lang.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** «14:30» in a zone. */
export function clockOf(at: number, zone: string): string {
  const { hour, minute } = partsOf(at, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** The date of an instant in this zone, YYYY-MM-DD. */
export function dateOf(at: number, zone: string): string {
  const { year, month, day } = partsOf(at, zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** For `datetime`: «2025-11-25T14:30+03:00», always with the offset. */
export function isoOf(at: number, zone: string): string {
  const offset = offsetOf(at, zone);
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  return `${dateOf(at, zone)}T${clockOf(at, zone)}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** «МСК», «МСК+2», «МСК−1»: a zone's offset from Moscow at an instant. */
export function zoneNameOf(at: number, zone: string, lang: Lang): string {
  const minutes = offsetOf(at, zone) - offsetOf(at, 'Europe/Moscow');
  const moscow = lang === 'ru' ? 'МСК' : 'MSK';
  if (minutes === 0) return moscow;
  const whole = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `${moscow}${minutes < 0 ? '\u2212' : '+'}${whole}${rest === 0 ? '' : `:${two(rest)}`}`;
}

export const hourOf = (at: number, zone: string): number => partsOf(at, zone).hour;

/** Whether this is an IANA zone that Intl supports; a cookie may contain any text. */
export function isZone(text: string): boolean {
  if (!/^[A-Za-z][\w+\-/]{1,40}$/.test(text)) return false;
  try {
    clockFormat(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Minutes east of Greenwich at an instant. Intl is slow, so the offset is cached by zone and UTC day; on a day when it changes, it is
 * computed every time.
 */
export function offsetOf(at: number, zone: string): number {
  if (dayOffsets.size > ZONES_KEPT) dayOffsets.clear();
  const days = dayOffsets.get(zone) ?? new Map<number, number | null>();
  dayOffsets.set(zone, days);
  const day = Math.floor(at / DAY);
  let offset = days.get(day);
  if (offset === undefined) {
    const [first, last] = [askedOffset(day * DAY, zone), askedOffset((day + 1) * DAY, zone)];
    offset = first === last ? first : null;
    if (days.size > 500) days.clear();
    days.set(day, offset);
  }
  return offset ?? askedOffset(at, zone);
}

export const two = (n: number): string => String(n).padStart(2, '0');

// A cookie can write the same zone in thousands of ways, so the caches are limited.
const ZONES_KEPT = 200;
const clockFormats = new Map<string, Intl.DateTimeFormat>();
const dayOffsets = new Map<string, Map<number, number | null>>();

// Creating a formatter is far slower than using it, so each one is cached.
function clockFormat(zone: string): Intl.DateTimeFormat {
  let format = clockFormats.get(zone);
  if (format === undefined) {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en', { ...numeric, timeZone: zone, hourCycle: 'h23' });
    if (clockFormats.size > ZONES_KEPT) clockFormats.clear();
    clockFormats.set(zone, format);
  }
  return format;
}

/** The local time of a zone, read as UTC from an instant shifted by the zone's offset. */
function partsOf(at: number, zone: string) {
  const wall = new Date(at + offsetOf(at, zone) * MINUTE);
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
  };
}

function askedOffset(at: number, zone: string): number {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of clockFormat(zone).formatToParts(at)) if (type in parts) parts[type as keyof typeof parts] = Number(value);
  return (Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute) - Math.floor(at / MINUTE) * MINUTE) / MINUTE;
}
