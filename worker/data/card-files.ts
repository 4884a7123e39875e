// Files of a medical card: the patient's uploads and the files exchanged in chats. A removed file is hidden from everybody and can be
// restored. Called by the card routes.
import type { FileKind } from '../../workflows/rules/card-files.ts';
import { type Database, number, one, raised, type Read, text, type Write, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { audited, auditedIfChanged } from './audit.ts';
import { ACTS_NOW, nameArgs, readerOf } from './card-reader.ts';
import { fileFactsOf } from './card-timeline.ts';
import type { FileFacts } from '../../workflows/rules/card.ts';

export interface KeptCardFile extends FileFacts {
  readonly patientId: string;
  readonly key: string;
  readonly is: FileKind;
}

export interface Hand {
  readonly personId: string;
  readonly sessionId: string;
}

export type Kept = { readonly kind: 'kept' } | { readonly kind: 'cardIsFull' } | { readonly kind: 'enoughToday' };

/** Adds a file to the card; the table's triggers refuse it when a limit is reached. */
export async function keepsCardFile(db: Database, file: KeptCardFile, hand: Hand): Promise<Kept> {
  const { id, patientId, is, name, type, bytes, at, key } = file;
  const row: Write = {
    sql: 'INSERT INTO card_file (id, patient_id, person_id, kind, name, type, bytes, at, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)',
    args: [id, patientId, hand.personId, is, name, type, bytes, at, key],
  };
  try {
    await write(db, [row, audited({ now: at, ...hand, act: 'card.file', kind: 'cardFile', id })]);
    return { kind: 'kept' };
  } catch (error) {
    const name = raised(error, ['cardIsFull', 'enoughToday']);
    if (name === null) throw error;
    return { kind: name };
  }
}

/** One file of a card, uploaded or from a chat, for a reader who may see the card; null for anybody else. */
export const cardFileRead = (asker: Asker, id: string): Read<(FileFacts & { readonly key: string }) | null> => ({
  sql: `${readerOf('file')} SELECT f.* FROM reader w JOIN (SELECT id, at, name, type, bytes, key FROM card_file WHERE id = ?3
      UNION ALL SELECT id, at, name, type, bytes, key FROM room_file WHERE id = ?3) f WHERE w.relation IS NOT NULL`,
  args: nameArgs(asker, { by: 'file', id }),
  take: one(row => ({ id: text(row, 'id'), at: number(row, 'at'), ...fileFactsOf(row), key: text(row, 'key') })),
});

// Files of the asker's own card or of a child's card.
const OWN = `card_file WHERE id = ?3 AND purged_at IS NULL AND patient_id IN (SELECT me FROM asking
  UNION ALL SELECT g.child_id FROM guardian g WHERE g.guardian_id = ${ME} AND ${ACTS_NOW})`;

export interface OwnFile {
  readonly id: string;
  readonly name: string;
  readonly patientId: string;
  readonly isRemoved: boolean;
}

/** An upload in the asker's own card or a child's, removed or not; null for anybody else. */
export const ownFileRead = (asker: Asker, id: string): Read<OwnFile | null> => ({
  sql: `${AS_ASKER} SELECT * FROM ${OWN}`,
  args: [...asArgs(asker), id],
  take: one(row => ({
    id: text(row, 'id'),
    name: text(row, 'name'),
    patientId: text(row, 'patient_id'),
    isRemoved: row['removed_at'] !== null,
  })),
});

/** Removes a file, or restores it when `back` is true; a repeated click does not change the file. */
export async function removesFile(db: Database, asker: Asker, id: string, back: boolean, hand: Hand): Promise<Kept> {
  const row: Write = {
    sql: `${AS_ASKER} UPDATE card_file SET removed_at = ${back ? 'NULL' : '?2'} WHERE id IN (SELECT id FROM ${OWN}) AND removed_at IS ${back ? 'NOT NULL' : 'NULL'}`,
    args: [...asArgs(asker), id],
  };
  const act = back ? 'card.fileBack' : 'card.fileRemoved';
  try {
    await write(db, [row, auditedIfChanged({ now: asker.now, ...hand, act, kind: 'cardFile', id })]);
    return { kind: 'kept' };
  } catch (error) {
    if (raised(error, ['cardIsFull']) === null) throw error;
    return { kind: 'cardIsFull' };
  }
}
