// Writes instants, durations and sums for pages and letters; the tables of tests/rules/formats.test.tsx show examples.
import type { Interval } from '../workflows/rules/interval.ts';
import type { Frame } from './model.ts';
import { clockOf, dateOf, isZone, offsetOf, two, zoneNameOf } from './wall-clock.ts';
import { cityOf } from './zones.ts';
import type { Lang } from '../workflows/rules/lang.ts';

export { clockOf, dateOf, hourOf, isoOf, isZone, zoneNameOf } from './wall-clock.ts';

/** What is needed to write a date: the language, now, the clinic's time zone and the reader's own. */
export type Clocks = Pick<Frame, 'lang' | 'now' | 'zone'> & { readonly clinic: Pick<Frame['clinic'], 'zone'> };

const NB = '\u00a0';
const NARROW = '\u202f';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** «2 500 ₽», with kopecks only when there are any; `minor` is in kopecks. English uses the same form with a decimal point. */
export function rub(minor: number, lang: Lang): string {
  const sum = Math.abs(minor);
  const whole = String(Math.floor(sum / 100)).replace(/\B(?=(\d{3})+$)/g, NARROW);
  const kopecks = sum % 100 === 0 ? '' : `${lang === 'ru' ? ',' : '.'}${String(sum % 100).padStart(2, '0')}`;
  return `${minor < 0 ? '\u2212' : ''}${whole}${kopecks}${NARROW}₽`;
}

/** The form of a word for the number `n`. `forms` are one, few, many; English uses the first and the last. */
export function plural(lang: Lang, n: number, forms: readonly [string, string, string]): string {
  const rule = pluralRules[lang].select(n);
  return rule === 'one' ? forms[0] : rule === 'few' ? forms[1] : forms[2];
}

/** «14:30 (МСК)»: the clinic's clock with its name. */
export const clinicClockOf = (at: number, clocks: Clocks): string =>
  `${clockOf(at, clocks.clinic.zone)}${NB}(${zoneNameOf(at, clocks.clinic.zone, clocks.lang)})`;

/** «пн, 24 ноября», with the year when it is not the current one. */
export function dayOf(at: number, clocks: Clocks): string {
  return namedDay(dateOf(at, clocks.clinic.zone), clocks, 'short');
}

/** «понедельник, 24 ноября» of a clinic date. */
export const longDayOf = (date: string, clocks: Clocks): string => namedDay(date, clocks, 'long');

/** «сегодня», «завтра» or «пн, 24 ноября». */
export function nearDayOf(at: number, clocks: Clocks): string {
  return nearWord(dateOf(at, clocks.clinic.zone), clocks) ?? dayOf(at, clocks);
}

/** «сегодня» or «завтра» of a clinic date, null for the rest. */
export function nearWord(date: string, clocks: Clocks): string | null {
  const today = dateOf(clocks.now, clocks.clinic.zone);
  if (date === today) return clocks.lang === 'ru' ? 'сегодня' : 'today';
  if (date === nextDate(today)) return clocks.lang === 'ru' ? 'завтра' : 'tomorrow';
  return null;
}

/** «сегодня, 24 ноября», «пт, 5 декабря»: for the stub of a talon. */
export function stubDayOf(at: number, clocks: Clocks): string {
  const date = dateOf(at, clocks.clinic.zone);
  const near = nearWord(date, clocks);
  return near === null ? namedDay(date, clocks, 'short') : `${near}, ${plainDay(date, clocks.lang)}`;
}

/** «пн, 24 ноября, 14:30 (МСК)», never «сегодня»: for letters, which are read later, and for text after «до». */
export const exactMomentOf = (at: number, clocks: Clocks): string => `${dayOf(at, clocks)}, ${clinicClockOf(at, clocks)}`;

/** «пн, 24 ноября, 14:30 (МСК)» or «сегодня, 14:30 (МСК)». */
export const momentOf = (at: number, clocks: Clocks): string => `${nearDayOf(at, clocks)}, ${clinicClockOf(at, clocks)}`;

/** «14:30 (МСК), 16:30 у вас»; only the clinic's clock when both zones show the same time. */
export function bothClocksOf(at: number, clocks: Clocks): string {
  const own = ownClockOf(at, clocks);
  return own === null ? clinicClockOf(at, clocks) : `${clinicClockOf(at, clocks)}, ${own}`;
}

/** «16:30 у вас», with the day when it differs: «01:30 у вас, 25 ноября»; null when both clocks show the same time. */
export function ownClockOf(at: number, clocks: Clocks): string | null {
  const zone = ownZoneOf(at, clocks);
  if (zone === null) return null;
  const own = dateOf(at, zone);
  const day = own === dateOf(at, clocks.clinic.zone) ? '' : `, ${plainDay(own, clocks.lang)}`;
  return `${clockOf(at, zone)} ${clocks.lang === 'ru' ? `у${NB}вас` : 'your time'}${day}`;
}

/** The reader's zone when its clock differs from the clinic's at this instant; null when one clock is enough. */
export function ownZoneOf(at: number, clocks: Clocks): string | null {
  const { zone } = clocks;
  if (zone === null || !isZone(zone)) return null;
  return offsetOf(at, zone) === offsetOf(at, clocks.clinic.zone) ? null : zone;
}

/** «Екатеринбург, МСК+2». */
export function ownZoneNameOf(at: number, zone: string, clocks: Clocks): string {
  return `${cityOf(zone, clocks.lang)}, ${zoneNameOf(at, zone, clocks.lang)}`;
}

/** «сегодня», «завтра» or «5 декабря»: for «5 декабря в 09:58». */
export function dayInSentence(at: number, clocks: Clocks): string {
  const date = dateOf(at, clocks.clinic.zone);
  return nearWord(date, clocks) ?? plainDay(date, clocks.lang);
}

/** «24 ноября 2025 года», for documents. */
export function documentDateOf(at: number, zone: string, lang: Lang): string {
  const date = dateOf(at, zone);
  return lang === 'ru' ? `${plainDay(date, lang)}${NB}${date.slice(0, 4)}${NB}года` : `${plainDay(date, lang)} ${date.slice(0, 4)}`;
}

/** «24 ноября» of a clinic date. */
export function plainDay(date: string, lang: Lang): string {
  return named(date, lang, { day: 'numeric', month: 'long' }).replace(' ', NB);
}

/** «09:00–09:30» in this zone. */
export const rangeOf = (interval: Interval, zone: string): string =>
  `${clockOf(interval.startsAt, zone)}–${clockOf(interval.endsAt, zone)}`;

/** Short names of a day for the strip: «вт» and «25 нояб.». */
export function stripDayOf(date: string, lang: Lang): { readonly weekday: string; readonly day: string } {
  return {
    weekday: named(date, lang, { weekday: 'short' }),
    day: named(date, lang, { day: 'numeric', month: 'short' }).replace(' ', NB),
  };
}

/** The time left, ms, as «07:41»; zero when it is over. */
export function countdownOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** Whole years between a birth date and a clinic date, both YYYY-MM-DD. */
export function ageOn(birthDate: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Whole minutes, rounded up, at least 1: a delay of 10 seconds is a minute. */
export const minutesOf = (ms: number): number => Math.max(1, Math.ceil(ms / MINUTE));

const pluralRules: Record<Lang, Intl.PluralRules> = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };
const dateNames = new Map<string, Map<string, string>>();
const nameFormats = new Map<string, Intl.DateTimeFormat>();

/** Writes a date in words. Names are cached, because Intl is slow and a page repeats the dates of the same few weeks. */
function named(date: string, lang: Lang, options: Intl.DateTimeFormatOptions): string {
  const kind = lang + JSON.stringify(options);
  const names = dateNames.get(kind) ?? new Map<string, string>();
  dateNames.set(kind, names);
  let name = names.get(date);
  if (name === undefined) {
    const format = nameFormats.get(kind) ?? new Intl.DateTimeFormat(lang === 'ru' ? 'ru' : 'en-GB', { ...options, timeZone: 'UTC' });
    nameFormats.set(kind, format);
    name = format.format(noonOf(date));
    if (names.size > 500) names.clear();
    names.set(date, name);
  }
  return name;
}

function namedDay(date: string, clocks: Clocks, weekday: 'short' | 'long'): string {
  const name = named(date, clocks.lang, { weekday });
  const year = date.slice(0, 4) === dateOf(clocks.now, clocks.clinic.zone).slice(0, 4) ? '' : ` ${date.slice(0, 4)}`;
  return `${name}, ${plainDay(date, clocks.lang)}${year}`;
}

const noonOf = (date: string): number => Date.parse(`${date}T12:00:00Z`);
const nextDate = (date: string): string => new Date(noonOf(date) + DAY).toISOString().slice(0, 10);
