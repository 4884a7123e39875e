// Moves an appointment to another interval: one guarded batch changes the hold and the consultation's time, ends attendance, and writes the
// move and the message to Temporal. The payment, its receipt and the doctor stay. Called by worker/routes/patient/reschedules.tsx.
import type { DoctorTrace } from '../../workflows/rules/delay.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import { askOne, type Database, every, isClash, number, one, raised, type Read, type Row, some, text, type Write, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_PATIENT } from './asker.ts';
import { emptiesRoom } from './attendance.ts';
import { audited } from './audit.ts';
import { lapseOverdue, TOUCHES_HOLD } from './reservations.ts';
import { chooses } from './delay-choices.ts';
import { newId } from './ids.ts';
import { tells } from './outbox.ts';
import type { MoveTrace } from '../../workflows/rules/reschedule.ts';

export interface Rescheduling {
  readonly consultationId: string;
  readonly doctorId: string;
  readonly patientId: string;
  readonly by: 'patient' | 'clinic';
  readonly personId: string;
  readonly sessionId: string;
  readonly reason: 'asked' | 'doctorLate';
  readonly from: Interval;
  readonly to: Interval;
  /** The schedule version that the page was drawn with. */
  readonly version: number;
  /** The facts that the offer of a late doctor was based on. When that is the reason of the move, they must still be true. */
  readonly trace: DoctorTrace;
}

export type Rescheduled =
  | { readonly kind: 'moved' }
  /** The same click again: the visit is already at that time. */
  | { readonly kind: 'already' }
  /** Moved meanwhile from another page, to another time. */
  | { readonly kind: 'staleSchedule' }
  | { readonly kind: 'slotTaken' }
  | { readonly kind: 'patientBusy'; readonly consultationId: string }
  /** Cancelled, concluded or begun meanwhile, or the late doctor has come. */
  | { readonly kind: 'notMovable' };

/** Moves once from the given schedule version. If the new interval is taken, the old one is kept. */
export async function reschedule(db: Database, r: Rescheduling, now: number): Promise<Rescheduled> {
  try {
    await write(db, [
      ...lapseOverdue(r.doctorId, r.patientId, now),
      ...moves(r, now),
      ...leavesOldRoom(r.consultationId, now),
      ...tellsOf(r, now),
    ]);
    return { kind: 'moved' };
  } catch (error) {
    const name = raised(error, ['slotTaken', 'patientBusy', 'staleSchedule', 'notMovable', 'visitBegan', 'offerOver']);
    if (name === null && !isClash(error)) throw error;
    if (name === 'slotTaken') return { kind: name };
    if (name === 'patientBusy') return await inTheWay(db, r);
    // A repeated click on a move away from a late doctor is first refused because of the existing choice, although its move is done.
    return (await isDone(db, r))
      ? { kind: 'already' }
      : { kind: name === 'staleSchedule' || name === null ? 'staleSchedule' : 'notMovable' };
  }
}

const moves = (r: Rescheduling, now: number): Write[] => [
  ...(r.reason === 'doctorLate' ? [chooses({ ...r, choice: 'move' }, now)] : []),
  {
    sql: `INSERT INTO reschedule (id, consultation_id, at, by, person_id, reason, from_start_at, from_end_at, to_start_at, to_end_at, schedule_version)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)`,
    args: [
      newId(),
      r.consultationId,
      now,
      r.by,
      r.personId,
      r.reason,
      r.from.startsAt,
      r.from.endsAt,
      r.to.startsAt,
      r.to.endsAt,
      r.version + 1,
    ],
  },
  {
    sql: 'UPDATE hold SET start_at = ?2, end_at = ?3 WHERE consultation_id = ?1 AND released_at IS NULL',
    args: [r.consultationId, r.to.startsAt, r.to.endsAt],
  },
  {
    sql: 'UPDATE consultation SET starts_at = ?2, ends_at = ?3, schedule_version = ?4 + 1 WHERE id = ?1 AND schedule_version = ?4',
    args: [r.consultationId, r.to.startsAt, r.to.endsAt, r.version],
  },
];

/** Ends attendance for the old time and makes its passes invalid. */
const leavesOldRoom = (consultationId: string, now: number): Write[] => [
  emptiesRoom(consultationId, now),
  { sql: 'UPDATE room_pass SET replaced_at = ?2 WHERE consultation_id = ?1 AND replaced_at IS NULL', args: [consultationId, now] },
];

function tellsOf(r: Rescheduling, now: number): Write[] {
  const { consultationId, personId, sessionId } = r;
  const scheduleVersion = r.version + 1;
  const messageId = `rescheduled:${consultationId}:${scheduleVersion}`;
  const told = { messageId, startsAt: r.to.startsAt, endsAt: r.to.endsAt, scheduleVersion };
  return [
    tells(consultationId, messageId, { kind: 'signal', name: 'rescheduled', consultationId, told }, now),
    audited({ now, personId, sessionId, act: 'consultation.reschedule', kind: 'consultation', id: consultationId, detail: r.reason }),
  ];
}

async function isDone(db: Database, r: Rescheduling): Promise<boolean> {
  return await askOne(db, {
    sql: 'SELECT 1 FROM reschedule WHERE consultation_id = ?1 AND schedule_version = ?2 AND to_start_at = ?3',
    args: [r.consultationId, r.version + 1, r.to.startsAt],
    take: some,
  });
}

async function inTheWay(db: Database, r: Rescheduling): Promise<Rescheduled> {
  const consultationId = await askOne(db, {
    sql: `SELECT consultation_id FROM hold WHERE patient_id = ?1 AND released_at IS NULL AND ${TOUCHES_HOLD} AND consultation_id <> ?4 LIMIT 1`,
    args: [r.patientId, r.to.startsAt, r.to.endsAt, r.consultationId],
    take: one(row => text(row, 'consultation_id')),
  });
  // The conflicting hold has disappeared: «taken» offers to try again.
  return consultationId === null ? { kind: 'slotTaken' } : { kind: 'patientBusy', consultationId };
}

/** The moves of the asker's own consultation, in order. */
export const movesRead = (asker: Asker, id: string): Read<MoveTrace[]> => ({
  sql: `${AS_ASKER} SELECT m.* FROM reschedule m JOIN consultation c ON c.id = m.consultation_id WHERE c.id = ?3 AND ${IS_PATIENT} ORDER BY m.schedule_version`,
  args: [...asArgs(asker), id],
  take: every(moveOf),
});

const moveOf = (row: Row): MoveTrace => ({
  at: number(row, 'at'),
  by: text(row, 'by') === 'clinic' ? 'clinic' : 'patient',
  reason: text(row, 'reason') === 'doctorLate' ? 'doctorLate' : 'asked',
  from: { startsAt: number(row, 'from_start_at'), endsAt: number(row, 'from_end_at') },
  to: { startsAt: number(row, 'to_start_at'), endsAt: number(row, 'to_end_at') },
});
