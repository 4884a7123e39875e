// The journal of who did or read what; it only grows. Ids and acts, never clinical text or names.
import type { Write } from './ask.ts';
import { newId } from './ids.ts';

export interface Act {
  readonly now: number;
  readonly personId: string | null;
  readonly sessionId: string | null;
  readonly act: string;
  readonly kind: string;
  readonly id: string | null;
  readonly detail?: string;
}

export const audited = (act: Act): Write => ({
  sql: 'INSERT INTO audit (id, at, person_id, session_id, act, subject_kind, subject_id, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)',
  args: [newId(), act.now, act.personId, act.sessionId, act.act, act.kind, act.id, act.detail ?? null],
});
