// Sends a file to the room. Files that the room would refuse are refused here first. Called by chat.ts.
import { FILE_BYTES, FILE_TYPES } from '../../../workflows/rules/file.ts';
import { setup } from './setup.ts';

export type UploadFailure = 'fileTooLarge' | 'fileTooMany' | 'fileType' | 'fileEmpty' | 'fileFailed';

const FAILURES: Readonly<Record<number, UploadFailure>> = { 413: 'fileTooLarge', 415: 'fileType', 429: 'fileTooMany' };

/** Returns null on success: the file then arrives over the socket for both participants. */
export async function upload(file: File): Promise<UploadFailure | null> {
  if (file.size === 0) return 'fileEmpty';
  if (file.size > FILE_BYTES) return 'fileTooLarge';
  // Some systems give no type; the server then checks the content of the file.
  if (file.type !== '' && !FILE_TYPES.some(type => type === file.type)) return 'fileType';
  const body = new FormData();
  body.set('file', file);
  try {
    const answer = await fetch(`/consultations/${setup.consultationId}/room/files`, { method: 'POST', body });
    if (answer.ok) return null;
    return FAILURES[answer.status] ?? 'fileFailed';
  } catch {
    return 'fileFailed';
  }
}
