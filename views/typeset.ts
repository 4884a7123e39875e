// Russian and English typography of words: no-break spaces are put where the rules want them, so that sources stay readable.

const NB = '\u00a0';

// One-letter words stay with what follows, numbers with what they count, № with its number, a dash with what stands before it.
const RULES: readonly (readonly [RegExp, string])[] = [
  [/(?<![\p{L}\p{N}])([авикосуяАВИКОСУЯ]) (?=\S)/gu, `$1${NB}`],
  [/№ ?(?=[\p{N}\p{L}{])/gu, `№${NB}`],
  [/(\d) (?=[\p{L}%№(])/gu, `$1${NB}`],
  [/ —/g, `${NB}—`],
];

export const typesetText = (text: string): string => RULES.reduce((t, [rule, to]) => t.replace(rule, to), text);

/** The same words with typography applied, in strings, lists and what functions return. */
export function typeset<T>(words: T): T {
  if (typeof words === 'string') return typesetText(words) as T;
  if (typeof words === 'function') return ((...args: unknown[]) => typeset(words(...args))) as T;
  if (Array.isArray(words)) return words.map(typeset) as T;
  if (words !== null && typeof words === 'object') return Object.fromEntries(Object.entries(words).map(([k, v]) => [k, typeset(v)])) as T;
  return words;
}
