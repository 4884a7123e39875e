// RoomPass: a short-lived random token to enter one room, stored as its hash. Each side has one live pass; a new one replaces it. It ends
// with the session that received it. Called by worker/rooms/ and worker/routes/room/room.ts.
import type { Side } from '../../workflows/rules/admission.ts';
import { askOne, type Database, every, number, numberOrNull, one, type Read, type Row, text, write } from './db.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';

/** How long a pass is valid, ms; the page renews it while it is used. */
const PASS_MS = 10 * 60_000;

export interface PassHolder {
  readonly consultationId: string;
  readonly personId: string;
  readonly role: Side;
}

export interface RoomPass extends PassHolder {
  readonly hash: string;
  readonly expiresAt: number;
  readonly replacedAt: number | null;
}

/** Gives a pass to a new device. The pass of this side's previous device becomes invalid. Returns when the new one expires, ms. */
export async function givePass(db: Database, hash: string, holder: PassHolder, sessionId: string, now: number): Promise<number> {
  const expiresAt = now + PASS_MS;
  await write(db, [
    {
      sql: 'UPDATE room_pass SET replaced_at = ?3 WHERE consultation_id = ?1 AND role = ?2 AND replaced_at IS NULL',
      args: [holder.consultationId, holder.role, now],
    },
    {
      sql: 'INSERT INTO room_pass (hash, consultation_id, person_id, role, created_at, expires_at, session_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)',
      args: [hash, holder.consultationId, holder.personId, holder.role, now, expiresAt, sessionId],
    },
  ]);
  return expiresAt;
}

export type Renewed =
  | { readonly kind: 'renewed'; readonly expiresAt: number }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'unknown' };

/**
 * Extends a pass of this person, also when it expired while a laptop slept or was given in another session, unless another device has
 * replaced it.
 */
export async function renewPass(db: Database, hash: string, holder: PassHolder, sessionId: string, now: number): Promise<Renewed> {
  const expiresAt = now + PASS_MS;
  const [changed] = await write(db, [
    {
      sql: `UPDATE room_pass SET expires_at = ?5, session_id = ?6
        WHERE hash = ?1 AND consultation_id = ?2 AND person_id = ?3 AND role = ?4 AND replaced_at IS NULL`,
      args: [hash, holder.consultationId, holder.personId, holder.role, expiresAt, sessionId],
    },
  ]);
  if (changed === 1) return { kind: 'renewed', expiresAt };
  const isMoved = await askOne(db, {
    sql: `SELECT EXISTS (SELECT 1 FROM reschedule m WHERE m.consultation_id = p.consultation_id AND m.at = p.replaced_at) AS moved
      FROM room_pass p WHERE p.hash = ?1 AND p.consultation_id = ?2 AND p.person_id = ?3`,
    args: [hash, holder.consultationId, holder.personId],
    take: one(row => number(row, 'moved') === 1),
  });
  // A pass from before a move was not replaced by another device, so its holder may ask for a new one.
  return isMoved === false ? { kind: 'replaced' } : { kind: 'unknown' };
}

// A pass lives with its session, and a doctor's pass with the role. ?2 is now.
const LIVE_PASS = `SELECT p.* FROM room_pass p JOIN session s ON s.id = p.session_id
  WHERE s.ended_at IS NULL AND s.expires_at > ?2 AND s.idle_until > ?2
    AND (p.role = 'patient' OR EXISTS (SELECT 1 FROM acting_doctor d WHERE d.person_id = p.person_id))`;

/** Null when the pass is unknown, its session was ended, stood idle too long or is too old, or its doctor no longer has the role. */
export const passRead = (hash: string, now: number): Read<RoomPass | null> => ({
  sql: `${LIVE_PASS} AND p.hash = ?1`,
  args: [hash, now],
  take: one(passOf),
});

/** Of these hashes, those of live passes, also of passes that another device has replaced. */
export const livePassesRead = (hashes: readonly string[], now: number): Read<string[]> => ({
  sql: `${LIVE_PASS} AND p.hash IN (SELECT value FROM json_each(?1))`,
  args: [JSON.stringify(hashes), now],
  take: every(row => text(row, 'hash')),
});

/** The live passes of the asker's session, or of all the person's sessions. */
export const heldPassesRead = (asker: Asker, everywhere: boolean): Read<RoomPass[]> => ({
  sql: `${AS_ASKER} SELECT p.* FROM room_pass p JOIN session s ON s.id = p.session_id
    WHERE ${everywhere ? `(s.token_hash = ?1 OR (s.person_id = ${ME} AND (SELECT only_visit FROM asking) IS NULL))` : 's.token_hash = ?1'} AND s.ended_at IS NULL AND p.replaced_at IS NULL AND p.expires_at > ?2`,
  args: asArgs(asker),
  take: every(passOf),
});

const passOf = (row: Row): RoomPass => ({
  hash: text(row, 'hash'),
  consultationId: text(row, 'consultation_id'),
  personId: text(row, 'person_id'),
  role: text(row, 'role') === 'doctor' ? 'doctor' : 'patient',
  expiresAt: number(row, 'expires_at'),
  replacedAt: numberOrNull(row, 'replaced_at'),
});
