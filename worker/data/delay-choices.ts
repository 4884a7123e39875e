// What the patient of a late doctor chose. Waiting is only recorded; a move is written with the reschedule (reschedules.ts); a refund is
// one batch with the cancellation. A trigger refuses a choice when the doctor has come since the page was drawn.
import type { DoctorTrace } from '../../workflows/rules/delay.ts';
import { askOne, type Database, every, isClash, number, raised, type Read, text, type Write, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_PATIENT } from './asker.ts';
import { emptiesRoom } from './attendance.ts';
import { audited } from './audit.ts';
import { newId } from './ids.ts';
import { signals } from './outbox.ts';
import { asksBack, LEFT } from './refunds.ts';

export interface DelayChoice {
  readonly consultationId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly version: number;
  /** The facts that the offer was based on. */
  readonly trace: DoctorTrace;
}

export type Chosen = { readonly kind: 'done' } | { readonly kind: 'already' } | { readonly kind: 'offerOver' };

export const chooses = (c: Omit<DelayChoice, 'sessionId'> & { readonly choice: 'wait' | 'move' | 'refund' }, now: number): Write => ({
  sql: `INSERT INTO delay_choice (id, consultation_id, at, person_id, choice, schedule_version, doctor_came_at, late_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
  args: [newId(), c.consultationId, now, c.personId, c.choice, c.version, c.trace.cameAt, c.trace.late?.at ?? null],
});

export const chooseToWait = (db: Database, c: DelayChoice, now: number): Promise<Chosen> =>
  chosen(db, [
    chooses({ ...c, choice: 'wait' }, now),
    audited({ now, ...who(c), act: 'delay.wait', kind: 'consultation', id: c.consultationId }),
  ]);

/** Cancels because of the clinic: all that is left of every payment is returned. */
export async function chooseRefund(db: Database, c: DelayChoice, now: number): Promise<Chosen> {
  const { consultationId } = c;
  const paid = await askOne(db, {
    sql: `SELECT p.id, ${LEFT} AS left_minor FROM payment p WHERE p.consultation_id = ?1 AND p.succeeded_at IS NOT NULL AND ${LEFT} > 0`,
    args: [consultationId],
    take: every(row => ({ id: text(row, 'id'), minor: number(row, 'left_minor') })),
  });
  return await chosen(db, [
    chooses({ ...c, choice: 'refund' }, now),
    {
      sql: "INSERT INTO cancellation (consultation_id, at, by, person_id, return_minor, reason) VALUES (?1, ?2, 'clinic', ?3, ?4, 'doctorLate')",
      args: [consultationId, now, c.personId, paid.reduce((sum, { minor }) => sum + minor, 0)],
    },
    { sql: 'UPDATE hold SET released_at = ?2 WHERE consultation_id = ?1 AND released_at IS NULL', args: [consultationId, now] },
    emptiesRoom(consultationId, now),
    ...paid.flatMap(({ id, minor }) => asksBack({ consultationId, paymentId: id, minor, reason: 'cancelled' }, now)),
    signals(consultationId, 'cancelled', `cancelled:${consultationId}`, now),
    audited({ now, ...who(c), act: 'consultation.cancel', kind: 'consultation', id: consultationId, detail: 'doctorLate' }),
  ]);
}

const who = ({ personId, sessionId }: DelayChoice) => ({ personId, sessionId });

async function chosen(db: Database, writes: Write[]): Promise<Chosen> {
  try {
    await write(db, writes);
    return { kind: 'done' };
  } catch (error) {
    if (isClash(error)) return { kind: 'already' };
    if (raised(error, ['offerOver']) === null) throw error;
    return { kind: 'offerOver' };
  }
}

/** When the patient decided to wait, ms, for the timeline of their own consultation. */
export const waitsRead = (asker: Asker, id: string): Read<number[]> => ({
  sql: `${AS_ASKER} SELECT w.at FROM delay_choice w JOIN consultation c ON c.id = w.consultation_id
    WHERE c.id = ?3 AND ${IS_PATIENT} AND w.choice = 'wait' ORDER BY w.at`,
  args: [...asArgs(asker), id],
  take: every(row => number(row, 'at')),
});
