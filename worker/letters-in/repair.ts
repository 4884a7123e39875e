// Repairs what the parser would lose: raw 8-bit headers, one letter of UTF-8 split between two encoded words, names of charsets that nobody knows, and a text
// without a charset. Works on the bytes, before postal-mime reads them; called by open.ts.
import { boundaryIn, isMessage } from './heads.ts';
import { charsetOf, guessed, isUtf8, textOf } from './charset.ts';
import { joined } from './bytes.ts';

const LF = 10;
const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
/** A charset that the letter names somewhere near its beginning stands for the headers that name none. */
const HINT_BYTES = 64 * 1024;
/** The parser's time grows with the square of them: 200,000 empty ones in a letter of a megabyte took it 12 s. */
const MOST_PARTS = 2_000;
/** As many bytes of headers as the parser takes itself. */
const HEAD_BYTES = 2 * 1024 * 1024;

/**
 * The same letter with repaired headers; the bodies stay byte for byte. One that needs nothing is not copied, because letters are
 * large. Throws RangeError when there are too many parts.
 */
export function repaired(raw: Uint8Array): Uint8Array {
  const hint = /charset\s*=\s*"?([\w-]+)/i.exec(latin(raw.subarray(0, HINT_BYTES)))?.[1] ?? null;
  const pieces: Uint8Array[] = [];
  const boundaries = new Set<string>();
  let isSame = true;
  let at = 0;
  while (at < raw.length) {
    const bodyAt = endOfHead(raw, at);
    const head = raw.subarray(at, bodyAt);
    const said = latin(head);
    const boundary = boundaryIn(said);
    if (boundary !== null) boundaries.add(boundary);
    const next = isMessage(said) ? { bodyEnd: bodyAt, at: bodyAt } : nextPart(raw, bodyAt, boundaries);
    const whole = mended(head, hint, raw.subarray(bodyAt, next.bodyEnd));
    isSame &&= whole === head;
    pieces.push(whole, raw.subarray(bodyAt, next.at));
    if (pieces.length > 2 * MOST_PARTS) throw new RangeError('The letter has too many parts.');
    at = next.at;
  }
  return isSame ? raw : joined(pieces);
}

/** Where the body begins: after the first empty line. */
function endOfHead(raw: Uint8Array, from: number): number {
  for (let at = from; at < raw.length && at - from < HEAD_BYTES; ) {
    const end = endOfLine(raw, at);
    if (end - at <= 2 && latin(raw.subarray(at, end)).trim() === '') return end;
    at = end;
  }
  return Math.min(raw.length, from + HEAD_BYTES);
}

function endOfLine(raw: Uint8Array, from: number): number {
  const at = raw.indexOf(LF, from);
  return at === -1 ? raw.length : at + 1;
}

const DASH = 45;

/** The end of a body and the beginning of the next part's headers. What follows a closing boundary belongs to no part. */
function nextPart(raw: Uint8Array, from: number, boundaries: ReadonlySet<string>): { bodyEnd: number; at: number } {
  let bodyEnd: number | null = null;
  for (let at = from; at < raw.length; ) {
    const end = endOfLine(raw, at);
    if (raw[at] === DASH && raw[at + 1] === DASH && end - at < 300) {
      const line = latin(raw.subarray(at, end)).trimEnd();
      if (boundaries.has(line)) return { bodyEnd: bodyEnd ?? at, at: end };
      if (line.endsWith('--') && boundaries.has(line.slice(0, -2))) bodyEnd ??= at;
    }
    at = end;
  }
  return { bodyEnd: bodyEnd ?? raw.length, at: raw.length };
}

function mended(head: Uint8Array, hint: string | null, body: Uint8Array): Uint8Array {
  const isPlain = head.every(byte => byte < 128);
  const own = /charset\s*=\s*"?([\w-]+)/i.exec(latin(head))?.[1] ?? null;
  const text = isPlain
    ? latin(head)
    : linesOf(head)
        .map(line => textOf(line, own ?? hint))
        .join('');
  const fixed = withCharset(
    wordsJoined(text.replace(/(charset\s*=\s*"?)([\w-]+)/gi, (_, before: string, label: string) => before + charsetOf(label))),
    own,
    body,
  );
  return isPlain && fixed === text ? head : new TextEncoder().encode(fixed);
}

function linesOf(head: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < head.length; ) {
    const end = endOfLine(head, at);
    lines.push(head.subarray(at, end));
    at = end;
  }
  return lines;
}

/** A text part whose bytes are no UTF-8 and that names no charset gets the one that it looks like. */
function withCharset(head: string, own: string | null, body: Uint8Array): string {
  const isText = /^content-type\s*:\s*text\//im.test(head) || !/^content-type\s*:/im.test(head);
  if (own !== null || !isText || /^content-transfer-encoding\s*:\s*(base64|quoted)/im.test(head) || isUtf8(body)) return head;
  const charset = `; charset=${guessed(body.filter(byte => byte > 127 || byte === 32))}`;
  return /^content-type\s*:/im.test(head)
    ? head.replace(/^(content-type\s*:\s*text\/[\w.+-]+)/im, `$1${charset}`)
    : `Content-Type: text/plain${charset}\r\n${head}`;
}

const WORD = '=\\?([\\w-]+)(?:\\*[\\w-]+)?\\?([BbQq])\\?([^?\\r\\n]*)\\?=';
const WORDS = new RegExp(`${WORD}(?:[ \\t\\r\\n]+${WORD})*`, 'g');

/** Neighbouring encoded words of one charset as one word (RFC 2047 forbids to split a letter between them, and programs do). */
const wordsJoined = (head: string): string => (head.includes('=?') ? head.replace(WORDS, runJoined) : head);

function runJoined(run: string): string {
  const words = [...run.matchAll(new RegExp(WORD, 'g'))].map(([, label = '', way = '', text = '']) => ({
    charset: charsetOf(label),
    bytes: way.toUpperCase() === 'B' ? base64Bytes(text) : quotedBytes(text),
  }));
  const joinedWords: { charset: string; bytes: number[] }[] = [];
  for (const { charset, bytes } of words) {
    const last = joinedWords.at(-1);
    if (last?.charset === charset) last.bytes.push(...bytes);
    else joinedWords.push({ charset, bytes: [...bytes] });
  }
  return joinedWords.map(({ charset, bytes }) => `=?${charset}?B?${btoa(String.fromCharCode(...bytes))}?=`).join(' ');
}

function base64Bytes(text: string): number[] {
  const clean = text.replace(/[^A-Za-z0-9+/]/g, '');
  try {
    return Array.from(atob(clean.slice(0, clean.length % 4 === 1 ? -1 : clean.length)), character => character.charCodeAt(0));
  } catch {
    return [];
  }
}

function quotedBytes(text: string): number[] {
  const plain = text.replaceAll('_', ' ').replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Array.from(plain, character => character.charCodeAt(0) & 0xff);
}
