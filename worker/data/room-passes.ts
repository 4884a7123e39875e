// RoomPass: a short-lived permit to enter one room, opaque, kept by its hash. One is live for each side; a newer one takes its place.
import type { Side } from '../../workflows/rules/admission.ts';
import { number, numberOrNull, one, type Read, type Row, text, write } from './ask.ts';

/** How long a pass lives; the page renews it while it is used. */
export const PASS_MS = 10 * 60_000;

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

/** Gives a new device its pass; the one before it, of another device of the same side, is worth nothing from now on. */
export async function givePass(db: D1Database, hash: string, holder: PassHolder, now: number): Promise<number> {
  const expiresAt = now + PASS_MS;
  await write(db, [
    {
      sql: 'UPDATE room_pass SET replaced_at = ?3 WHERE consultation_id = ?1 AND role = ?2 AND replaced_at IS NULL',
      args: [holder.consultationId, holder.role, now],
    },
    {
      sql: 'INSERT INTO room_pass (hash, consultation_id, person_id, role, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
      args: [hash, holder.consultationId, holder.personId, holder.role, now, expiresAt],
    },
  ]);
  return expiresAt;
}

export type Renewed =
  | { readonly kind: 'renewed'; readonly expiresAt: number }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'unknown' };

/** Prolongs the pass that this very person holds, also one that a sleeping laptop let expire, unless another device took its place. */
export async function renewPass(db: D1Database, hash: string, holder: PassHolder, now: number): Promise<Renewed> {
  const expiresAt = now + PASS_MS;
  const [changed] = await write(db, [
    {
      sql: `UPDATE room_pass SET expires_at = ?5 WHERE hash = ?1 AND consultation_id = ?2 AND person_id = ?3 AND role = ?4 AND replaced_at IS NULL`,
      args: [hash, holder.consultationId, holder.personId, holder.role, expiresAt],
    },
  ]);
  if (changed === 1) return { kind: 'renewed', expiresAt };
  const row = await db
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM reschedule m WHERE m.consultation_id = p.consultation_id AND m.at = p.replaced_at) AS moved
      FROM room_pass p WHERE p.hash = ?1 AND p.consultation_id = ?2 AND p.person_id = ?3`,
    )
    .bind(hash, holder.consultationId, holder.personId)
    .first<{ moved: number }>();
  // A pass of the time before a move was taken by nobody's other device: its holder may simply ask for a new one.
  return row?.moved === 0 ? { kind: 'replaced' } : { kind: 'unknown' };
}

export const passRead = (hash: string): Read<RoomPass | null> => ({
  sql: 'SELECT * FROM room_pass WHERE hash = ?1',
  args: [hash],
  take: one(passOf),
});

const passOf = (row: Row): RoomPass => ({
  hash: text(row, 'hash'),
  consultationId: text(row, 'consultation_id'),
  personId: text(row, 'person_id'),
  role: text(row, 'role') === 'doctor' ? 'doctor' : 'patient',
  expiresAt: number(row, 'expires_at'),
  replacedAt: numberOrNull(row, 'replaced_at'),
});
