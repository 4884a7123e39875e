// The timeline of a medical card: protocols, files from chats and the patient's uploads, for a reader who may see the card. Called by
// worker/routes/patient/card.tsx and from-card.ts.
import { fileTypeIn } from '../../workflows/rules/file.ts';
import { FILE_KINDS } from '../../workflows/rules/card-files.ts';
import { every, number, numberOrNull, type Read, type Row, text } from './db.ts';
import type { Asker } from './asker.ts';
import { type CardName, nameArgs, READ_PATIENT, readerOf } from './card-reader.ts';
import type { CardDoctor, CardEntry, EntryKind } from '../../workflows/rules/card.ts';

export const CARD_PAGE = 30;

export interface TimelineFilter {
  readonly kind: EntryKind | null;
  readonly doctorId: string | null;
  readonly from: number;
  readonly to: number;
  /** The last entry of the previous page; null on the first page. */
  readonly before: { readonly at: number; readonly id: string } | null;
}

// One row per visit: the current version of its protocol. Only the columns for sorting; the entries of one page get the rest.
const MOMENTS = `SELECT 'protocol' AS kind, p.id, c.starts_at AS at, c.id AS visit_id, c.doctor_id FROM consultation c
    JOIN protocol p ON p.consultation_id = c.id AND p.version = (SELECT max(v.version) FROM protocol v WHERE v.consultation_id = c.id) WHERE c.patient_id = ${READ_PATIENT}
  UNION ALL SELECT 'file', f.id, f.at, c.id, c.doctor_id FROM consultation c JOIN room_file f ON f.consultation_id = c.id WHERE c.patient_id = ${READ_PATIENT}
  UNION ALL SELECT 'upload', f.id, f.at, NULL, NULL FROM card_file f WHERE f.patient_id = ${READ_PATIENT} AND f.removed_at IS NULL`;

/** Newest first; one more than a page, to know whether there is a next page. */
export const timelineRead = (asker: Asker, name: CardName, filter: TimelineFilter, limit = CARD_PAGE + 1): Read<CardEntry[]> => ({
  sql: `${readerOf(name.by)}, moments AS MATERIALIZED (SELECT * FROM (${MOMENTS})
      WHERE (?4 = '' OR kind = ?4) AND (?5 = '' OR doctor_id = ?5) AND at >= ?6 AND at < ?7 AND (at, id) < (?8, ?9) ORDER BY at DESC, id DESC LIMIT ?10)
    SELECT m.kind, m.id, m.at, ${CARD_DOCTOR}, p.version, p.published_at, substr(p.content ->> '$.recommendations', 1, 160) AS begins,
      coalesce(rf.name, cf.name) AS name, coalesce(rf.type, cf.type) AS type, coalesce(rf.bytes, cf.bytes) AS bytes, cf.kind AS file_kind, rf.person_id = d.person_id AS from_doctor
    FROM moments m LEFT JOIN doctor d ON d.id = m.doctor_id LEFT JOIN specialty sp ON sp.id = d.specialty_id
      LEFT JOIN protocol p ON m.kind = 'protocol' AND p.id = m.id LEFT JOIN room_file rf ON m.kind = 'file' AND rf.id = m.id
      LEFT JOIN card_file cf ON m.kind = 'upload' AND cf.id = m.id
    ORDER BY m.at DESC, m.id DESC`,
  args: [
    ...nameArgs(asker, name),
    filter.kind ?? '',
    filter.doctorId ?? '',
    filter.from,
    filter.to,
    filter.before?.at ?? Number.MAX_SAFE_INTEGER,
    filter.before?.id ?? '',
    limit,
  ],
  take: every(entryOf),
});

/** What the card contains, for the filters: entries of each kind, the first and last instant (ms). */
export interface CardSpan {
  readonly counts: Readonly<Record<EntryKind, number>>;
  readonly from: number | null;
  readonly to: number | null;
}

export const spanRead = (asker: Asker, name: CardName): Read<CardSpan> => ({
  sql: `${readerOf(name.by)} SELECT min(at) AS first, max(at) AS last, coalesce(sum(kind = 'protocol'), 0) AS protocols, coalesce(sum(kind = 'file'), 0) AS files,
    coalesce(sum(kind = 'upload'), 0) AS uploads FROM (${MOMENTS})`,
  args: nameArgs(asker, name),
  take: ([row = {}]) => ({
    counts: { protocol: number(row, 'protocols'), file: number(row, 'files'), upload: number(row, 'uploads') },
    from: numberOrNull(row, 'first'),
    to: numberOrNull(row, 'last'),
  }),
});

/** The doctors of the card's protocols and chat files. */
export const cardDoctorsRead = (asker: Asker, name: CardName): Read<CardDoctor[]> => ({
  sql: `${readerOf(name.by)} SELECT ${CARD_DOCTOR} FROM (SELECT DISTINCT doctor_id FROM (${MOMENTS})) m JOIN doctor d ON d.id = m.doctor_id JOIN specialty sp ON sp.id = d.specialty_id
    ORDER BY d.family_name_ru, d.id`,
  args: nameArgs(asker, name),
  take: every(cardDoctorOf),
});

export const CARD_DOCTOR = `d.id AS doctor_id, d.family_name_ru, d.family_name_en, d.given_name_ru, d.given_name_en, sp.name_ru AS specialty_ru, sp.name_en AS specialty_en`;

export function cardDoctorOf(row: Row): CardDoctor {
  const said = (column: string) => ({ ru: text(row, `${column}_ru`), en: text(row, `${column}_en`) });
  return { id: text(row, 'doctor_id'), familyName: said('family_name'), givenName: said('given_name'), specialty: said('specialty') };
}

function entryOf(row: Row): CardEntry {
  const kind = text(row, 'kind');
  const moment = { id: text(row, 'id'), at: number(row, 'at') };
  if (kind === 'protocol')
    return {
      kind,
      ...moment,
      doctor: cardDoctorOf(row),
      version: number(row, 'version'),
      publishedAt: number(row, 'published_at'),
      begins: text(row, 'begins'),
    };
  const file = { ...moment, ...fileFactsOf(row) };
  if (kind === 'file') return { kind, ...file, doctor: cardDoctorOf(row), fromDoctor: number(row, 'from_doctor') === 1 };
  return { kind: 'upload', ...file, is: FILE_KINDS.find(is => is === row['file_kind']) ?? 'document' };
}

export const fileFactsOf = (row: Row) => ({
  name: text(row, 'name'),
  type: fileTypeIn(row['type']),
  bytes: number(row, 'bytes'),
});
