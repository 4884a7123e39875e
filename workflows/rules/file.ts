// What a file is by its first bytes, and a name that is safe to show and to save under. routes/room-files.ts asks.
const SIGNATURES: readonly (readonly [FileType, readonly number[]])[] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

const ENDINGS: Record<FileType, RegExp> = { 'image/jpeg': /\.jpe?g$/i, 'image/png': /\.png$/i, 'application/pdf': /\.pdf$/i };
const ENDING: Record<FileType, string> = { 'image/jpeg': '.jpg', 'image/png': '.png', 'application/pdf': '.pdf' };

export const typeOf = (bytes: Uint8Array): FileType | null =>
  SIGNATURES.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))?.[0] ?? null;

/** The person's own name for it: no path, no control or direction marks, at most 100 characters, with the ending of what it is. */
export function nameOf(given: string, type: FileType): string {
  // A browser sends a quote or a line end in a name as these escapes (HTML, multipart/form-data).
  const bare = (given.split(/[/\\]/).at(-1) ?? '').replace(/%(?:22|0D|0A)|[\p{C}<>:"|?*]/gu, '').trim();
  const name = [...(bare || 'file')].slice(0, 100).join('');
  return ENDINGS[type].test(name) ? name : `${name}${ENDING[type]}`;
}

export type FileType = 'image/jpeg' | 'image/png' | 'application/pdf';
