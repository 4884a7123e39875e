// Sends a file to the room. Files that the room would refuse are refused here first, by the same rule. Called by chat.ts.
import { type FileMistake, inspect } from '../../../workflows/rules/file-contents.ts';
import { FILE_BYTES } from '../../../workflows/rules/file.ts';
import { setup } from './setup.ts';

export type UploadFailure =
  | 'fileTooLarge'
  | 'fileTooMany'
  | 'fileType'
  | 'fileEmpty'
  | 'filePixels'
  | 'filePages'
  | 'fileActive'
  | 'fileFailed';

const MISTAKES: Readonly<Record<FileMistake, UploadFailure>> = {
  empty: 'fileEmpty',
  tooLarge: 'fileTooLarge',
  type: 'fileType',
  tooManyPixels: 'filePixels',
  tooManyPages: 'filePages',
  pdfActive: 'fileActive',
};
const FAILURES: Readonly<Record<number, UploadFailure>> = { 413: 'fileTooLarge', 415: 'fileType', 429: 'fileTooMany' };

/** Returns null on success: the file then arrives over the socket for both participants. */
export async function upload(file: File): Promise<UploadFailure | null> {
  if (file.size > FILE_BYTES) return 'fileTooLarge';
  try {
    const inspected = inspect(new Uint8Array(await file.arrayBuffer()), null);
    if (inspected.kind !== 'fine') return MISTAKES[inspected.kind];
    const body = new FormData();
    body.set('file', file);
    const answer = await fetch(`/consultations/${setup.consultationId}/room/files`, { method: 'POST', body });
    if (answer.ok) return null;
    return FAILURES[answer.status] ?? (await mistakeIn(answer));
  } catch {
    return 'fileFailed';
  }
}

async function mistakeIn(answer: Response): Promise<UploadFailure> {
  const { kind } = (await answer.json()) as { kind?: string };
  return Object.entries(MISTAKES).find(([mistake]) => mistake === kind)?.[1] ?? 'fileFailed';
}
