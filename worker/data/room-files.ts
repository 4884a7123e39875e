// Files that the two participants send each other in the room: who sent which, and the key in R2. Only the two may read them. Called by
// worker/rooms/conversation.ts and worker/routes/room/room-files.ts.
import { fileTypeIn } from '../../workflows/rules/file.ts';
import type { RoomFile } from '../../workflows/rules/room-messages.ts';
import { every, number, one, type Read, type Row, text, type Write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, MEETS } from './asker.ts';

export interface KeptFile extends RoomFile {
  /** Key in R2. */
  readonly key: string;
}

export const keepsFile = (consultationId: string, personId: string, file: KeptFile): Write => ({
  sql: 'INSERT INTO room_file (id, consultation_id, person_id, name, type, bytes, at, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)',
  args: [file.id, consultationId, personId, file.name, file.type, file.bytes, file.at, file.key],
});

const FILE = `SELECT f.*, CASE WHEN f.person_id = c.patient_id THEN 'patient' ELSE 'doctor' END AS side
  FROM room_file f JOIN consultation c ON c.id = f.consultation_id`;

/** One file, for the patient and the doctor of its consultation; null for anybody else. */
export const roomFileRead = (asker: Asker, consultationId: string, fileId: string): Read<KeptFile | null> => ({
  sql: `${AS_ASKER} ${FILE} WHERE f.id = ?4 AND f.consultation_id = ?3 AND ${MEETS}`,
  args: [...asArgs(asker), consultationId, fileId],
  take: one(row => ({ ...fileOf(row), key: text(row, 'key') })),
});

/** All files of a consultation, for the room, which sends them only to its participants. */
export const roomFilesRead = (consultationId: string): Read<RoomFile[]> => ({
  sql: `${FILE} WHERE f.consultation_id = ?1 ORDER BY f.at, f.id`,
  args: [consultationId],
  take: every(fileOf),
});

const fileOf = (row: Row): RoomFile => ({
  id: text(row, 'id'),
  from: text(row, 'side') === 'doctor' ? 'doctor' : 'patient',
  name: text(row, 'name'),
  type: fileTypeIn(row.type),
  bytes: number(row, 'bytes'),
  at: number(row, 'at'),
});
