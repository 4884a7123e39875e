// Who asks. A session is named by the hash of its token, and every read of a person's records resolves it inside the same statement, so
// that a page costs one round trip and an ended session sees nothing. The system itself names the record instead.

export interface Asker {
  /** SHA-256 of the session's token, hex; the empty string for somebody who is not signed in. */
  readonly tokenHash: string;
  readonly now: number;
}

export const asArgs = (asker: Asker): [string, number] => [asker.tokenHash, asker.now];

/** SQL for the asking person's id. Takes ?1 (token hash) and ?2 (now). */
export const ME =
  '(SELECT s.person_id FROM session s WHERE s.token_hash = ?1 AND s.ended_at IS NULL AND s.expires_at > ?2 AND s.idle_until > ?2)';
