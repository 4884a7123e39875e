// Typography of Russian and English words: puts no-break spaces where the rules require them, so that the sources stay readable. Called by
// words.ru.ts and words.en.ts.

const NB = '\u00a0';

// A one-letter word stays with the next word, a number with what it counts, № with its number, a dash with the word before it.
const RULES: readonly (readonly [RegExp, string])[] = [
  [/(?<![\p{L}\p{N}])([авикосуяАВИКОСУЯ]) (?=\S)/gu, `$1${NB}`],
  [/№ ?(?=[\p{N}\p{L}{])/gu, `№${NB}`],
  [/(\d) (?=[\p{L}%№(])/gu, `$1${NB}`],
  [/ —/g, `${NB}—`],
];

const typesetText = (text: string): string => RULES.reduce((t, [rule, to]) => t.replace(rule, to), text);

/** Returns the same words with typography applied: in strings, lists and results of functions. */
export function typeset<T>(words: T): T {
  if (typeof words === 'string') return typesetText(words) as T;
  if (typeof words === 'function') return ((...args: unknown[]) => typeset(words(...args))) as T;
  if (Array.isArray(words)) return words.map(typeset) as T;
  if (words !== null && typeof words === 'object') return Object.fromEntries(Object.entries(words).map(([k, v]) => [k, typeset(v)])) as T;
  return words;
}
