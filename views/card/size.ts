// How large a file is, in words.
import { wordsOf } from '../words.ts';
import type { Lang } from '../../workflows/rules/lang.ts';

/** «1,2 МБ», «340 КБ». */
export function sizeText(bytes: number, lang: Lang): string {
  const w = wordsOf(lang).card;
  if (bytes < 1_000_000) return w.kilobytes(String(Math.max(1, Math.round(bytes / 1000))));
  return w.megabytes((bytes / 1_000_000).toFixed(1).replace('.', w.point));
}
