// In-person visits in this clinic, as its staff entered them; they permit a diagnosis and a prescription. Called by
// worker/protocol/editor.ts and worker/routes/desk/in-person-visits.tsx.
import { type Database, every, isClash, number, type Read, text, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_DOCTOR } from './asker.ts';
import { audited } from './audit.ts';
import { newId } from './ids.ts';
import type { InPersonRecord } from '../../workflows/rules/protocol.ts';

/** Visits of the consultation's patient, latest first, for the doctor of the consultation. */
export const inPersonVisitsRead = (asker: Asker, id: string): Read<InPersonRecord[]> => ({
  sql: `${AS_ASKER} SELECT v.visited_on, v.entered_at, e.given_name || ' ' || e.family_name AS entered_by, o.given_name_ru, o.given_name_en, o.family_name_ru, o.family_name_en
    FROM in_person_visit v JOIN consultation c ON c.patient_id = v.patient_id
      JOIN person e ON e.id = v.entered_by JOIN doctor o ON o.id = v.doctor_id
    WHERE c.id = ?3 AND ${IS_DOCTOR} ORDER BY v.visited_on DESC, v.entered_at DESC`,
  args: [...asArgs(asker), id],
  take: every(row => ({
    visitedOn: text(row, 'visited_on'),
    enteredAt: number(row, 'entered_at'),
    enteredBy: text(row, 'entered_by'),
    doctor: {
      ru: `${text(row, 'given_name_ru')} ${text(row, 'family_name_ru')}`,
      en: `${text(row, 'given_name_en')} ${text(row, 'family_name_en')}`,
    },
  })),
});

export interface EnteredVisit {
  readonly patientId: string;
  readonly doctorId: string;
  /** Clinic's date, YYYY-MM-DD. */
  readonly visitedOn: string;
  readonly personId: string;
  readonly sessionId: string;
}

/** Enters a visit once. Entering it again changes nothing and writes no journal row. */
export async function enterVisit(db: Database, v: EnteredVisit, now: number): Promise<'entered' | 'already'> {
  const id = newId();
  try {
    await write(db, [
      {
        sql: 'INSERT INTO in_person_visit (id, patient_id, doctor_id, visited_on, entered_by, entered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
        args: [id, v.patientId, v.doctorId, v.visitedOn, v.personId, now],
      },
      audited({ now, personId: v.personId, sessionId: v.sessionId, act: 'inPersonVisit.enter', kind: 'inPersonVisit', id }),
    ]);
    return 'entered';
  } catch (error) {
    if (isClash(error)) return 'already';
    throw error;
  }
}
