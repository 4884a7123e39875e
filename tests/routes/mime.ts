// Letters as mail programs write them, byte for byte. A text is latin-1: each character is one byte, so that any charset can be written raw.
import { WITH_TOKEN } from '../data/claimed.ts';

/** A text as bytes of a charset with one byte for each letter, written as latin-1. */
export function inCharset(text: string, charset: 'koi8-r' | 'windows-1251' | 'ibm866'): string {
  const decoder = new TextDecoder(charset);
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(new Uint8Array([byte])), byte]));
  return [...text].map(character => String.fromCharCode(bytes.get(character) ?? 63)).join('');
}

/** A text as the bytes of UTF-8, written as latin-1. */
export const utf8 = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

export const base64 = (latin: string): string => btoa(latin).replaceAll(/.{76}(?=.)/g, '$&\r\n');
export const word = (text: string): string => `=?UTF-8?B?${btoa(utf8(text))}?=`;
export const bytesOf = (latin: string): Uint8Array<ArrayBuffer> => Uint8Array.from(latin, character => character.charCodeAt(0) & 0xff);
// TextDecoder's latin1 is windows-1252.
export const latinOf = (bytes: Uint8Array): string => Array.from(bytes, byte => String.fromCharCode(byte)).join('');

/** A picture of so many pixels, with `more` bytes of what a photograph is made of. `n` makes another one. */
export function jpeg(n = 1, { width = 1600, height = 1200, more = 40_000 } = {}): string {
  const head = [
    0xff,
    0xd8,
    0xff,
    0xc0,
    0,
    17,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    3,
    1,
    0x22,
    0,
    2,
    0x11,
    1,
    3,
    0x11,
    1,
  ];
  const scan = [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0];
  const body = Array.from({ length: more }, (_, i) => (i * 7 + n) % 251);
  return latinOf(new Uint8Array([...head, ...scan, n, ...body, 0xff, 0xd9]));
}

export const PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
export const HEIC = `\0\0\0\x18ftypheic\0\0\0\0mif1heic${'x'.repeat(20_000)}`;
export const TNEF = `\x78\x9f\x3e\x22${'\x01'.repeat(5_000)}`;

export interface Draft {
  readonly from?: string | null;
  readonly to?: string;
  readonly subject?: string | null;
  readonly id?: string | null;
  /** Lines of further headers. */
  readonly head?: readonly string[];
  readonly body: string;
}

let letters = 0;

/** The letter as latin-1: its headers, then `body`, which begins with the headers of the content. */
export function letter({
  from = 'Anna <patient1@example.ru>',
  to = WITH_TOKEN,
  subject = 'Zayavlenie',
  id,
  head = [],
  body,
}: Draft): string {
  const messageId = id === undefined ? `<letter-${++letters}@example.ru>` : id;
  const lines = [
    ...(from === null ? [] : [`From: ${from}`]),
    `To: ${to}`,
    ...(subject === null ? [] : [`Subject: ${subject}`]),
    ...(messageId === null ? [] : [`Message-ID: ${messageId}`]),
    'Date: Tue, 24 Nov 2026 12:00:00 +0300',
    'MIME-Version: 1.0',
    ...head,
  ];
  return `${lines.join('\r\n')}\r\n${body}`;
}

export const plain = (text: string, type = 'text/plain; charset=utf-8'): string =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`;

export const multipart = (parts: readonly string[], kind = 'mixed', boundary = `b-${kind}`): string =>
  `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map(part => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;

export interface Attached {
  readonly type?: string;
  readonly name?: string;
  readonly disposition?: string;
  readonly head?: readonly string[];
}

export const attached = (
  latin: string,
  { type = 'image/jpeg', name = 'list.jpg', disposition = 'attachment', head = [] }: Attached = {},
): string =>
  [
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: ${disposition}; filename="${name}"`,
    ...head,
    '',
    base64(latin),
  ].join('\r\n');

/** What mail programs of people send most: a text and photographs. */
export const withPhotos = (given: Omit<Draft, 'body'> = {}, photos: readonly string[] = [jpeg()]): string =>
  letter({
    ...given,
    body: multipart([
      plain(utf8('Здравствуйте, высылаю заявление.')),
      ...photos.map((photo, i) => attached(photo, { name: `list-${i + 1}.jpg` })),
    ]),
  });
