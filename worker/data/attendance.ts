// Attendance: who was in the room and in the call, from when to when. worker/rooms/presence.ts and worker/rooms/register.ts write it; the
// signal to Temporal is written in the same batch.
import type { Side } from '../../workflows/rules/admission.ts';
import type { Attendance } from '../../workflows/rules/passport.ts';
import {
  askOne,
  type Database,
  every,
  isClash,
  number,
  numberOrNull,
  one,
  raised,
  type Read,
  type Row,
  text,
  type Write,
  write,
} from './db.ts';
import type { Which } from './which.ts';
import { newId } from './ids.ts';
import { tellsPresence } from './outbox.ts';

export interface Entering {
  readonly consultationId: string;
  readonly personId: string;
  readonly role: Side;
}

export type Entered =
  | { readonly kind: 'entered'; readonly attendanceId: string }
  /** Already in the room: another device, or a connection that was restored. */
  | { readonly kind: 'already'; readonly attendanceId: string }
  | { readonly kind: 'over' };

/**
 * Opens an attendance with this id, or finds the open one. Of two concurrent calls one wins, because the index allows one open row per
 * side.
 */
export async function enterRoom(db: Database, e: Entering, now: number, id = newId()): Promise<Entered> {
  try {
    await write(db, [
      {
        sql: `INSERT INTO attendance (id, consultation_id, person_id, role, entered_at, schedule_version)
          SELECT ?1, c.id, ?3, ?4, ?5, c.schedule_version FROM consultation c WHERE c.id = ?2`,
        args: [id, e.consultationId, e.personId, e.role, now],
      },
      tellsPresence(e.consultationId, 'entered', id, now),
    ]);
    return { kind: 'entered', attendanceId: id };
  } catch (error) {
    if (raised(error, ['visitIsOver'])) return { kind: 'over' };
    if (!isClash(error)) throw error;
    const open = await openAttendance(db, e);
    // The open row was closed in between. The caller is in the room, so try again.
    return open === null ? await enterRoom(db, e, now, id) : { kind: 'already', attendanceId: open };
  }
}

async function openAttendance(db: Database, e: Entering): Promise<string | null> {
  return await askOne(db, {
    sql: 'SELECT id FROM attendance WHERE consultation_id = ?1 AND role = ?2 AND left_at IS NULL',
    args: [e.consultationId, e.role],
    take: one(row => text(row, 'id')),
  });
}

// The earliest instant for entering the call: the patient's is set by the clinic, the doctor's is not limited.
const DOOR = `CASE role WHEN 'doctor' THEN 0 ELSE (SELECT c.starts_at - k.join_minutes * 60000 FROM consultation c, clinic k
  WHERE c.id = attendance.consultation_id AND k.id = 1) END`;

/**
 * Records that somebody in the room entered the call at `joinedAt` (ms); only the first time counts. False when they have left, or may not
 * enter the call yet.
 */
export async function joinCall(
  db: Database,
  consultationId: string,
  attendanceId: string,
  joinedAt: number,
  now: number,
): Promise<boolean> {
  const [changed] = await write(db, [
    {
      sql: `UPDATE attendance SET joined_at = coalesce(joined_at, max(entered_at, ?2, ${DOOR})) WHERE id = ?1 AND left_at IS NULL AND ${DOOR} <= ?3`,
      args: [attendanceId, joinedAt, now],
    },
    tellsPresence(consultationId, 'joined', attendanceId, now, 'a.joined_at IS NOT NULL'),
  ]);
  return changed === 1;
}

const ENDS = 'left_at = max(coalesce(joined_at, entered_at), ?2)';

/** Ends an attendance at `leftAt` (ms), when its last connection was lost. Repeating it changes nothing. */
export async function leaveRoom(db: Database, consultationId: string, attendanceId: string, leftAt: number, now: number): Promise<void> {
  await write(db, [
    {
      sql: `UPDATE attendance SET ${ENDS} WHERE id = ?1 AND left_at IS NULL`,
      args: [attendanceId, leftAt],
    },
    tellsPresence(consultationId, 'left', attendanceId, now, 'a.left_at IS NOT NULL'),
  ]);
}

/**
 * Ends every open attendance of the consultation. `onlyIf` is a condition on earlier writes of the same batch, with the consultation as ?1.
 */
export const emptiesRoom = (consultationId: string, now: number, onlyIf = 'TRUE'): Write => ({
  sql: `UPDATE attendance SET ${ENDS} WHERE consultation_id = ?1 AND left_at IS NULL AND ${onlyIf}`,
  args: [consultationId, now],
});

/** All attendances for the current time of the visit, without those before a move; for the call's passport. */
export const attendanceRead = (which: Which): Read<Attendance[]> => ({
  sql: `${which.with} SELECT a.role, a.entered_at, a.joined_at, a.left_at FROM attendance a JOIN consultation c ON c.id = a.consultation_id AND c.schedule_version = a.schedule_version
    WHERE c.id = ${which.id} ORDER BY a.entered_at`,
  args: which.args,
  take: every(attendanceOf),
});

const attendanceOf = (row: Row): Attendance => ({
  role: text(row, 'role') === 'doctor' ? 'doctor' : 'patient',
  enteredAt: number(row, 'entered_at'),
  joinedAt: numberOrNull(row, 'joined_at'),
  leftAt: numberOrNull(row, 'left_at'),
});
