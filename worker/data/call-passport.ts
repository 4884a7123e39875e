// The data of the call's passport: quality per minute and faults. Only figures and kinds are stored, never what was said; finance and
// support read them as evidence. Written by worker/rooms/conversation.ts, worker/routes/room/calls.ts and worker/activities/room.ts.
import type { LineMinute } from '../../workflows/rules/call-quality.ts';
import type { Fault, FaultSide } from '../../workflows/rules/passport.ts';
import { askOne, type Database, every, number, type Read, type Row, some, text, textOrNull, write } from './db.ts';
import type { Which } from './which.ts';
import { newId } from './ids.ts';

export type Quality = Omit<LineMinute, 'minuteAt'>;

const MINUTE_MS = 60_000;

/** One row per minute and person. Of several reports in a minute, the worst value of each figure is kept. */
export async function noteMinute(db: Database, consultationId: string, personId: string, q: Quality, now: number): Promise<void> {
  await write(db, [
    {
      sql: `INSERT INTO call_minute (consultation_id, person_id, minute_at, loss, rtt_ms, kbps_in, kbps_out, kind)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT DO UPDATE SET loss = max(loss, excluded.loss), rtt_ms = max(rtt_ms, excluded.rtt_ms),
          kbps_in = min(kbps_in, excluded.kbps_in), kbps_out = min(kbps_out, excluded.kbps_out),
          kind = CASE WHEN 'none' IN (kind, excluded.kind) THEN 'none' WHEN 'audio' IN (kind, excluded.kind) THEN 'audio' ELSE 'video' END`,
      args: [consultationId, personId, now - (now % MINUTE_MS), q.loss, q.rttMs, q.kbpsIn, q.kbpsOut, q.kind],
    },
  ]);
}

export interface FaultNote {
  readonly consultationId: string;
  readonly personId: string | null;
  readonly side: FaultSide;
  readonly kind: string;
  /** At most 200 characters, no clinical content. */
  readonly detail: string | null;
}

/** Records a fault. The same kind from the same person within a minute is recorded once. */
export async function noteFault(db: Database, f: FaultNote, now: number): Promise<void> {
  await write(db, [
    {
      sql: `INSERT INTO call_fault (id, consultation_id, person_id, at, side, kind, detail) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
        WHERE NOT EXISTS (SELECT 1 FROM call_fault WHERE consultation_id = ?2 AND person_id IS ?3 AND kind = ?6 AND at > ?4 - ${MINUTE_MS})`,
      args: [newId(), f.consultationId, f.personId, now, f.side, f.kind, f.detail?.slice(0, 200) ?? null],
    },
  ]);
}

export type Missing =
  | { readonly kind: 'doctorLate'; readonly role: 'doctor' }
  | { readonly kind: 'patientAbsent'; readonly role: 'patient' };

/**
 * Records that a side has not come, once per schedule version. True when it is recorded; false when that side has come, or the visit is
 * over or was moved.
 */
export async function noteMissing(db: Database, consultationId: string, who: Missing, version: number, now: number): Promise<boolean> {
  await write(db, [
    {
      sql: `INSERT OR IGNORE INTO call_fault (id, consultation_id, person_id, at, side, kind, detail)
        SELECT ?1, c.id, NULL, ?3, ?4, ?5, ?6 FROM consultation c JOIN hold cl ON cl.consultation_id = c.id
        WHERE c.id = ?2 AND c.schedule_version = ?7 AND c.starts_at <= ?3 AND cl.firm_at IS NOT NULL AND cl.released_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = c.id)
          AND NOT EXISTS (SELECT 1 FROM attendance a WHERE ?8 = 'patient' AND a.consultation_id = c.id AND a.role = ?8 AND a.schedule_version = c.schedule_version)
          AND NOT EXISTS (SELECT 1 FROM doctor_came d WHERE ?8 = 'doctor' AND d.consultation_id = c.id)`,
      args: [newId(), consultationId, now, who.role === 'doctor' ? 'clinic' : 'patient', who.kind, String(version), version, who.role],
    },
  ]);
  return await askOne(db, {
    sql: 'SELECT 1 FROM call_fault WHERE consultation_id = ?1 AND kind = ?2 AND detail = ?3',
    args: [consultationId, who.kind, String(version)],
    take: some,
  });
}

/** The faults of a visit in order of time, for the passport. */
export const faultsRead = (which: Which): Read<Fault[]> => ({
  sql: `${which.with} SELECT at, side, kind, detail FROM call_fault WHERE consultation_id = ${which.id} ORDER BY at`,
  args: which.args,
  take: every(faultOf),
});

export interface CallMinute extends LineMinute {
  readonly personId: string;
}

export const callMinutesRead = (which: Which): Read<CallMinute[]> => ({
  sql: `${which.with} SELECT * FROM call_minute WHERE consultation_id = ${which.id} ORDER BY minute_at, person_id`,
  args: which.args,
  take: every(row => ({
    personId: text(row, 'person_id'),
    minuteAt: number(row, 'minute_at'),
    loss: number(row, 'loss'),
    rttMs: number(row, 'rtt_ms'),
    kbpsIn: number(row, 'kbps_in'),
    kbpsOut: number(row, 'kbps_out'),
    kind: KINDS.find(kind => kind === row.kind) ?? 'none',
  })),
});

const KINDS = ['video', 'audio', 'none'] as const;
const SIDES = ['patient', 'clinic', 'sfu', 'unknown'] as const;

const faultOf = (row: Row): Fault => ({
  at: number(row, 'at'),
  side: SIDES.find(side => side === row.side) ?? 'unknown',
  kind: text(row, 'kind'),
  detail: textOrNull(row, 'detail'),
});
