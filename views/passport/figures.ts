// Figures of a line as people read them: percents, milliseconds, kilobits. The charts, the table and the sentences write with it.
import { wordsOf } from '../words.ts';
import type { Lang } from '../../workflows/rules/lang.ts';

const NB = '\u00a0';

/** «12 %», «1,2 %» below ten; `share` is 0 to 1. */
export function percentOf(share: number, lang: Lang): string {
  const percent = share * 100;
  const digits = percent >= 10 || Number.isInteger(percent) ? 0 : 1;
  const text = percent.toFixed(digits).replace(/\.0$/, '');
  return `${lang === 'ru' ? text.replace('.', ',') : text}${NB}%`;
}

/** «62 мс» there and back; zero is one that the browser did not know. */
export const roundTripOf = (ms: number, lang: Lang): string => (ms === 0 ? '—' : wordsOf(lang).passport.ms(ms));

/** «900 кбит/с», «1,1 Мбит/с» from a thousand on. */
export function speedOf(kbps: number, lang: Lang): string {
  const w = wordsOf(lang).passport;
  if (kbps < 1000) return w.kbps(kbps);
  const megabits = (kbps / 1000).toFixed(1);
  return w.mbps(lang === 'ru' ? megabits.replace('.', ',') : megabits);
}
