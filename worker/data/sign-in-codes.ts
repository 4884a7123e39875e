// Six-digit codes sent by e-mail: valid for ten minutes, five tries, used once. A code belongs to the browser that asked for it, which keeps the
// row's id in a sealed cookie, so nobody else can use it up or replace it. One statement checks and counts a try. Called by
// worker/auth/sign-in-code.ts.
import { askOne, type Database, number, numberOrNull, one, type Read, type Row, write } from './db.ts';

export const CODE_LIFE_MS = 10 * 60_000;
const TRIES = 5;

export interface NewCode {
  readonly id: string;
  readonly email: string;
  readonly codeHash: string;
}

/** Stores a new code of a browser for an address. It is valid at once, beside the one before, which ends when the letter with this one was sent. */
export async function issueCode(db: Database, { id, email, codeHash }: NewCode, now: number): Promise<void> {
  await write(db, [
    {
      sql: 'INSERT INTO sign_in_code (id, email, code_hash, created_at, expires_at, tries_left) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
      args: [id, email, codeHash, now, now + CODE_LIFE_MS, TRIES],
    },
  ]);
}

/** The mail provider has taken the letter: the code that the same browser got before ends. Codes of other browsers stay valid. */
export async function codeSent(db: Database, id: string, replaces: string | null, now: number): Promise<void> {
  await write(db, [
    { sql: 'UPDATE sign_in_code SET sent_at = ?2 WHERE id = ?1', args: [id, now] },
    { sql: 'UPDATE sign_in_code SET expires_at = ?2 WHERE id = ?1 AND consumed_at IS NULL AND expires_at > ?2', args: [replaces, now] },
  ]);
}

/** The letter could not be sent. The code ends, and an earlier one stays valid. */
export async function codeFailed(db: Database, id: string, now: number): Promise<void> {
  await write(db, [{ sql: 'UPDATE sign_in_code SET failed_at = ?2, expires_at = min(expires_at, ?2) WHERE id = ?1', args: [id, now] }]);
}

export type CodeLetter = 'sent' | 'sending' | 'failed';

/** What became of the letter with a code. An unknown id reads as `sending`. */
export const codeLetterRead = (id: string): Read<CodeLetter> => ({
  sql: 'SELECT sent_at, failed_at FROM sign_in_code WHERE id = ?1',
  args: [id],
  take: rows => one(letterOf)(rows) ?? 'sending',
});

const letterOf = (row: Row): CodeLetter => (row['sent_at'] !== null ? 'sent' : row['failed_at'] !== null ? 'failed' : 'sending');

export type Try = { readonly kind: 'right' } | { readonly kind: 'wrong'; readonly triesLeft: number } | { readonly kind: 'over' };

/** One try: uses up the code when it is right, takes one try away when it is wrong; 'over' when there is no valid code. */
export async function tryCode(db: Database, id: string, codeHash: string, now: number): Promise<Try> {
  const tried = await askOne(db, {
    sql: `UPDATE sign_in_code SET
        consumed_at = CASE WHEN code_hash = ?2 THEN ?3 END,
        tries_left = tries_left - CASE WHEN code_hash = ?2 THEN 0 ELSE 1 END
      WHERE id = ?1 AND consumed_at IS NULL AND expires_at > ?3 AND tries_left > 0
      RETURNING consumed_at, tries_left`,
    args: [id, codeHash, now],
    take: one(tryOf),
  });
  return tried ?? { kind: 'over' };
}

const tryOf = (row: Row): Try =>
  numberOrNull(row, 'consumed_at') !== null ? { kind: 'right' } : { kind: 'wrong', triesLeft: number(row, 'tries_left') };
