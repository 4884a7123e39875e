// Fills the clinic's settings and the rules into the texts of the help. Called by its two pages.
import { DOCTOR_LATE_MS } from '../../workflows/rules/delay.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import { MOVES } from '../../workflows/rules/reschedule.ts';
import { plural } from '../format.ts';
import type { Frame } from '../model.ts';
import { type Words, wordsOf } from '../words.ts';
import { cityOf } from '../zones.ts';

/** The words of the help with {hold}, {waiting}, {join}, {late}, {moves} and {city} filled in. */
export function helpOf({ lang, clinic }: Pick<Frame, 'lang' | 'clinic'>): Words['help'] {
  const values: Readonly<Record<string, string>> = {
    hold: minutes(lang, clinic.holdMinutes),
    waiting: minutes(lang, clinic.waitingMinutes),
    join: minutes(lang, clinic.joinMinutes),
    late: minutes(lang, DOCTOR_LATE_MS / 60_000),
    moves: `${MOVES}\u00a0${lang === 'ru' ? plural('ru', MOVES, ['раза', 'раз', 'раз']) : plural('en', MOVES, ['time', 'times', 'times'])}`,
    city: cityOf(clinic.zone, lang),
  };
  return filled(wordsOf(lang).help, values);
}

/** «17 минут», «1 минуту»: for «за …» and «через …». */
const minutes = (lang: Lang, n: number): string =>
  `${n}\u00a0${lang === 'ru' ? plural('ru', n, ['минуту', 'минуты', 'минут']) : plural('en', n, ['minute', 'minutes', 'minutes'])}`;

function filled<T>(words: T, values: Readonly<Record<string, string>>): T {
  if (typeof words === 'string') return words.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all) as T;
  if (Array.isArray(words)) return words.map((one: unknown) => filled(one, values)) as T;
  if (typeof words !== 'object' || words === null) return words;
  return Object.fromEntries(Object.entries(words).map(([name, one]) => [name, filled(one as unknown, values)])) as T;
}
