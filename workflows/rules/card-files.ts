// How many uploaded files a medical card may hold, and how much one download may contain. Called by the upload form, the upload route and
// the archive. The view `limits` of the schema repeats the first two numbers, and tests/data/schema.test.ts compares them.

/** Files of one patient, without removed ones. */
export const CARD_FILES = 200;
/** Files added to one card within 24 hours, including those removed since. */
export const CARD_FILES_A_DAY = 50;
/** How long a removed file may return to the card, ms. After that its bytes are deleted. */
export const REMOVED_KEPT_MS = 30 * 24 * 3_600_000;
/** The kinds that a patient can choose for a file. */
export const FILE_KINDS = ['analysis', 'photo', 'document'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** The largest archive, bytes: a longer response of a Worker would be cut off. */
export const ARCHIVE_BYTES = 300 * 1024 * 1024;
/** Each file is one request to R2, and Cloudflare allows 1000 of them while a Worker handles one request. */
export const ARCHIVE_FILES = 900;

export type ArchiveFit = { readonly kind: 'fits' } | { readonly kind: 'tooMuch'; readonly bytes: number };

/** Whether all files fit into one archive; `sizes` in bytes, one per file. */
export function archiveFit(sizes: readonly number[]): ArchiveFit {
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return bytes <= ARCHIVE_BYTES && sizes.length <= ARCHIVE_FILES ? { kind: 'fits' } : { kind: 'tooMuch', bytes };
}
