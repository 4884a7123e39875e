// Sessions. Only the hash of a token is stored. A session ends after 12 hours without use or 30 days after sign-in; a person may end one or
// all of their sessions. Called by the sign-in routes and worker/http/page.tsx.
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { type Database, type Read, some, type Write, write } from './db.ts';
import { audited } from './audit.ts';
import { newId } from './ids.ts';

const HOUR = 3_600_000;
export const IDLE_MS = 12 * HOUR;
export const ABSOLUTE_MS = 30 * 24 * HOUR;

export interface NewSession {
  readonly tokenHash: string;
  readonly personId: string;
  readonly way: 'gosuslugi' | 'code';
  readonly now: number;
}

export function sessionStarts(session: NewSession): Write[] {
  const id = newId();
  return [
    {
      sql: `INSERT INTO session (id, token_hash, person_id, way, created_at, seen_at, idle_until, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)`,
      args: [id, session.tokenHash, session.personId, session.way, session.now, session.now + IDLE_MS, session.now + ABSOLUTE_MS],
    },
    audited({ now: session.now, personId: session.personId, sessionId: id, act: `signIn.${session.way}`, kind: 'session', id }),
  ];
}

/** Extends the idle time; called at most every few minutes, after the page was sent. */
export async function touchSession(db: Database, asker: Asker): Promise<void> {
  await write(db, [
    {
      sql: 'UPDATE session SET seen_at = ?2, idle_until = ?3 WHERE token_hash = ?1 AND ended_at IS NULL AND seen_at < ?2',
      args: [...asArgs(asker), asker.now + IDLE_MS],
    },
  ]);
}

/** Whether a session is live, for passes that were given to it. */
export const isLiveRead = (sessionId: string, now: number): Read<boolean> => ({
  sql: 'SELECT 1 FROM session WHERE id = ?1 AND ended_at IS NULL AND expires_at > ?2 AND idle_until > ?2',
  args: [sessionId, now],
  take: some,
});

/** Ends this session, or all sessions of the person. One that was handed over for a visit ends itself only. */
export async function endSessions(db: Database, asker: Asker, everywhere: boolean): Promise<void> {
  const sql = everywhere
    ? `${AS_ASKER} UPDATE session SET ended_at = ?2 WHERE ended_at IS NULL
      AND (token_hash = ?1 OR (person_id = ${ME} AND (SELECT only_visit FROM asking) IS NULL))`
    : 'UPDATE session SET ended_at = ?2 WHERE ended_at IS NULL AND token_hash = ?1';
  await write(db, [{ sql, args: asArgs(asker) }]);
}
