// A patient cancels: the fact, the freed interval, the end of waiting in the room, the sum that goes back and the word to Temporal, in one
// guarded batch.
import { askOne, type Database, one, text, type Write, write } from './db.ts';
import { emptiesRoom } from './attendance.ts';
import { audited } from './audit.ts';
import { signals } from './outbox.ts';
import { askBack } from './payments.ts';
import { MET_AT } from './consultations.ts';

export interface Cancelling {
  readonly consultationId: string;
  readonly personId: string;
  readonly sessionId: string;
  /** What comes back, minor units; 0 for a hold that nobody paid. */
  readonly returnMinor: number;
  /** Whether the patient was shown a paid consultation: money that came since changes what comes back. */
  readonly paid: boolean;
}

/**
 * Records it once. False when nothing was cancelled: it is over already, the two have met, or money came after the page was drawn, so that the
 * sum on it is no longer true. The refund belongs to the first payment that succeeded.
 */
export async function cancelByPatient(db: Database, c: Cancelling, now: number): Promise<boolean> {
  const paymentId = await askOne(db, {
    sql: 'SELECT id FROM payment WHERE consultation_id = ?1 AND succeeded_at IS NOT NULL ORDER BY succeeded_at LIMIT 1',
    args: [c.consultationId],
    take: one(row => text(row, 'id')),
  });
  const back = paymentId !== null && c.returnMinor > 0 ? askBack(c.consultationId, paymentId, c.returnMinor, 'cancelled', now) : [];
  const [changed] = await write(db, [
    cancels(c, now),
    frees(c.consultationId, now),
    emptiesRoom(c.consultationId, now, IS_CANCELLED),
    ...back,
    signals(c.consultationId, 'cancelled', `cancelled:${c.consultationId}`, now, IS_CANCELLED),
    audited(
      { now, personId: c.personId, sessionId: c.sessionId, act: 'consultation.cancel', kind: 'consultation', id: c.consultationId },
      'EXISTS (SELECT 1 FROM cancellation WHERE consultation_id = ?7 AND at = ?2)',
    ),
  ]);
  return changed === 1;
}

const IS_CANCELLED = 'EXISTS (SELECT 1 FROM cancellation WHERE consultation_id = ?1)';

// A doctor who ends the visit, or comes in to the waiting patient, in the same second wins.
const cancels = (c: Cancelling, now: number): Write => ({
  sql: `INSERT OR IGNORE INTO cancellation (consultation_id, at, by, person_id, return_minor)
    SELECT c.id, ?2, 'patient', ?3, ?4 FROM consultation c JOIN hold h ON h.consultation_id = c.id
    WHERE c.id = ?1 AND h.released_at IS NULL AND h.start_at > ?2 AND (h.firm_at IS NOT NULL) = ?5
      AND NOT EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = c.id) AND ${MET_AT} IS NULL`,
  args: [c.consultationId, now, c.personId, c.returnMinor, c.paid ? 1 : 0],
});

const frees = (consultationId: string, now: number): Write => ({
  sql: `UPDATE hold SET released_at = ?2 WHERE consultation_id = ?1 AND released_at IS NULL AND ${IS_CANCELLED}`,
  args: [consultationId, now],
});
