// Reserves an interval: one guarded batch writes the consultation, the hold and the message that starts the workflow. Called by
// worker/routes/patient/consultations.tsx; reschedules.ts uses lapseOverdue.
import type { CancellationPolicy } from '../../workflows/rules/cancellation.ts';
import { type Interval, LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import type { TriggerLimit } from '../../workflows/rules/limits.ts';
import { GRACE_MS } from '../../workflows/rules/status.ts';
import { askOne, type Database, isClash, one, raised, text, type Write, write } from './db.ts';
import { audited } from './audit.ts';
import { newId } from './ids.ts';
import { tells } from './outbox.ts';

export interface Reservation extends Interval {
  readonly doctorId: string;
  readonly patientId: string;
  readonly sessionId: string;
  readonly priceMinor: number;
  /** The cancellation policy that the page showed. */
  readonly policy: CancellationPolicy;
  readonly email: string;
  readonly lang: 'ru' | 'en';
  readonly zone: string | null;
  /** Identifies the confirmation page; the same key twice is the same consultation. */
  readonly requestKey: string;
  readonly holdMinutes: number;
}

const HOLD_LIMITS = ['unpaidHoldsOfDay', 'unpaidHoldsOfInterval', 'cancellationsOfWeek'] as const satisfies readonly TriggerLimit[];
export type HoldLimit = (typeof HOLD_LIMITS)[number];

export type Reserved =
  | { readonly kind: 'reserved'; readonly consultationId: string }
  | { readonly kind: 'already'; readonly consultationId: string }
  | { readonly kind: 'slotTaken' }
  | { readonly kind: 'limit'; readonly limit: HoldLimit }
  | { readonly kind: 'patientHolds'; readonly consultationId: string }
  | { readonly kind: 'patientBusy'; readonly consultationId: string };

/** Reserves the interval, or returns what prevents it. The hold's trigger decides a race. */
export async function reserveSlot(db: Database, r: Reservation, now: number): Promise<Reserved> {
  const id = newId();
  const expiresAt = now + r.holdMinutes * 60_000;
  const input = { consultationId: id, doctorId: r.doctorId, startsAt: r.startsAt, endsAt: r.endsAt, expiresAt, scheduleVersion: 1 };
  try {
    await write(db, [
      ...lapseOverdue(r.doctorId, r.patientId, now),
      {
        sql: `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, zone, created_at, request_key,
            agreed_free_hours, agreed_kept_percent)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'RUB', ?7, ?8, ?9, ?10, ?11, ?12, ?13)`,
        args: [
          id,
          r.patientId,
          r.doctorId,
          r.startsAt,
          r.endsAt,
          r.priceMinor,
          r.email,
          r.lang,
          r.zone,
          now,
          r.requestKey,
          r.policy.freeHours,
          r.policy.keptPercent,
        ],
      },
      {
        sql: 'INSERT INTO hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
        args: [id, r.doctorId, r.patientId, r.startsAt, r.endsAt, expiresAt],
      },
      tells(id, `start:${id}`, { kind: 'start', input }, now),
      audited({ now, personId: r.patientId, sessionId: r.sessionId, act: 'consultation.reserve', kind: 'consultation', id }),
    ]);
    return { kind: 'reserved', consultationId: id };
  } catch (error) {
    if (isClash(error)) return { kind: 'already', consultationId: await sameRequest(db, r) };
    const limit = raised(error, HOLD_LIMITS);
    if (limit !== null) return { kind: 'limit', limit };
    const name = raised(error, ['slotTaken', 'patientHolds', 'patientBusy']);
    if (name === null) throw error;
    return name === 'slotTaken' ? { kind: name } : await inTheWay(db, r, name);
  }
}

/**
 * A hold past its grace period is over even if its workflow has not recorded it. The next booking that needs the interval records the
 * lapse.
 */
export const lapseOverdue = (doctorId: string, patientId: string, now: number): Write[] => {
  // Unpaid holds are few and have an index of their own for each of the two.
  const unpaid = (of: string) =>
    `SELECT consultation_id FROM hold WHERE ${of} AND released_at IS NULL AND firm_at IS NULL AND expires_at + ${GRACE_MS} <= ?1`;
  const overdue = `consultation_id IN (${unpaid('doctor_id = ?2')} UNION ALL ${unpaid('patient_id = ?3')})`;
  return [
    {
      sql: `INSERT OR IGNORE INTO lapse (consultation_id, at) SELECT consultation_id, ?1 FROM hold WHERE ${overdue}`,
      args: [now, doctorId, patientId],
    },
    { sql: `UPDATE hold SET released_at = ?1 WHERE ${overdue}`, args: [now, doctorId, patientId] },
  ];
};

/** SQL for a hold that touches the interval from ?2 to ?3. */
export const TOUCHES_HOLD = `start_at > ?2 - ${LONGEST_VISIT_MS} AND start_at < ?3 AND end_at > ?2`;

async function sameRequest(db: Database, r: Reservation): Promise<string> {
  const id = await askOne(db, {
    sql: 'SELECT id FROM consultation WHERE patient_id = ?1 AND request_key = ?2',
    args: [r.patientId, r.requestKey],
    take: one(row => text(row, 'id')),
  });
  if (id === null) throw new Error('A request key clashed and its consultation is gone.');
  return id;
}

async function inTheWay(db: Database, r: Reservation, kind: 'patientHolds' | 'patientBusy'): Promise<Reserved> {
  const which = kind === 'patientHolds' ? 'firm_at IS NULL' : TOUCHES_HOLD;
  const consultationId = await askOne(db, {
    sql: `SELECT consultation_id FROM hold WHERE patient_id = ?1 AND released_at IS NULL AND ${which} AND ?2 < ?3 LIMIT 1`,
    args: [r.patientId, r.startsAt, r.endsAt],
    take: one(row => text(row, 'consultation_id')),
  });
  // The conflicting hold has disappeared: «taken» offers to try again.
  return consultationId === null ? { kind: 'slotTaken' } : { kind, consultationId };
}
