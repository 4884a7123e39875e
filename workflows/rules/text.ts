// How texts of people and neighbours are kept, whatever program typed them: one form of each letter, one kind of line end, nothing that is invisible and
// does harm. The Worker applies it once, where a text comes in: worker/http/form.ts, worker/rooms/messages.ts and the providers.

/** Control characters except tab and line feed, and what is no character at all. */
const CONTROLS = /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu;
/** Marks of direction, joiners, byte order marks, private characters: a name has no use for them, and they make it look like another. */
const INVISIBLE = /[\p{Cf}\p{Co}]/gu;

/**
 * A text as it is kept: composed letters (NFC, so that й typed as и and a mark is found), line ends as \n, no control characters. Half of a surrogate
 * pair becomes U+FFFD, because UTF-8 and D1 have no form for it.
 */
export const cleaned = (text: string): string =>
  text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(CONTROLS, '')
    .toWellFormed()
    .normalize('NFC');

/** One line, trimmed: any white space becomes one space. */
export const lineOf = (text: string): string => cleaned(text).replace(/\s+/gu, ' ').trim();

/** A name of a person or a file: one line without invisible characters. */
export const namedAs = (text: string): string => lineOf(text.replace(INVISIBLE, ''));

const CODE = /(?<!\d)\d(?:[\s\p{Pd}]?\d){5}(?!\d)/u;

/** The digits of a code of six as people paste it: with spaces, dashes or words around them. Without such a code, up to twelve of the typed digits. */
export function codeDigits(text: string): string {
  const plain = text.normalize('NFKC');
  return (CODE.exec(plain)?.[0] ?? plain).replace(/\D/g, '').slice(0, 12);
}

const DEEPEST = 32;

/** A parsed JSON value with every text and every name cleaned. Throws RangeError when it is nested more than 32 levels deep: nobody asks for that. */
export function cleanedJson(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw new RangeError('nested too deep');
  if (typeof value === 'string') return cleaned(value);
  if (Array.isArray(value)) return value.map(one => cleanedJson(one, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== '__proto__');
  return Object.fromEntries(entries.map(([name, one]) => [cleaned(name), cleanedJson(one, depth + 1)]));
}

/** The JSON in a text, cleaned; null when it is none or nested too deep, which no schema accepts. */
export function jsonIn(text: string): unknown {
  try {
    return cleanedJson(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}
