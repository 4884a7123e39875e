// Who reads whose medical card. Each statement about a card begins with these tables, so somebody without access gets no row, and the
// journal row is written in the same batch as the read. The rule is in workflows/rules/card-access.ts; tests/data/card.test.ts checks that
// the SQL agrees with it.
import {
  actsFor,
  type CardAccess,
  type CardFacts,
  cardAccess,
  type Relation,
  SAME_LOOK_MS,
  TREATING_MS,
} from '../../workflows/rules/card-access.ts';
import { alongside, every, numberOrNull, one, type Read, type Row, text, textOrNull } from './db.ts';
import { AS_ASKER, type Asker, asArgs } from './asker.ts';
import { newId } from './ids.ts';
import { patientOf } from './consultations.ts';
import type { PatientName } from '../../workflows/rules/person.ts';

/**
 * How a request identifies a card: by person (an empty id means the asker), by a consultation of the asking doctor, by a protocol or by a
 * file.
 */
export interface CardName {
  readonly by: 'person' | 'consultation' | 'protocol' | 'file';
  readonly id: string;
}

const PATIENT = {
  person: "CASE WHEN ?3 = '' THEN a.me ELSE ?3 END",
  consultation: '(SELECT c.patient_id FROM consultation c WHERE c.id = ?3 AND c.doctor_id = a.doctor_id)',
  protocol: '(SELECT c.patient_id FROM protocol p JOIN consultation c ON c.id = p.consultation_id WHERE p.id = ?3)',
  file: `coalesce((SELECT f.patient_id FROM card_file f WHERE f.id = ?3 AND f.removed_at IS NULL),
    (SELECT c.patient_id FROM room_file f JOIN consultation c ON c.id = f.consultation_id WHERE f.id = ?3))`,
} satisfies Record<CardName['by'], string>;

/** SQL: the asking doctor's consultations with the patient of `w` (`wanted` or `reader`) that were paid and not cancelled. */
export const VISITS = `consultation c JOIN hold h ON h.consultation_id = c.id
  LEFT JOIN conclusion n ON n.consultation_id = c.id LEFT JOIN cancellation x ON x.consultation_id = c.id
  WHERE w.doctor_id IS NOT NULL AND c.patient_id = w.patient_id AND c.doctor_id || '' = w.doctor_id AND h.firm_at IS NOT NULL AND x.at IS NULL`;
/** SQL: the guardian `g` may act for the child now. */
export const ACTS_NOW = 'g.since <= ?2 AND (g.until IS NULL OR g.until > ?2)';
const REASON = `card_reason q WHERE q.patient_id = w.patient_id AND q.person_id = w.me AND q.at <= ?2 AND q.until > ?2`;

/** A session that was handed over for one visit reads no card. */
const RELATION = `CASE WHEN w.only_visit IS NOT NULL THEN NULL WHEN w.me = w.patient_id THEN 'self'
  WHEN EXISTS (SELECT 1 FROM guardian g WHERE g.child_id = w.patient_id AND g.guardian_id = w.me AND ${ACTS_NOW}) THEN 'guardian'
  WHEN EXISTS (SELECT 1 FROM ${VISITS} AND coalesce(n.at, c.ends_at) + ${TREATING_MS} > ?2) THEN 'treating'
  WHEN EXISTS (SELECT 1 FROM ${VISITS}) AND EXISTS (SELECT 1 FROM ${REASON}) THEN 'reason' END`;

/**
 * The beginning of every statement about a card: `reader` has one row with the patient and the relation; the relation is null without
 * access.
 */
export const readerOf = (by: CardName['by']): string => `${AS_ASKER},
  wanted AS MATERIALIZED (SELECT a.*, ${PATIENT[by]} AS patient_id FROM asking a),
  reader AS MATERIALIZED (SELECT w.*, ${RELATION} AS relation FROM wanted w)`;

/** SQL after it: the patient whom the reader may read; null for whoever may not. A value leads every index, a join would leave the order to chance. */
export const READ_PATIENT = '(SELECT patient_id FROM reader WHERE relation IS NOT NULL)';

/** The arguments ?1 to ?3 of readerOf. */
export const nameArgs = (asker: Asker, name: CardName): [string, number, string] => [...asArgs(asker), name.id];

export interface CardReader {
  readonly personId: string;
  readonly sessionId: string;
  readonly patientId: string;
  readonly patient: PatientName;
  readonly access: CardAccess;
  /** The asking doctor's latest visit with the patient, for links back to it; null for the patient. */
  readonly visitId: string | null;
}

/** The reader and the access that the rule gives; null when the asker has no relation to the patient. */
export const cardReaderRead = (asker: Asker, name: CardName): Read<CardReader | null> => ({
  sql: `${readerOf(name.by)} SELECT w.me, w.session_id, w.patient_id, p.family_name, p.given_name, p.birth_date, g.since, g.until,
      (SELECT json_group_array(json_array(c.ends_at, n.at)) FROM ${VISITS}) AS visits, (SELECT c.id FROM ${VISITS} ORDER BY c.starts_at DESC LIMIT 1) AS visit_id,
      (SELECT max(q.until) FROM ${REASON}) AS reason_until
    FROM reader w JOIN person p ON p.id = w.patient_id LEFT JOIN guardian g ON g.child_id = w.patient_id AND g.guardian_id = w.me
    WHERE w.relation IS NOT NULL OR EXISTS (SELECT 1 FROM ${VISITS})`,
  args: nameArgs(asker, name),
  take: one(row => ({
    personId: text(row, 'me'),
    sessionId: text(row, 'session_id'),
    patientId: text(row, 'patient_id'),
    patient: patientOf(row),
    access: cardAccess(factsOf(row, asker.now), asker.now),
    visitId: textOrNull(row, 'visit_id'),
  })),
});

function factsOf(row: Row, now: number): CardFacts {
  const since = numberOrNull(row, 'since');
  const visits = JSON.parse(text(row, 'visits')) as [number, number | null][];
  return {
    isPatient: text(row, 'me') === text(row, 'patient_id'),
    isGuardian: since !== null && actsFor({ since, until: numberOrNull(row, 'until') }, now),
    visits: visits.map(([endsAt, endedAt]) => ({ endsAt, endedAt })),
    reasonUntil: numberOrNull(row, 'reason_until'),
  };
}

/** The relation as SQL computes it, for the test that compares it with the rule. */
export const relationRead = (asker: Asker, name: CardName): Read<Relation | null> => ({
  sql: `${readerOf(name.by)} SELECT w.relation FROM reader w`,
  args: nameArgs(asker, name),
  take: rows => RELATIONS.find(relation => relation === rows[0]?.['relation']) ?? null,
});

const RELATIONS = ['self', 'guardian', 'treating', 'reason'] as const satisfies readonly Relation[];

export interface Look {
  readonly act: 'card' | 'protocol' | 'download' | 'file' | 'archive';
  readonly subjectId: string | null;
  /** True when repeated views within 10 minutes are logged once. */
  readonly folds: boolean;
}

/** Writes the journal row in the batch that reads. A download of a PDF that does not exist yet is not logged. */
export const journalled = (asker: Asker, name: CardName, look: Look): Read<null> =>
  alongside({
    sql: `INSERT INTO card_access (id, at, patient_id, person_id, session_id, relation, act, subject_id, reason_id)
    ${readerOf(name.by)} SELECT ?4, ?2, w.patient_id, w.me, w.session_id, w.relation, ?5, ?6,
      CASE w.relation WHEN 'reason' THEN (SELECT q.id FROM ${REASON} ORDER BY q.at DESC LIMIT 1) END
    FROM reader w WHERE w.relation IS NOT NULL
      AND (?5 <> 'download' OR EXISTS (SELECT 1 FROM rendition r WHERE r.protocol_id = ?6))
      AND (?7 = 0 OR NOT EXISTS (SELECT 1 FROM card_access k WHERE k.patient_id = w.patient_id AND k.person_id = w.me AND k.act = ?5
        AND k.subject_id IS ?6 AND k.at > ?2 - ${SAME_LOOK_MS}))`,
    args: [...nameArgs(asker, name), newId(), look.act, look.subjectId, look.folds ? 1 : 0],
  });

export interface Profile extends PatientName {
  readonly id: string;
}

/** The children for whom the asker may act now. */
export const profilesRead = (asker: Asker): Read<Profile[]> => ({
  sql: `${readerOf('person')} SELECT p.id, p.family_name, p.given_name, p.birth_date FROM reader w JOIN guardian g ON g.guardian_id = w.me JOIN person p ON p.id = g.child_id
    WHERE ${ACTS_NOW} ORDER BY p.birth_date, p.id`,
  args: nameArgs(asker, { by: 'person', id: '' }),
  take: every(row => ({ id: text(row, 'id'), ...patientOf(row) })),
});
