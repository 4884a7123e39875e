// Keys of files in R2. All keys are made here.

/** A file sent in a room. */
export const roomFileKey = (consultationId: string, fileId: string): string => `rooms/${consultationId}/${fileId}`;

/** A file that a patient uploaded to the medical card. */
export const cardFileKey = (patientId: string, fileId: string): string => `cards/${patientId}/${fileId}`;

/** A photograph or scan of a signed application. */
export const claimFileKey = (claimId: string, fileId: string): string => `claims/${claimId}/${fileId}`;

/** The PDF of an application, named by its SHA-256 (hex). */
export const applicationKey = (claimId: string, hash: string): string => `claims/${claimId}/${hash}.pdf`;

/** The PDF of a protocol, named by its SHA-256 (hex), so the same file has the same key. */
export const protocolFileKey = (hash: string): string => `protocols/${hash}.pdf`;

/** A letter that came in, whole. Its hash is in its row, because it is known only when the letter is stored. */
export const letterInKey = (year: number, letterId: string): string => `mail/${year}/${letterId}`;

/** The hash in the key of a protocol's PDF; null for any other key. */
export const protocolHashIn = (key: string): string | null => /^protocols\/(.+)\.pdf$/.exec(key)?.[1] ?? null;

/** The claim in the key of one of its files; null for any other key. */
export const claimIn = (key: string): string | null => /^claims\/([^/]+)\//.exec(key)?.[1] ?? null;
