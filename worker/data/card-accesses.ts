// «Кто смотрел мою карту»: the access journal of one card as its patient reads it, with one row per view and per written reason. Called by
// worker/routes/patient/card.tsx.
import { every, number, numberOrNull, type Read, type Row, text, textOrNull } from './db.ts';
import type { Asker } from './asker.ts';
import { nameArgs, readerOf } from './card-reader.ts';
import type { AccessEntry } from '../../workflows/rules/card.ts';

export const ACCESS_PAGE = 30;
const OWN_LOOKS = 20;

const OWNER = "(SELECT patient_id FROM reader WHERE relation IN ('self', 'guardian'))";

/** SQL for the latest looks and reasons that fit. Each half ends at the limit by itself, so that a long journal is not read to its beginning. */
const looks = (fits: (row: string) => string, limit: number): string => `SELECT * FROM (
    SELECT * FROM (SELECT k.id, k.at, k.act, k.relation, k.person_id, k.subject_id, q.reason FROM card_access k LEFT JOIN card_reason q ON q.id = k.reason_id
      WHERE k.patient_id = ${OWNER} AND ${fits('k')} ORDER BY k.at DESC, k.id DESC LIMIT ${limit})
    UNION ALL SELECT * FROM (SELECT q.id, q.at, 'reason', 'reason', q.person_id, NULL, q.reason FROM card_reason q
      WHERE q.patient_id = ${OWNER} AND ${fits('q')} ORDER BY q.at DESC, q.id DESC LIMIT ${limit})
  ) ORDER BY at DESC, id DESC LIMIT ${limit}`;

const SAID = `SELECT l.*, p.family_name, p.given_name, p.sex, d.family_name_ru, d.family_name_en, d.given_name_ru, d.given_name_en, c.starts_at,
    coalesce(cf.name, rf.name) AS file_name
  FROM looks l JOIN person p ON p.id = l.person_id LEFT JOIN doctor d ON d.person_id = l.person_id AND l.relation IN ('treating', 'reason')
    LEFT JOIN protocol o ON l.act IN ('protocol', 'download') AND o.id = l.subject_id LEFT JOIN consultation c ON c.id = o.consultation_id
    LEFT JOIN card_file cf ON l.act = 'file' AND cf.id = l.subject_id LEFT JOIN room_file rf ON l.act = 'file' AND rf.id = l.subject_id
  ORDER BY l.at DESC, l.id DESC`;

/**
 * Views by everybody except the asker, latest first; one more than a page, to know whether there is a next page. Only for the patient and
 * the guardian.
 */
export const accessesRead = (
  asker: Asker,
  personId: string,
  before: { at: number; id: string } | null,
  lang: 'ru' | 'en',
): Read<AccessEntry[]> => ({
  sql: `${readerOf('person')}, looks AS MATERIALIZED (${looks(row => `${row}.person_id <> (SELECT me FROM reader) AND (${row}.at, ${row}.id) < (?4, ?5)`, ACCESS_PAGE + 1)}) ${SAID}`,
  args: [...nameArgs(asker, { by: 'person', id: personId }), before?.at ?? Number.MAX_SAFE_INTEGER, before?.id ?? ''],
  take: every(row => accessOf(row, lang)),
});

/** The asker's own latest views. */
export const ownAccessesRead = (asker: Asker, personId: string, lang: 'ru' | 'en'): Read<AccessEntry[]> => ({
  sql: `${readerOf('person')}, looks AS MATERIALIZED (${looks(row => `${row}.person_id = (SELECT me FROM reader)`, OWN_LOOKS)}) ${SAID}`,
  args: nameArgs(asker, { by: 'person', id: personId }),
  take: every(row => accessOf(row, lang)),
});

const ACTS = ['card', 'protocol', 'download', 'file', 'archive', 'reason'] as const satisfies readonly AccessEntry['act'][];

function accessOf(row: Row, lang: 'ru' | 'en'): AccessEntry {
  const relation = text(row, 'relation');
  const isDoctor = relation === 'treating' || relation === 'reason';
  const name =
    isDoctor && row['family_name_ru'] !== null
      ? [row[`given_name_${lang}`], row[`family_name_${lang}`]]
      : [row['given_name'], row['family_name']];
  return {
    id: text(row, 'id'),
    at: number(row, 'at'),
    act: ACTS.find(act => act === row['act']) ?? 'card',
    who: name.join(' '),
    role: isDoctor ? 'doctor' : relation === 'guardian' ? 'guardian' : 'patient',
    isFemale: row['sex'] === 'female',
    visitAt: numberOrNull(row, 'starts_at'),
    fileName: textOrNull(row, 'file_name'),
    reason: textOrNull(row, 'reason'),
  };
}
