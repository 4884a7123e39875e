// All protocol versions and files of a medical card, for the archive that a patient downloads. Called by
// worker/routes/patient/card-archive.tsx.
import { every, number, type Read, text, textOrNull } from './db.ts';
import type { Asker } from './asker.ts';
import { protocolFileKey } from './file-keys.ts';
import { nameArgs, readerOf } from './card-reader.ts';
import { CARD_DOCTOR, cardDoctorOf, fileFactsOf } from './card-timeline.ts';
import type { CardDoctor, FileFacts } from '../../workflows/rules/card.ts';

export interface ArchivedProtocol {
  readonly id: string;
  readonly at: number;
  readonly version: number;
  readonly publishedAt: number;
  readonly doctor: CardDoctor;
  /** Null until the PDF is made. */
  readonly pdf: { readonly key: string; readonly bytes: number } | null;
}

export interface ArchivedFile extends FileFacts {
  readonly key: string;
  readonly from: 'chat' | 'upload';
}

export const archivedProtocolsRead = (asker: Asker, personId: string): Read<ArchivedProtocol[]> => ({
  sql: `${readerOf('person')} SELECT p.id, p.version, p.published_at, c.starts_at, ${CARD_DOCTOR}, r.hash, r.bytes FROM reader w JOIN consultation c ON c.patient_id = w.patient_id
      JOIN protocol p ON p.consultation_id = c.id JOIN doctor d ON d.id = c.doctor_id JOIN specialty sp ON sp.id = d.specialty_id LEFT JOIN rendition r ON r.protocol_id = p.id
    WHERE w.relation IN ('self', 'guardian') ORDER BY c.starts_at DESC, p.version DESC`,
  args: nameArgs(asker, { by: 'person', id: personId }),
  take: every(row => {
    const hash = textOrNull(row, 'hash');
    return {
      id: text(row, 'id'),
      at: number(row, 'starts_at'),
      version: number(row, 'version'),
      publishedAt: number(row, 'published_at'),
      doctor: cardDoctorOf(row),
      pdf: hash === null ? null : { key: protocolFileKey(hash), bytes: number(row, 'bytes') },
    };
  }),
});

export const archivedFilesRead = (asker: Asker, personId: string): Read<ArchivedFile[]> => ({
  sql: `${readerOf('person')} SELECT f.* FROM reader w JOIN (
      SELECT f.id, f.at, f.name, f.type, f.bytes, f.key, 'upload' AS origin, f.patient_id FROM card_file f WHERE f.removed_at IS NULL
      UNION ALL SELECT f.id, f.at, f.name, f.type, f.bytes, f.key, 'chat', c.patient_id FROM room_file f JOIN consultation c ON c.id = f.consultation_id) f
      ON f.patient_id = w.patient_id WHERE w.relation IN ('self', 'guardian') ORDER BY f.at DESC, f.id DESC`,
  args: nameArgs(asker, { by: 'person', id: personId }),
  take: every(row => ({
    id: text(row, 'id'),
    at: number(row, 'at'),
    ...fileFactsOf(row),
    key: text(row, 'key'),
    from: row['origin'] === 'chat' ? 'chat' : 'upload',
  })),
});
