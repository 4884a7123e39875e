// What a PDF may contain. It is read as a reader of PDFs does, token by token (ISO 32000, 7.2 to 7.5). What cannot be followed with certainty is
// refused: a reader may find an object there that was not seen here. Called by file-contents.ts, so it runs in the worker and in the browser.
import { nameOf, SKIPPED, tokenAt, wordsOf } from './pdf-tokens.ts';

/** Opens a deflated stream of a PDF, at most `limit` bytes of it; null when it cannot be opened, or does not end within `bytes`. */
export type Inflate = (bytes: Uint8Array, limit: number) => Uint8Array | null;
export type PdfMistake = 'tooManyPages' | 'pdfActive';

export const PDF_PAGES = 20;

// Actions that run or open something, and files inside. Encrypted PDFs are refused too, because nobody can look into them.
const ACTIVE = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|EF|RichMedia|XFA|GoToE|ImportData|SubmitForm|Encrypt)(?![A-Za-z0-9])/;
/** Bytes of the objects in all compressed streams. */
const OBJECTS_BYTES = 8 * 1024 * 1024;
// No writer needs more, and the memory for one file stays small.
const DEEPEST = 100;
const DICTIONARY_BYTES = 256 * 1024;

/** Without `inflate`, as in a browser, compressed objects are not looked at. */
export function pdfMistake(bytes: Uint8Array, inflate: Inflate | null): PdfMistake | null {
  const text = new TextDecoder('latin1').decode(bytes);
  const read = objectsOf(text, text.indexOf('%PDF'), true);
  if (read === null) return 'pdfActive';
  let pages = read.pages;
  let left = OBJECTS_BYTES;
  for (const { from, to } of inflate === null ? [] : read.packed) {
    const opened = inflate?.(bytes.subarray(from, to), left) ?? null;
    const inside = opened === null ? null : objectsOf(new TextDecoder('latin1').decode(opened), 0, false);
    if (opened === null || inside === null) return 'pdfActive';
    left -= opened.length;
    pages += inside.pages;
  }
  return pages > PDF_PAGES ? 'tooManyPages' : null;
}

interface Objects {
  readonly pages: number;
  /** Where the contents of the streams lie that hold compressed objects. */
  readonly packed: readonly Span[];
}
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Null when something active is there, or what cannot be followed. Comments and strings are looked into too: the table of objects may point there. */
function objectsOf(text: string, start: number, hasStreams: boolean): Objects | null {
  const packed: Span[] = [];
  const open: string[] = [];
  let [pages, head, seen, before] = [0, 0, 0, ''];
  if (start < 0 || hidesObject(text.slice(0, start))) return null;
  for (let at = start; at < text.length; ) {
    const token = tokenAt(text, at);
    if (token === null) return null;
    at += token.length;
    const first = token.charAt(0);
    if ((first === '%' || first === '(') && hidesObject(token)) return null;
    if (SKIPPED.includes(first)) continue;
    if (!fits(token, open)) return null;
    if (token === 'obj') head = at;
    const name = nameOf(token);
    if (name === '/Page' && before === '/Type') pages += 1;
    if (token === 'stream') {
      const stream = hasStreams && before === '>>' ? streamAt(text, head, at) : null;
      if (stream === null || isActive(text.slice(seen, at))) return null;
      if (stream.isPacked) packed.push(stream);
      seen = head = at = stream.to + 'endstream'.length;
    }
    before = name;
  }
  return open.length > 0 || isActive(text.slice(seen)) ? null : { pages, packed };
}

/** Whether the token may stand here; `open` are the brackets around it, and are kept. */
function fits(token: string, open: string[]): boolean {
  if (token === '<<' || token === '[') return open.push(token) <= DEEPEST;
  if (token === '>>') return open.pop() === '<<';
  if (token === ']') return open.pop() === '[';
  const first = token.charAt(0);
  return first < 'A' || first > 'z' || (open.length === 0 ? OUTSIDE : INSIDE).test(token);
}

const OUTSIDE = /^(?:obj|endobj|stream|xref|trailer|startxref|[Rnf]|true|false|null)$/;
const INSIDE = /^(?:R|true|false|null)$/;
function isActive(text: string): boolean {
  if (ACTIVE.test(text)) return true;
  // Longer than any name of these when all its letters are spelt in codes.
  for (const [name] of text.matchAll(/\/[A-Za-z\d]{0,20}#[A-Za-z\d#]{2,60}/g)) if (ACTIVE.test(nameOf(name))) return true;
  return false;
}

/** The contents of the stream whose dictionary begins at `head`; null when they have no end, hide an object or cannot be opened surely. */
function streamAt(text: string, head: number, after: number): (Span & { readonly isPacked: boolean }) | null {
  const [line = ''] = /^[\t ]*(?:\r?\n|\r)?/.exec(text.slice(after, after + 80)) ?? [];
  const from = after + line.length;
  const to = text.indexOf('endstream', from);
  if (to < 0 || after - head > DICTIONARY_BYTES || hidesObject(text.slice(from, to))) return null;
  const words = wordsOf(text.slice(head, after));
  const isPacked = words.includes('/ObjStm') || words.includes('/First');
  return isPacked && !(/^\r?\n$/.test(line) && isDeflatedOnce(words)) ? null : { from, to, isPacked };
}

const PAIR = / \/(\S+) (?:\d+ \d+ R|[-+.\d]+|(\/\S+)|\[ (\/\S+) \])/y;

/** Whether the dictionary is plain, names each key once, and FlateDecode is all that was done to its stream. */
function isDeflatedOnce(words: readonly string[]): boolean {
  const text = words.join(' ');
  const filters = new Map<string, string | undefined>();
  PAIR.lastIndex = 2;
  let end = PAIR.lastIndex;
  for (let pair = PAIR.exec(text); pair !== null; pair = PAIR.exec(text)) {
    const [, key = '', name, listed] = pair;
    if (filters.has(key) || /^(?:DecodeParms|DP|F|FFilter)$/.test(key)) return false;
    filters.set(key, name ?? listed);
    end = PAIR.lastIndex;
  }
  return text.startsWith('<<') && text.slice(end) === ' >> stream' && filters.get('Filter') === '/FlateDecode';
}

/** Whether `5 0 obj` begins an object where none belongs. What stands before it is judged by a few letters, so that nobody can make this slow. */
function hidesObject(text: string): boolean {
  if (!text.includes('obj')) return false;
  for (const { index } of text.matchAll(/[\0\t\n\f\r \d]obj(?=[\0\t\n\f\r <[(/%])/g)) {
    if (/(?:^|[\r\n]|\d[\0\t\n\f\r ])[\0\t\n\f\r ]*\d*[\0\t\n\f\r ]*$/.test(text.slice(Math.max(0, index - 40), index + 1))) return true;
  }
  return false;
}
