// The audit journal: who did or read what. Rows are only added. It contains ids and acts, never clinical text or names.
import type { Write } from './db.ts';
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

/** `onlyIf` is a condition on earlier writes of the same batch, with the instant as ?2 and the subject's id as ?7. */
export const audited = (act: Act, onlyIf = 'TRUE'): Write => ({
  sql: `INSERT INTO audit (id, at, person_id, session_id, act, subject_kind, subject_id, detail) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE ${onlyIf}`,
  args: [newId(), act.now, act.personId, act.sessionId, act.act, act.kind, act.id, act.detail ?? null],
});

/** A row for what may be told again and again: one for each act, subject and detail. */
export const auditedOnce = (act: Act): Write =>
  audited(act, 'NOT EXISTS (SELECT 1 FROM audit WHERE act = ?5 AND subject_kind = ?6 AND subject_id = ?7 AND detail = ?8)');

/**
 * A row for what the statement directly before it in the same batch has done, and no row when that statement changed nothing. SQLite's
 * `changes()` counts the rows of the latest INSERT, UPDATE or DELETE, without those of triggers.
 */
export const auditedIfChanged = (act: Act): Write => audited(act, 'changes() > 0');
