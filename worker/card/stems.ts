// Words of Russian text as they are searched for: by their stems, so that «боли в сердце» finds «боль» and «сердцу». The index is written and the
// query is made with the same three steps; nothing but letters and digits comes out, so no syntax of FTS5 gets through.
import { stemmer } from '@orama/stemmers/russian';

const WORD = /[\p{L}\p{N}]+/gu;
const QUERY_WORDS = 12;

/** Words that stand between the others and that everybody leaves out of a search. */
const SMALL = new Set('и в во на с со к ко по за из от до о об у не ни а но или что как для при же бы мне меня у'.split(' '));

export interface Stem {
  readonly stem: string;
  /** Where the word stands in the text. */
  readonly start: number;
  readonly end: number;
}

// A stemmer is slow and protocols say the same words again and again, so what it said is remembered, within a bound.
const STEMS_KEPT = 20_000;
const stems = new Map<string, string>();

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = stemmer(word.toLowerCase().replaceAll('ё', 'е'));
  if (stems.size >= STEMS_KEPT) stems.clear();
  stems.set(word, stem);
  return stem;
}

/** Every word of a text with its stem; ё is е. */
export const stemsIn = (text: string): Stem[] =>
  [...text.matchAll(WORD)].map(match => ({ stem: stemOf(match[0]), start: match.index, end: match.index + match[0].length }));

export interface Query {
  readonly stems: readonly string[];
  /** The last word may still be being typed: what begins with it is found too. */
  readonly last: string;
}

/** What is searched for; null when there is no word in it. Small words count only when there is nothing else. */
export function queryOf(text: string): Query | null {
  const words = [...text.matchAll(WORD)].map(match => match[0]);
  const telling = words.filter(word => !SMALL.has(word.toLowerCase()));
  const stems = (telling.length > 0 ? telling : words).slice(0, QUERY_WORDS).map(stemOf);
  const last = stems.at(-1);
  return last === undefined ? null : { stems: stems.slice(0, -1), last };
}

/** Whether a word is one of those that were searched for. */
export const isWanted = ({ stems, last }: Query, stem: string): boolean => stems.includes(stem) || stem.startsWith(last);
