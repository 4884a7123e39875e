// Six-digit sign-in codes sent by e-mail: valid for ten minutes, five tries, used once. One statement checks and counts a try. Called by
// worker/auth/sign-in-code.ts and worker/routes/public/sign-in.tsx.
import { askOne, type Database, number, one, type Read, type Row, write } from './db.ts';
import { newId } from './ids.ts';

export const CODE_LIFE_MS = 10 * 60_000;
const TRIES = 5;

/** Stores a new code for an address and returns its id. It is valid at once, beside an earlier one, which ends when this one was sent. */
export async function issueCode(db: Database, email: string, codeHash: string, now: number): Promise<string> {
  const id = newId();
  await write(db, [
    {
      sql: 'INSERT INTO sign_in_code (id, email, code_hash, created_at, expires_at, tries_left) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
      args: [id, email, codeHash, now, now + CODE_LIFE_MS, TRIES],
    },
  ]);
  return id;
}

/** The mail provider has taken the letter: earlier codes of the address end. */
export async function codeSent(db: Database, id: string, email: string, now: number): Promise<void> {
  await write(db, [
    { sql: 'UPDATE sign_in_code SET sent_at = ?2 WHERE id = ?1', args: [id, now] },
    {
      sql: 'UPDATE sign_in_code SET expires_at = ?3 WHERE email = ?2 AND id < ?1 AND consumed_at IS NULL AND expires_at > ?3',
      args: [id, email, now],
    },
  ]);
}

/** The letter could not be sent. The code ends, and an earlier one stays valid. */
export async function codeFailed(db: Database, id: string, now: number): Promise<void> {
  await write(db, [{ sql: 'UPDATE sign_in_code SET failed_at = ?2, expires_at = min(expires_at, ?2) WHERE id = ?1', args: [id, now] }]);
}

export type CodeLetter = 'sent' | 'sending' | 'failed';

/** What became of the letter with the latest code of an address. An address without a code reads as `sending`. */
export const codeLetterRead = (email: string): Read<CodeLetter> => ({
  sql: 'SELECT sent_at, failed_at FROM sign_in_code WHERE email = ?1 ORDER BY created_at DESC, id DESC LIMIT 1',
  args: [email],
  take: rows => one(letterOf)(rows) ?? 'sending',
});

const letterOf = (row: Row): CodeLetter => (row.sent_at !== null ? 'sent' : row.failed_at !== null ? 'failed' : 'sending');

export type Try = { readonly kind: 'right' } | { readonly kind: 'wrong'; readonly triesLeft: number } | { readonly kind: 'over' };

/**
 * One try: uses up the address's codes when one of them is right, takes one try away from each when none is; `over` when there is no valid
 * code. Two are valid only while the letter with the second is being sent.
 */
export async function tryCode(db: Database, email: string, codeHash: string, now: number): Promise<Try> {
  return await askOne(db, {
    sql: `WITH live AS MATERIALIZED (SELECT id, code_hash FROM sign_in_code
        WHERE email = ?1 AND consumed_at IS NULL AND expires_at > ?3 AND tries_left > 0),
      hit AS MATERIALIZED (SELECT EXISTS (SELECT 1 FROM live WHERE code_hash = ?2) AS is_hit)
      UPDATE sign_in_code SET consumed_at = CASE WHEN (SELECT is_hit FROM hit) THEN ?3 END,
        tries_left = tries_left - CASE WHEN (SELECT is_hit FROM hit) THEN 0 ELSE 1 END
      WHERE id IN (SELECT id FROM live) RETURNING consumed_at, tries_left`,
    args: [email, codeHash, now],
    take: triedOf,
  });
}

function triedOf(rows: Row[]): Try {
  if (rows.length === 0) return { kind: 'over' };
  if (rows.some(row => row.consumed_at !== null)) return { kind: 'right' };
  return { kind: 'wrong', triesLeft: Math.max(...rows.map(row => number(row, 'tries_left'))) };
}
