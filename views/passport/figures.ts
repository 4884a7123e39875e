// Figures of a line as people read them: percents, milliseconds, kilobits. The charts, the table and the sentences write with it.
import type { Lang } from '../model.ts';
import { wordsOf } from '../words.ts';

const NB = '\u00a0';

/** «12 %», «1,2 %» below ten; `share` is 0 to 1. */
export function percentOf(share: number, lang: Lang): string {
  const percent = share * 100;
  const digits = percent >= 10 || Number.isInteger(percent) ? 0 : 1;
  const text = percent.toFixed(digits).replace(/\.0$/, '');
  return `${lang === 'ru' ? text.replace('.', ',') : text}${NB}%`;
}

/** «62 мс»; a delay of zero is one that the browser did not know. */
export const delayOf = (ms: number, lang: Lang): string => (ms === 0 ? '—' : wordsOf(lang).passport.ms(ms));

export const speedOf = (kbps: number, lang: Lang): string => wordsOf(lang).passport.kbps(kbps);
