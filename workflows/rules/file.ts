// Rules for files that people upload in a room or to a medical card: allowed types, size, recognition by the first bytes, and a name that
// is safe to show and to save under. Called by the forms, the check in the browser and the routes.

import { namedAs } from './text.ts';

const FILE_TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Bytes of one file; the texts in both languages say 10 MB. */
export const FILE_BYTES = 10 * 1024 * 1024;

/** The `accept` attribute of a file field. */
export const FILE_ACCEPT = FILE_TYPES.join(',');

interface Kind {
  /** The first bytes of a file of this type. */
  readonly signature: readonly number[];
  readonly ending: RegExp;
  readonly addsEnding: string;
}

const KINDS: Record<FileType, Kind> = {
  'image/jpeg': { signature: [0xff, 0xd8, 0xff], ending: /\.jpe?g$/i, addsEnding: '.jpg' },
  'image/png': { signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], ending: /\.png$/i, addsEnding: '.png' },
  'application/pdf': { signature: [0x25, 0x50, 0x44, 0x46, 0x2d], ending: /\.pdf$/i, addsEnding: '.pdf' },
};

/** Byte order marks and white space, which some programs write before the header of a PDF. Readers skip them (ISO 32000-1, annex H.3). */
const BEFORE_PDF = new Set([0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const PDF_HEAD_BYTES = 1024;

/** The type by the first bytes, independent of the name; null when it is none of these. */
export function typeOf(bytes: Uint8Array): FileType | null {
  const isAt = (type: FileType, from: number) => KINDS[type].signature.every((byte, i) => bytes[from + i] === byte);
  const picture = FILE_TYPES.find(type => isAt(type, 0));
  if (picture !== undefined) return picture;
  const from = bytes.subarray(0, PDF_HEAD_BYTES).findIndex(byte => !BEFORE_PDF.has(byte));
  return from > 0 && isAt('application/pdf', from) ? 'application/pdf' : null;
}

/** Parses the type stored in a row. */
export const fileTypeIn = (word: unknown): FileType => FILE_TYPES.find(type => type === word) ?? 'application/pdf';

/** The person's name for the file without path, control or direction characters, at most 100 characters, with the ending of its type. */
export function nameOf(given: string, type: FileType): string {
  // A browser escapes a quote or a line end in a file name like this (HTML Standard, multipart/form-data).
  const bare = namedAs((given.split(/[/\\]/).at(-1) ?? '').replace(/%(?:22|0D|0A)|[\p{C}<>:"|?*]/gu, ''));
  const name = [...(bare || 'file')].slice(0, 100).join('');
  const { ending, addsEnding } = KINDS[type];
  return ending.test(name) ? name : `${name}${addsEnding}`;
}
