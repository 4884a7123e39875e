// Handover: a one-time address that opens a visit on another device of the same person. It is made in a room and used once by the new
// device; the table's trigger decides races. Called by worker/routes/room/room-handover.tsx and worker/routes/public/handover.tsx.
import type { Side } from '../../workflows/rules/admission.ts';
import { type Database, number, one, raised, type Read, type Row, text, type Write, write } from './db.ts';
import { audited } from './audit.ts';
import { newId } from './ids.ts';

/** How long an address works, ms: enough time to take a phone, too little to pass the address on. */
export const HANDOVER_MS = 3 * 60_000;
/** How long the new session lasts, ms: enough for a late visit, and a borrowed phone does not stay signed in. */
const SESSION_MS = 4 * 3_600_000;

export interface NewHandover {
  readonly tokenHash: string;
  readonly consultationId: string;
  readonly personId: string;
  readonly sessionId: string;
}

/** Makes an address; earlier ones of this session for this visit stop working. Returns when it expires, ms. */
export async function giveHandover(db: Database, given: NewHandover, now: number): Promise<number> {
  const { tokenHash, consultationId, personId, sessionId } = given;
  const expiresAt = now + HANDOVER_MS;
  await write(db, [
    {
      // The trigger would refuse to touch those of a visit that has ended meanwhile; nobody can use them anyway.
      sql: `UPDATE handover SET consumed_at = ?3 WHERE session_id = ?1 AND consultation_id = ?2 AND consumed_at IS NULL AND expires_at > ?3
        AND NOT EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = ?2) AND NOT EXISTS (SELECT 1 FROM cancellation x WHERE x.consultation_id = ?2)`,
      args: [sessionId, consultationId, now],
    },
    {
      sql: `INSERT INTO handover (token_hash, consultation_id, person_id, session_id, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
      args: [tokenHash, consultationId, personId, sessionId, now, expiresAt],
    },
    audited({ now, personId, sessionId, act: 'session.handoverGiven', kind: 'consultation', id: consultationId }),
  ]);
  return expiresAt;
}

/** A valid address: whom it signs in, and to which visit. */
export interface Handover {
  readonly personId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly consultationId: string;
  readonly doctorId: string;
  readonly role: Side;
  readonly startsAt: number;
  /** When the session that it starts would end, ms. */
  readonly sessionUntil: number;
}

/** Null when the address is unknown, used or expired, or its session or the visit has ended. */
export const handoverRead = (tokenHash: string, now: number): Read<Handover | null> => ({
  sql: `SELECT p.id, p.given_name, p.family_name, c.id AS consultation_id, c.doctor_id, c.starts_at, c.patient_id, s.expires_at AS session_expires_at
    FROM handover h JOIN person p ON p.id = h.person_id JOIN consultation c ON c.id = h.consultation_id JOIN session s ON s.id = h.session_id
    WHERE h.token_hash = ?1 AND h.consumed_at IS NULL AND h.expires_at > ?2 AND s.ended_at IS NULL AND s.expires_at > ?2 AND s.idle_until > ?2
      AND NOT EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = c.id)
      AND NOT EXISTS (SELECT 1 FROM cancellation x WHERE x.consultation_id = c.id)`,
  args: [tokenHash, now],
  take: one(row => handoverOf(row, now)),
});

const handoverOf = (row: Row, now: number): Handover => ({
  personId: text(row, 'id'),
  givenName: text(row, 'given_name'),
  familyName: text(row, 'family_name'),
  consultationId: text(row, 'consultation_id'),
  doctorId: text(row, 'doctor_id'),
  role: text(row, 'patient_id') === text(row, 'id') ? 'patient' : 'doctor',
  startsAt: number(row, 'starts_at'),
  sessionUntil: Math.min(now + SESSION_MS, number(row, 'session_expires_at')),
});

/**
 * Uses the address and starts a session for the new device, limited to the visit, with the same sign-in method as the first one. False when it was already used
 * or has expired.
 */
export async function takeHandover(db: Database, handover: Handover, tokenHash: string, session: string, now: number): Promise<boolean> {
  const id = newId();
  const { personId, consultationId, sessionUntil } = handover;
  try {
    await write(db, [
      spends(tokenHash, now),
      {
        sql: `INSERT INTO session (id, token_hash, person_id, way, created_at, seen_at, idle_until, expires_at, visit_id)
          SELECT ?1, ?2, h.person_id, s.way, ?3, ?3, ?4, ?4, h.consultation_id FROM handover h JOIN session s ON s.id = h.session_id WHERE h.token_hash = ?5`,
        args: [id, session, now, sessionUntil, tokenHash],
      },
      audited({ now, personId, sessionId: id, act: 'session.handover', kind: 'consultation', id: consultationId }),
    ]);
    return true;
  } catch (error) {
    if (raised(error, ['handoverSpent']) === null) throw error;
    return false;
  }
}

/** For a device where this person is already signed in: only marks the address as used. */
export async function spendHandover(
  db: Database,
  { personId, consultationId }: Handover,
  tokenHash: string,
  sessionId: string,
  now: number,
): Promise<void> {
  try {
    await write(db, [
      spends(tokenHash, now),
      audited({ now, personId, sessionId, act: 'session.handover', kind: 'consultation', id: consultationId }),
    ]);
  } catch (error) {
    // The address was already used. The person still enters with their own session.
    if (raised(error, ['handoverSpent']) === null) throw error;
  }
}

const spends = (tokenHash: string, now: number): Write => ({
  sql: 'UPDATE handover SET consumed_at = ?2 WHERE token_hash = ?1',
  args: [tokenHash, now],
});
