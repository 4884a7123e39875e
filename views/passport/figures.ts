// Formats the figures of a connection for people: percent, milliseconds, kilobits. Used by the charts, the table and the sentences.
import { wordsOf } from '../words.ts';
import type { Lang } from '../../workflows/rules/lang.ts';

const NB = '\u00a0';

/** «12 %», with one decimal below ten: «1,2 %»; `share` is 0 to 1. */
export function percentOf(share: number, lang: Lang): string {
  const percent = share * 100;
  const digits = percent >= 10 || Number.isInteger(percent) ? 0 : 1;
  const text = percent.toFixed(digits).replace(/\.0$/, '');
  return `${lang === 'ru' ? text.replace('.', ',') : text}${NB}%`;
}

/** The round trip as «62 мс»; zero means that the browser did not report it. */
export const roundTripOf = (ms: number, lang: Lang): string => (ms === 0 ? '—' : wordsOf(lang).passport.ms(ms));

/** «900 кбит/с», or «1,1 Мбит/с» from 1000 kbit/s. */
export function speedOf(kbps: number, lang: Lang): string {
  const w = wordsOf(lang).passport;
  if (kbps < 1000) return w.kbps(kbps);
  const megabits = (kbps / 1000).toFixed(1);
  return w.mbps(lang === 'ru' ? megabits.replace('.', ',') : megabits);
}
