// The one rule of files that people hand over, in a room and into a medical card: which types, how large, what a file is by its first bytes, and a name
// that is safe to show and to save under. The forms, the browser's check and the routes use it.

export const FILE_TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Bytes of one file; the words of both languages say 10 MB. */
export const FILE_BYTES = 10 * 1024 * 1024;

/** For the `accept` of a form's field. */
export const FILE_ACCEPT = FILE_TYPES.join(',');

interface Kind {
  /** What a file of this type begins with. */
  readonly signature: readonly number[];
  readonly ending: RegExp;
  readonly addsEnding: string;
}

const KINDS: Record<FileType, Kind> = {
  'image/jpeg': { signature: [0xff, 0xd8, 0xff], ending: /\.jpe?g$/i, addsEnding: '.jpg' },
  'image/png': { signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], ending: /\.png$/i, addsEnding: '.png' },
  'application/pdf': { signature: [0x25, 0x50, 0x44, 0x46, 0x2d], ending: /\.pdf$/i, addsEnding: '.pdf' },
};

/** The type by the bytes, whatever the file is called; null when it is none of these. */
export const typeOf = (bytes: Uint8Array): FileType | null =>
  FILE_TYPES.find(type => KINDS[type].signature.every((byte, i) => bytes[i] === byte)) ?? null;

/** The type that a row holds. */
export const fileTypeIn = (word: unknown): FileType => FILE_TYPES.find(type => type === word) ?? 'application/pdf';

/** The person's own name for it: no path, no control or direction marks, at most 100 characters, with the ending of what it is. */
export function nameOf(given: string, type: FileType): string {
  // A browser sends a quote or a line end in a name as these escapes (HTML, multipart/form-data).
  const bare = (given.split(/[/\\]/).at(-1) ?? '').replace(/%(?:22|0D|0A)|[\p{C}<>:"|?*]/gu, '').trim();
  const name = [...(bare || 'file')].slice(0, 100).join('');
  const { ending, addsEnding } = KINDS[type];
  return ending.test(name) ? name : `${name}${addsEnding}`;
}
