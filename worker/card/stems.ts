// Splits Russian text into word stems for searching, so that «боли в сердце» finds «боль» and «сердцу». The index and the query use the
// same steps; the result has only letters and digits, so no FTS5 syntax can be injected. Called by worker/data/card-words.ts and
// excerpts.ts.
import { stemmer } from '@orama/stemmers/russian';

// Marks belong to a word: texts from before the border was set up may have й and ё in two characters.
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const QUERY_WORDS = 12;

/** Function words that are ignored in a search. */
const SMALL = new Set('и в во на с со к ко по за из от до о об у не ни а но или что как для при же бы мне меня у'.split(' '));

export interface Stem {
  readonly stem: string;
  /** Position of the word in the text. */
  readonly start: number;
  readonly end: number;
}

// The stemmer is slow and protocols repeat words, so results are cached, up to STEMS_KEPT words.
const STEMS_KEPT = 20_000;
const stems = new Map<string, string>();

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = stemmer(word.normalize('NFC').toLowerCase().replaceAll('ё', 'е'));
  if (stems.size >= STEMS_KEPT) stems.clear();
  stems.set(word, stem);
  return stem;
}

/** Every word of a text with its stem; ё counts as е. */
export const stemsIn = (text: string): Stem[] =>
  [...text.matchAll(WORD)].map(match => ({ stem: stemOf(match[0]), start: match.index, end: match.index + match[0].length }));

export interface Query {
  readonly stems: readonly string[];
  /** The last word may be incomplete, so it matches as a prefix. */
  readonly last: string;
}

/** The query; null when the text has no word. Function words count only when there are no others. */
export function queryOf(text: string): Query | null {
  const words = [...text.matchAll(WORD)].map(match => match[0]);
  const telling = words.filter(word => !SMALL.has(word.normalize('NFC').toLowerCase()));
  const stems = (telling.length > 0 ? telling : words).slice(0, QUERY_WORDS).map(stemOf);
  const last = stems.at(-1);
  return last === undefined ? null : { stems: stems.slice(0, -1), last };
}

/** Whether a stem matches the query. */
export const isWanted = ({ stems, last }: Query, stem: string): boolean => stems.includes(stem) || stem.startsWith(last);
