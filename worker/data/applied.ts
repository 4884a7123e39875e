// Requests that the edge has already handled: idempotency keys with their stored answers, and nonces of signed messages. The cron deletes
// old rows.
import { askOne, type Database, one, text, write } from './db.ts';

export async function answerOf(db: Database, key: string): Promise<string | null> {
  return await askOne(db, { sql: 'SELECT result FROM applied WHERE key = ?1', args: [key], take: one(row => text(row, 'result')) });
}

export async function keepAnswer(db: Database, key: string, result: string, now: number): Promise<void> {
  await write(db, [{ sql: 'INSERT OR IGNORE INTO applied (key, result, at) VALUES (?1, ?2, ?3)', args: [key, result, now] }]);
}

/** True when the nonce is new. It is stored until the instant `until`, ms. */
export async function isNewNonce(db: Database, nonce: string, until: number): Promise<boolean> {
  const [changed] = await write(db, [{ sql: 'INSERT OR IGNORE INTO nonce (value, until) VALUES (?1, ?2)', args: [nonce, until] }]);
  return changed === 1;
}

const MONTH_MS = 30 * 86_400_000;

export async function forgetOld(db: Database, now: number): Promise<void> {
  await write(db, [
    { sql: 'DELETE FROM nonce WHERE until < ?1', args: [now] },
    { sql: 'DELETE FROM applied WHERE at < ?1', args: [now - MONTH_MS] },
    { sql: 'DELETE FROM throttle WHERE window_at < ?1', args: [now - 86_400_000] },
    { sql: 'DELETE FROM room_pass WHERE expires_at < ?1', args: [now - 86_400_000] },
    { sql: 'DELETE FROM handover WHERE expires_at < ?1', args: [now - 86_400_000] },
    { sql: 'DELETE FROM sign_in_code WHERE created_at < ?1', args: [now - MONTH_MS] },
  ]);
}
