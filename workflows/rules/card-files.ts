// How many files of one's own a medical card holds, and how much of a card one answer can carry away. The upload form, the guard in the database
// and the archive ask. The view `limits` of the schema repeats the first two, and tests/data/schema.test.ts compares them.

/** Files of one patient that are not removed. */
export const CARD_FILES = 200;
/** Files that are added to one card within 24 hours, removed ones included. */
export const CARD_FILES_A_DAY = 50;
/** Files are kinds of papers in a patient's own words. */
export const FILE_KINDS = ['analysis', 'photo', 'document'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What one answer of a Worker carries: past it the download would be cut off rather than end. */
export const ARCHIVE_BYTES = 300 * 1024 * 1024;
/** Each file is a question of its own to R2, of which one request may ask a thousand. */
export const ARCHIVE_FILES = 900;

export type ArchiveFit = { readonly kind: 'fits' } | { readonly kind: 'tooMuch'; readonly bytes: number };

/** Whether everything goes into one archive; sizes in bytes, one a file. */
export function archiveFit(sizes: readonly number[]): ArchiveFit {
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return bytes <= ARCHIVE_BYTES && sizes.length <= ARCHIVE_FILES ? { kind: 'fits' } : { kind: 'tooMuch', bytes };
}
