// Which files may leave R2: removed from a card long enough ago, or without a row. Called by worker/files/sweep.ts.
import { REMOVED_KEPT_MS } from '../../workflows/rules/card-files.ts';
import { claimIn, protocolHashIn } from './file-keys.ts';
import { askOne, type Database, every, one, text, textOrNull, write } from './db.ts';

/** Marks removed files whose term has passed, and returns their keys; from then on they cannot return to the card. */
export const purgesRemoved = (db: Database, limit: number, now: number): Promise<string[]> =>
  askOne(db, {
    sql: `UPDATE card_file SET purged_at = ?1 WHERE id IN (
      SELECT id FROM card_file WHERE removed_at IS NOT NULL AND purged_at IS NULL AND removed_at <= ?2 ORDER BY removed_at LIMIT ?3) RETURNING key`,
    args: [now, now - REMOVED_KEPT_MS, limit],
    take: every(row => text(row, 'key')),
  });

/** A file that finance has put away as not needed, such as a passport, is gone a day later. */
const PUT_AWAY_KEPT_MS = 86_400_000;

/** Marks such files and returns their keys. */
export const purgesPutAway = (db: Database, limit: number, now: number): Promise<string[]> =>
  askOne(db, {
    sql: `UPDATE claim_file SET purged_at = ?1 WHERE id IN (
      SELECT id FROM claim_file WHERE removed_at IS NOT NULL AND purged_at IS NULL AND removed_at <= ?2 ORDER BY removed_at LIMIT ?3) RETURNING key`,
    args: [now, now - PUT_AWAY_KEPT_MS, limit],
    take: every(row => text(row, 'key')),
  });

// D1 takes five terms in one compound SELECT (measured), so there are two.
const OF_VISITS = `SELECT key FROM card_file WHERE purged_at IS NULL AND key IN (SELECT value FROM json_each(?1))
  UNION ALL SELECT key FROM room_file WHERE key IN (SELECT value FROM json_each(?1))
  UNION ALL SELECT hash AS key FROM rendition WHERE hash IN (SELECT value FROM json_each(?2))`;
const OF_CLAIMS = `SELECT key FROM claim_file WHERE purged_at IS NULL AND key IN (SELECT value FROM json_each(?1))
  UNION ALL SELECT key FROM claim_form WHERE claim_id IN (SELECT value FROM json_each(?3)) AND key IN (SELECT value FROM json_each(?1))
  UNION ALL SELECT key FROM letter_in WHERE key IN (SELECT value FROM json_each(?1))`;

/** Of these keys, the ones that no row names: neither a file of a card, a room or a claim, nor the PDF of a protocol or an application, nor a letter. */
export async function keysWithoutRow(db: Database, keys: readonly string[]): Promise<string[]> {
  const hashes = keys.flatMap(key => protocolHashIn(key) ?? []);
  const claims = [...new Set(keys.flatMap(key => claimIn(key) ?? []))];
  const named = await askOne(db, {
    sql: `SELECT key FROM (${OF_VISITS}) UNION ALL SELECT key FROM (${OF_CLAIMS})`,
    args: [JSON.stringify(keys), JSON.stringify(hashes), JSON.stringify(claims)],
    take: every(row => text(row, 'key')),
  });
  const known = new Set(named);
  return keys.filter(key => !known.has(key) && !known.has(protocolHashIn(key) ?? key));
}

/** Where the last look at R2 ended; null for the beginning. */
export const sweepCursor = (db: Database): Promise<string | null> =>
  askOne(db, { sql: 'SELECT cursor FROM file_sweep WHERE id = 1', args: [], take: one(row => textOrNull(row, 'cursor')) });

export async function keepSweepCursor(db: Database, cursor: string | null, now: number): Promise<void> {
  await write(db, [
    {
      sql: 'INSERT INTO file_sweep (id, cursor, at) VALUES (1, ?1, ?2) ON CONFLICT (id) DO UPDATE SET cursor = ?1, at = ?2',
      args: [cursor, now],
    },
  ]);
}
