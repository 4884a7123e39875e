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
