// Paid visits that nobody has ended: whether a claim is opened for the patient by rule. Each is looked at once. Called by worker/claims/open.ts.
import { LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import { UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { askOne, type Database, every, text, write } from './db.ts';

/** So long after its end a visit is not ended by its doctor any more, as a rule: the talon has left the patient's list. */
const OVER_MS = UPCOMING_TAIL_MS + LONGEST_VISIT_MS;

/** At most 20 visits that were not looked at yet, the oldest first, with their money still with the clinic. */
export const unopenedVisits = (db: Database, now: number): Promise<string[]> =>
  askOne(db, {
    sql: `SELECT h.consultation_id FROM hold h WHERE h.released_at IS NULL AND h.firm_at IS NOT NULL AND h.concluded_at IS NULL AND h.start_at < ?1
      AND NOT EXISTS (SELECT 1 FROM claim_opening g WHERE g.consultation_id = h.consultation_id)
      AND NOT EXISTS (SELECT 1 FROM refund_claim m WHERE m.consultation_id = h.consultation_id) ORDER BY h.start_at LIMIT 20`,
    args: [now - OVER_MS],
    take: every(row => text(row, 'consultation_id')),
  });

/** Records what the rule said of a visit, so that it is not looked at again. */
export async function keepOpening(db: Database, consultationId: string, opinion: string, now: number): Promise<void> {
  await write(db, [
    { sql: 'INSERT OR IGNORE INTO claim_opening (consultation_id, at, opinion) VALUES (?1, ?2, ?3)', args: [consultationId, now, opinion] },
  ]);
}
