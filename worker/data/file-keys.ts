// Where files lie in R2: the only place where a key is made.

/** A file handed over in a room. */
export const roomFileKey = (consultationId: string, fileId: string): string => `rooms/${consultationId}/${fileId}`;

/** A file that a patient has put into the medical card. */
export const cardFileKey = (patientId: string, fileId: string): string => `cards/${patientId}/${fileId}`;

/** The PDF of a protocol, by its own SHA-256 (hex): the same file has the same key. */
export const protocolFileKey = (hash: string): string => `protocols/${hash}.pdf`;
