// A patient cancels: one guarded batch writes the cancellation, frees the interval, ends attendance, requests the refund and signals
// Temporal. Called by worker/routes/patient/consultations.tsx.
import { askOne, type Database, one, text, type Write, write } from './db.ts';
import { emptiesRoom } from './attendance.ts';
import { auditedIfChanged } from './audit.ts';
import { signals } from './outbox.ts';
import { asksBack } from './refunds.ts';
import { MET_AT } from './consultations.ts';

export interface Cancelling {
  readonly consultationId: string;
  readonly personId: string;
  readonly sessionId: string;
  /** The sum to return, minor units; 0 for an unpaid hold. */
  readonly returnMinor: number;
  /** Whether the page showed a paid consultation. A payment made since would change the sum. */
  readonly paid: boolean;
}

/**
 * Records the cancellation once. False when nothing was cancelled: the visit is over, the two have met, or a payment arrived after the page
 * was drawn, so the sum on it is wrong. The refund belongs to the first successful payment.
 */
export async function cancelByPatient(db: Database, c: Cancelling, now: number): Promise<boolean> {
  const paymentId = await askOne(db, {
    sql: 'SELECT id FROM payment WHERE consultation_id = ?1 AND succeeded_at IS NOT NULL ORDER BY succeeded_at LIMIT 1',
    args: [c.consultationId],
    take: one(row => text(row, 'id')),
  });
  const asked = { consultationId: c.consultationId, paymentId: paymentId ?? '', minor: c.returnMinor, reason: 'cancelled' } as const;
  const back = paymentId !== null && c.returnMinor > 0 ? asksBack(asked, now, IS_CANCELLED_NOW) : [];
  const [changed] = await write(db, [
    cancels(c, now),
    auditedIfChanged({
      now,
      personId: c.personId,
      sessionId: c.sessionId,
      act: 'consultation.cancel',
      kind: 'consultation',
      id: c.consultationId,
    }),
    frees(c.consultationId, now),
    emptiesRoom(c.consultationId, now, IS_CANCELLED),
    ...back,
    signals(c.consultationId, 'cancelled', `cancelled:${c.consultationId}`, now, IS_CANCELLED),
  ]);
  return changed === 1;
}

// The consultation is ?2 in a request for a refund, ?1 elsewhere.
const IS_CANCELLED_NOW = 'EXISTS (SELECT 1 FROM cancellation WHERE consultation_id = ?2)';
const IS_CANCELLED = 'EXISTS (SELECT 1 FROM cancellation WHERE consultation_id = ?1)';

// If in the same second the doctor ends the visit, or joins the waiting patient's call, the doctor's action wins.
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
