// The questionnaire before a visit and its answers. Each save is a version; the last one is valid. The questions are stored with the
// answers, so a later change of the questions does not change earlier answers.
import { type Database, isClash, number, one, type Read, type Row, text, type Write, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, MEETS } from './asker.ts';
import { auditedIfChanged } from './audit.ts';
import type { Answered, Question } from '../../workflows/rules/questionnaire.ts';

/** The questions of the consultation's specialty; empty when there are none. */
export const questionsRead = (id: string): Read<Question[]> => ({
  sql: `SELECT q.body FROM questionnaire q JOIN doctor d ON d.specialty_id = q.specialty_id JOIN consultation c ON c.doctor_id = d.id WHERE c.id = ?1`,
  args: [id],
  take: rows => (rows[0] === undefined ? [] : (JSON.parse(text(rows[0], 'body')) as { questions: Question[] }).questions),
});

/** The last answers, for the two participants; null when nothing was answered. */
export const answersRead = (asker: Asker, id: string): Read<Answered | null> => ({
  sql: `${AS_ASKER} SELECT a.version, a.at, a.body FROM questionnaire_answer a JOIN consultation c ON c.id = a.consultation_id
    WHERE c.id = ?3 AND ${MEETS} ORDER BY a.version DESC LIMIT 1`,
  args: [...asArgs(asker), id],
  take: one(answeredOf),
});

const answeredOf = (row: Row): Answered => ({
  version: number(row, 'version'),
  at: number(row, 'at'),
  answers: JSON.parse(text(row, 'body')) as Answered['answers'],
});

export interface Answering {
  readonly consultationId: string;
  readonly personId: string;
  readonly sessionId: string;
  /** The version that the patient's page was drawn with. */
  readonly base: number;
  readonly answers: Answered['answers'];
}

/** Saves the answers. `stale` when another device of the same patient has saved since; `closed` when the visit has been concluded. */
export async function keepAnswers(db: Database, a: Answering, now: number): Promise<'kept' | 'stale' | 'closed'> {
  try {
    const [kept] = await write(db, [insertsAnswers(a, now), auditsAnswers(a, now)]);
    return kept === 1 ? 'kept' : 'closed';
  } catch (error) {
    if (isClash(error)) return 'stale';
    throw error;
  }
}

const insertsAnswers = (a: Answering, now: number): Write => ({
  sql: `INSERT INTO questionnaire_answer (consultation_id, version, body, at)
    SELECT c.id, ?2, ?3, ?4 FROM consultation c WHERE c.id = ?1 AND NOT EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = c.id)`,
  args: [a.consultationId, a.base + 1, JSON.stringify(a.answers), now],
});

const auditsAnswers = (a: Answering, now: number): Write =>
  auditedIfChanged({
    now,
    personId: a.personId,
    sessionId: a.sessionId,
    act: 'questionnaire.answer',
    kind: 'consultation',
    id: a.consultationId,
  });
