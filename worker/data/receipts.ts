// Fiscal receipts: triggers write a row for each that is owed, the cron sees that it is registered. Called by worker/money/receipts.ts and
// worker/booking/talon.ts.
import { type Fiscal, RECEIPT_KINDS, RECEIPT_STATES, type ReceiptKind, type ReceiptTrace } from '../../workflows/rules/receipt.ts';
import { fail } from '../../workflows/rules/assert-never.ts';
import { AS_ASKER, type Asker, asArgs, IS_PATIENT } from './asker.ts';
import { IS_OPEN_REFUND, LEFT } from './refunds.ts';
import { askOne, type Database, every, number, numberOrNull, one, type Read, type Row, text, textOrNull, write } from './db.ts';

/** A receipt that has no end yet. Sums are minor units, instants ms. */
export interface OpenReceipt {
  readonly id: string;
  readonly kind: ReceiptKind;
  readonly consultationId: string;
  readonly amountMinor: number;
  readonly owedAt: number;
  /** The request as it was first sent; null before, and for receipts that come with a payment or a refund. */
  readonly body: string | null;
  readonly provider: string;
  /** Ids at the provider: of the payment, of the refund, of the receipt itself once it is known. */
  readonly paymentProviderId: string;
  readonly refundProviderId: string | null;
  readonly providerId: string | null;
  readonly email: string;
}

/** Nobody else takes a receipt for this long, ms. */
const LEASE_MS = 30_000;

/** Takes receipts that are due, at most 20, those that have waited longest first. */
export const takeReceipts = (db: Database, now: number): Promise<OpenReceipt[]> =>
  askOne(db, {
    sql: `UPDATE receipt SET next_at = ?1 + ${LEASE_MS} WHERE id IN (
        SELECT e.id FROM receipt e WHERE e.done_at IS NULL AND e.next_at <= ?1 ORDER BY e.next_at LIMIT 20)
      RETURNING id, kind, consultation_id, amount_minor, owed_at, body, provider_id,
        (SELECT p.provider FROM payment p WHERE p.id = receipt.payment_id) AS provider,
        (SELECT p.provider_id FROM payment p WHERE p.id = receipt.payment_id) AS payment_provider_id,
        (SELECT r.provider_id FROM refund r WHERE r.id = receipt.refund_id) AS refund_provider_id,
        (SELECT c.email FROM consultation c WHERE c.id = receipt.consultation_id) AS email`,
    args: [now],
    take: every(row => ({
      id: text(row, 'id'),
      kind: kindOf(row),
      consultationId: text(row, 'consultation_id'),
      amountMinor: number(row, 'amount_minor'),
      owedAt: number(row, 'owed_at'),
      body: textOrNull(row, 'body'),
      provider: text(row, 'provider'),
      paymentProviderId: text(row, 'payment_provider_id'),
      refundProviderId: textOrNull(row, 'refund_provider_id'),
      providerId: textOrNull(row, 'provider_id'),
      email: text(row, 'email'),
    })),
  });

const kindOf = (row: Row): ReceiptKind => RECEIPT_KINDS.find(kind => kind === row['kind']) ?? fail(`A receipt of the kind ${row['kind']}.`);

/**
 * What a settlement that was not asked for yet sets off, minor units: what is left of its payment, once no refund is on its way. Null while one is, and when
 * nothing is left: then the receipt is void.
 */
export async function dueSettlement(db: Database, id: string, now: number): Promise<number | null> {
  const PAID = `(SELECT ${LEFT} FROM payment p WHERE p.id = receipt.payment_id)`;
  const IS_CLEAR = `NOT EXISTS (SELECT 1 FROM refund o WHERE o.payment_id = receipt.payment_id AND ${IS_OPEN_REFUND('o')})`;
  await write(db, [
    {
      sql: `UPDATE receipt SET state = 'void', done_at = ?2 WHERE id = ?1 AND body IS NULL AND done_at IS NULL AND ${PAID} <= 0 AND ${IS_CLEAR}`,
      args: [id, now],
    },
    { sql: `UPDATE receipt SET amount_minor = ${PAID} WHERE id = ?1 AND body IS NULL AND done_at IS NULL AND ${PAID} > 0`, args: [id] },
  ]);
  return await askOne(db, {
    sql: `SELECT amount_minor FROM receipt WHERE id = ?1 AND done_at IS NULL AND (body IS NOT NULL OR ${IS_CLEAR})`,
    args: [id],
    take: one(row => number(row, 'amount_minor')),
  });
}

/** Keeps the request before it is sent for the first time. */
export async function keepReceiptRequest(db: Database, id: string, body: string): Promise<void> {
  await write(db, [{ sql: 'UPDATE receipt SET body = ?2 WHERE id = ?1 AND body IS NULL AND done_at IS NULL', args: [id, body] }]);
}

export interface ReceiptSeen {
  readonly providerId: string | null;
  readonly state: 'pending' | 'succeeded' | 'canceled';
  readonly fiscal: Fiscal | null;
}

/**
 * Records what the provider says. A receipt that is not registered yet is asked about again after as long as it has been owed, from a minute to an hour.
 * `seen` is null when the provider does not know it yet.
 */
export async function recordReceipt(db: Database, id: string, seen: ReceiptSeen | null, now: number): Promise<void> {
  const state = seen?.state ?? null;
  await write(db, [
    {
      sql: `UPDATE receipt SET provider_id = coalesce(?2, provider_id), state = coalesce(?3, state), done_at = CASE WHEN ?3 IN ('succeeded', 'canceled') THEN ?4 END,
        document_number = ?5, storage_number = ?6, attribute = ?7, next_at = ?4 + min(3600000, max(60000, ?4 - owed_at)) WHERE id = ?1 AND done_at IS NULL`,
      args: [
        id,
        seen?.providerId ?? null,
        state,
        now,
        seen?.fiscal?.document ?? null,
        seen?.fiscal?.storage ?? null,
        seen?.fiscal?.attribute ?? null,
      ],
    },
  ]);
}

/** The receipts of one of the asker's own consultations. */
export const receiptsRead = (asker: Asker, id: string): Read<ReceiptTrace[]> => ({
  sql: `${AS_ASKER} SELECT e.* FROM receipt e JOIN consultation c ON c.id = e.consultation_id WHERE c.id = ?3 AND ${IS_PATIENT} ORDER BY e.owed_at, e.id`,
  args: [...asArgs(asker), id],
  take: every(receiptOf),
});

const receiptOf = (row: Row): ReceiptTrace => ({
  kind: kindOf(row),
  paymentId: text(row, 'payment_id'),
  refundId: textOrNull(row, 'refund_id'),
  amountMinor: number(row, 'amount_minor'),
  owedAt: number(row, 'owed_at'),
  state: RECEIPT_STATES.find(state => state === row['state']) ?? 'owed',
  doneAt: numberOrNull(row, 'done_at'),
  fiscal: fiscalOf(row),
});

function fiscalOf(row: Row): Fiscal | null {
  const [document, storage, attribute] = ['document_number', 'storage_number', 'attribute'].map(name => textOrNull(row, name));
  return document && storage && attribute ? { document, storage, attribute } : null;
}
