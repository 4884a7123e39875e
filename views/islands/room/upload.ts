// Handing a file over: checked here for what the room would refuse anyway, then sent as a form.
import { FILE_BYTES, FILE_TYPES } from '../../../workflows/rules/file.ts';
import { setup } from './setup.ts';

export type UploadFailure = 'fileTooLarge' | 'fileType' | 'fileEmpty' | 'fileFailed';

/** Null when the room has it: it then comes back over the socket, to both. */
export async function upload(file: File): Promise<UploadFailure | null> {
  if (file.size === 0) return 'fileEmpty';
  if (file.size > FILE_BYTES) return 'fileTooLarge';
  // Some systems give no type at all; the room looks inside.
  if (file.type !== '' && !FILE_TYPES.some(type => type === file.type)) return 'fileType';
  const body = new FormData();
  body.set('file', file);
  try {
    const answer = await fetch(`/consultations/${setup.consultationId}/room/files`, { method: 'POST', body });
    if (answer.ok) return null;
    return answer.status === 413 ? 'fileTooLarge' : answer.status === 415 ? 'fileType' : 'fileFailed';
  } catch {
    return 'fileFailed';
  }
}
