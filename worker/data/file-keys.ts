// Keys of files in R2. All keys are made here.

/** A file sent in a room. */
export const roomFileKey = (consultationId: string, fileId: string): string => `rooms/${consultationId}/${fileId}`;

/** A file that a patient uploaded to the medical card. */
export const cardFileKey = (patientId: string, fileId: string): string => `cards/${patientId}/${fileId}`;

/** The PDF of a protocol, named by its SHA-256 (hex), so the same file has the same key. */
export const protocolFileKey = (hash: string): string => `protocols/${hash}.pdf`;

/** The hash in the key of a protocol's PDF; null for any other key. */
export const protocolHashIn = (key: string): string | null => /^protocols\/(.+)\.pdf$/.exec(key)?.[1] ?? null;
