// Refunds. A refund is stored before the provider is asked, so a crash in between loses nothing. Called by worker/money/payments.ts,
// worker/letters/send.ts and worker/routes/machines/notices.ts.
import { askOne, type Database, every, number, one, type Read, text, textOrNull, write } from './db.ts';
import { REFUND_REASONS, type RefundReason } from '../../workflows/rules/refund.ts';
import { auditedIfChanged } from './audit.ts';

export interface OpenRefund {
  readonly id: string;
  readonly provider: string;
  readonly paymentProviderId: string;
  readonly amountMinor: number;
  readonly paidMinor: number;
  readonly providerId: string | null;
  readonly askedAt: number;
  readonly email: string;
}

/** SQL: the refund is requested and neither settled nor refused. */
export const IS_OPEN_REFUND = (refund: string): string => `(${refund}.settled_at IS NULL AND ${refund}.refused_at IS NULL)`;

/** SQL: the provider refused the refund, so a person must return the money. */
export const IS_REFUSED_REFUND = (refund: string): string => `(${refund}.settled_at IS NULL AND ${refund}.refused_at IS NOT NULL)`;

/** Requested refunds that are neither settled nor refused. */
export const openRefunds = (db: Database, consultationId: string): Promise<OpenRefund[]> =>
  askOne(db, {
    sql: `SELECT r.id, r.amount_minor, r.provider_id, r.asked_at, p.provider, p.provider_id AS payment_provider_id, p.amount_minor AS paid_minor, c.email
      FROM refund r JOIN payment p ON p.id = r.payment_id JOIN consultation c ON c.id = r.consultation_id
      WHERE r.consultation_id = ?1 AND ${IS_OPEN_REFUND('r')}`,
    args: [consultationId],
    take: every(row => ({
      id: text(row, 'id'),
      provider: text(row, 'provider'),
      paymentProviderId: text(row, 'payment_provider_id'),
      amountMinor: number(row, 'amount_minor'),
      paidMinor: number(row, 'paid_minor'),
      providerId: textOrNull(row, 'provider_id'),
      askedAt: number(row, 'asked_at'),
      email: text(row, 'email'),
    })),
  });

/** The consultation of a provider's refund; null when it is not ours. */
export const consultationOfRefund = (db: Database, providerId: string): Promise<string | null> =>
  askOne(db, {
    sql: 'SELECT consultation_id FROM refund WHERE provider_id = ?1',
    args: [providerId],
    take: one(row => text(row, 'consultation_id')),
  });

export interface RefundSeen {
  readonly id: string;
  /** Null when the provider refused to make a refund at all. */
  readonly providerId: string | null;
  readonly state: 'pending' | 'succeeded' | 'canceled';
  readonly reason: string | null;
}

/** Records the provider's answer. A refused refund waits for a person. An answer that changes nothing leaves no line in the journal. */
export async function recordRefund(db: Database, seen: RefundSeen, now: number): Promise<void> {
  await write(db, [
    {
      sql: `UPDATE refund SET provider_id = coalesce(?2, provider_id), settled_at = CASE WHEN ?3 = 'succeeded' THEN ?4 END,
        refused_at = CASE WHEN ?3 = 'canceled' THEN coalesce(refused_at, ?4) ELSE refused_at END, refuse_reason = coalesce(?5, refuse_reason)
        WHERE id = ?1 AND settled_at IS NULL AND (?3 = 'succeeded' OR (refused_at IS NULL AND (?3 = 'canceled' OR provider_id IS NOT ?2)))`,
      args: [seen.id, seen.providerId, seen.state, now, seen.reason],
    },
    auditedIfChanged({ now, personId: null, sessionId: null, act: `refund.${seen.state}`, kind: 'refund', id: seen.id }),
  ]);
}

export interface RefundSummary {
  readonly minor: number;
  readonly reason: RefundReason;
}

/** The total of all refunds of a consultation, and a reason; null when there is none. */
export const refundSummaryRead = (consultationId: string): Read<RefundSummary | null> => ({
  sql: 'SELECT sum(amount_minor) AS minor, max(reason) AS reason FROM refund WHERE consultation_id = ?1 HAVING count(*) > 0',
  args: [consultationId],
  take: one(row => ({ minor: number(row, 'minor'), reason: REFUND_REASONS.find(r => r === row.reason) ?? 'late' })),
});
