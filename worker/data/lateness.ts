// How late a visit will begin, as the doctor announces it. Every announcement is kept; the last one for the current time of the visit
// counts. worker/routes/desk/visit.ts writes it.
import type { Lateness } from '../../workflows/rules/delay.ts';
import { every, number, one, type Read, type Row, type Write } from './db.ts';
import type { Which } from './which.ts';
import { newId } from './ids.ts';

export const saysLate = (consultationId: string, personId: string, late: Lateness): Write => ({
  sql: `INSERT INTO lateness (id, consultation_id, person_id, minutes, at, schedule_version)
    SELECT ?1, c.id, ?3, ?4, ?5, c.schedule_version FROM consultation c WHERE c.id = ?2`,
  args: [newId(), consultationId, personId, late.minutes, late.at],
});

export const latenessRead = (consultationId: string): Read<Lateness | null> => ({
  sql: `SELECT l.minutes, l.at FROM lateness l JOIN consultation c ON c.id = l.consultation_id AND c.schedule_version = l.schedule_version
    WHERE c.id = ?1 ORDER BY l.at DESC, l.id DESC LIMIT 1`,
  args: [consultationId],
  take: one(latenessOf),
});

/** All announcements, in order. */
export const latenessesRead = (which: Which): Read<Lateness[]> => ({
  sql: `${which.with} SELECT minutes, at FROM lateness WHERE consultation_id = ${which.id} ORDER BY at, id`,
  args: which.args,
  take: every(latenessOf),
});

const latenessOf = (row: Row): Lateness => ({ minutes: number(row, 'minutes'), at: number(row, 'at') });
