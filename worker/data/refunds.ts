// Refunds. A refund is a row before the provider is asked, with the request as it was sent, so that a crash in between loses nothing and pays nothing
// twice. Called by worker/money/refunds.ts, worker/letters/send.ts and worker/routes/machines/notices.ts.
import { REFUND_REASONS, type RefundReason } from '../../workflows/rules/refund.ts';
import { auditedIfChanged } from './audit.ts';
import { askOne, type Database, every, number, one, type Read, type Row, text, textOrNull, type Write, write } from './db.ts';
import { newId } from './ids.ts';
import { signals } from './outbox.ts';

/** A refund that goes through the provider and has no end yet. Sums are minor units, instants ms. */
export interface OpenRefund {
  readonly id: string;
  readonly consultationId: string;
  /** The adapter of its payment, and the payment's id there. */
  readonly provider: string;
  readonly paymentProviderId: string;
  readonly amountMinor: number;
  readonly paidMinor: number;
  readonly email: string;
  /** Null until the provider's answer was heard. */
  readonly providerId: string | null;
  readonly askedAt: number;
  /** The request as it was first sent; null before, and for those from before it was kept. */
  readonly body: string | null;
}

/** SQL: the refund is requested and neither settled nor refused. */
export const IS_OPEN_REFUND = (refund: string): string => `(${refund}.settled_at IS NULL AND ${refund}.refused_at IS NULL)`;

/** SQL: the refund counts in sums: it is on its way or settled. */
export const IS_LIVE_REFUND = (refund: string): string => `(${refund}.settled_at IS NOT NULL OR ${refund}.refused_at IS NULL)`;

/** SQL: what is left of a payment `p` that has succeeded, minor units: all that no refund has taken or is taking. */
export const LEFT = `(p.amount_minor - (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = p.id AND ${IS_LIVE_REFUND('r')}))`;

/** SQL: the provider refused the refund, no other one follows it, and something is left of its payment, so a person must return the money. */
export const IS_REFUSED_REFUND = (refund: string): string => `(${refund}.settled_at IS NULL AND ${refund}.refused_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM refund follows WHERE follows.replaces = ${refund}.id)
  AND EXISTS (SELECT 1 FROM payment p WHERE p.id = ${refund}.payment_id AND ${LEFT} > 0))`;

/** SQL: what persons must return of the payments of a consultation `c`: refused refunds, as far as something is left of their payments. */
export const STUCK = `(SELECT coalesce(sum(min(${LEFT}, (SELECT coalesce(sum(s.amount_minor), 0) FROM refund s WHERE s.payment_id = p.id
    AND s.settled_at IS NULL AND s.refused_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM refund follows WHERE follows.replaces = s.id)))), 0)
  FROM payment p WHERE p.consultation_id = c.id AND p.succeeded_at IS NOT NULL)`;
const NEXT_SEQ = '(SELECT count(*) + 1 FROM refund r WHERE r.payment_id = p.id)';

/** Longer than the requests about one refund take, ms. Nobody else takes the refund meanwhile. */
const LEASE_MS = 15_000;
/** How often the provider is asked about one that is pending there, ms. */
const PENDING_MS = 5 * 60_000;

const FROM_PAYMENT = (column: string) => `(SELECT p.${column} FROM payment p WHERE p.id = refund.payment_id)`;

/** Takes open refunds that are due: of one consultation, or at most 20 of all, those that have waited longest first. */
export const takeRefunds = (db: Database, now: number, consultationId: string | null): Promise<OpenRefund[]> =>
  askOne(db, {
    sql: `UPDATE refund SET next_at = ?1 + ${LEASE_MS} WHERE id IN (
        SELECT r.id FROM refund r WHERE ${IS_OPEN_REFUND('r')} AND r.via = 'provider' AND r.next_at <= ?1 AND (?2 IS NULL OR r.consultation_id = ?2)
        ORDER BY r.next_at LIMIT 20)
      RETURNING id, consultation_id, amount_minor, provider_id, body, asked_at, ${FROM_PAYMENT('provider')} AS provider,
        ${FROM_PAYMENT('provider_id')} AS payment_provider_id, ${FROM_PAYMENT('amount_minor')} AS paid_minor,
        (SELECT c.email FROM consultation c WHERE c.id = refund.consultation_id) AS email`,
    args: [now, consultationId],
    take: every(openOf),
  });

const openOf = (row: Row): OpenRefund => ({
  id: text(row, 'id'),
  consultationId: text(row, 'consultation_id'),
  provider: text(row, 'provider'),
  paymentProviderId: text(row, 'payment_provider_id'),
  amountMinor: number(row, 'amount_minor'),
  paidMinor: number(row, 'paid_minor'),
  email: text(row, 'email'),
  providerId: textOrNull(row, 'provider_id'),
  body: textOrNull(row, 'body'),
  askedAt: number(row, 'asked_at'),
});

/** Keeps the request before it is sent for the first time. A repetition sends the same bytes. */
export async function keepRequest(db: Database, id: string, body: string, now: number): Promise<void> {
  await write(db, [
    { sql: 'UPDATE refund SET body = ?2, sent_at = coalesce(sent_at, ?3) WHERE id = ?1 AND body IS NULL', args: [id, body, now] },
  ]);
}

/** Lets the next one take it at once, after a failure. */
export async function releaseRefund(db: Database, id: string, now: number): Promise<void> {
  await write(db, [{ sql: `UPDATE refund SET next_at = ?2 WHERE id = ?1 AND ${IS_OPEN_REFUND('refund')}`, args: [id, now] }]);
}

/** The provider does not know it now, or another one follows: it is looked at again later. */
export async function postponeRefund(db: Database, id: string, now: number): Promise<void> {
  await write(db, [
    { sql: `UPDATE refund SET next_at = ?2 + ${PENDING_MS} WHERE id = ?1 AND ${IS_OPEN_REFUND('refund')}`, args: [id, now] },
  ]);
}

/**
 * Whether less is left of the payment than this refund, which was not sent with effect, would give back. Then it ends, and one of what is left follows
 * it.
 */
export async function givesWay(db: Database, refund: OpenRefund, now: number): Promise<boolean> {
  const OWN = `SELECT 1 FROM refund o WHERE o.id = ?1 AND o.refused_at = ?2 AND o.refuse_reason = 'returned_elsewhere'`;
  const [ended] = await write(db, [
    {
      sql: `UPDATE refund SET refused_at = ?2, refuse_reason = 'returned_elsewhere' WHERE id = ?1 AND ${IS_OPEN_REFUND('refund')} AND provider_id IS NULL
        AND (SELECT ${LEFT} FROM payment p WHERE p.id = refund.payment_id) < 0`,
      args: [refund.id, now],
    },
    auditedIfChanged({ now, personId: null, sessionId: null, act: 'refund.givesWay', kind: 'refund', id: refund.id }),
    {
      sql: `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, replaces, decision_id, asked_at, next_at)
        SELECT ?3, f.consultation_id, p.id, ${NEXT_SEQ}, ${LEFT}, f.source, f.reason, f.id, f.decision_id, ?2, ?2 FROM refund f JOIN payment p ON p.id = f.payment_id
        WHERE f.id = ?1 AND ${LEFT} > 0 AND EXISTS (${OWN})`,
      args: [refund.id, now, newId()],
    },
  ]);
  return ended === 1;
}

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
    { sql: `UPDATE refund SET next_at = ?2 + ${PENDING_MS} WHERE id = ?1 AND ${IS_OPEN_REFUND('refund')}`, args: [seen.id, now] },
  ]);
}

export interface KnownRefund {
  readonly id: string;
  readonly consultationId: string;
}

/** The refund with an id of the provider; null when it has no row. */
export const refundByProviderId = (db: Database, provider: string, providerId: string): Promise<KnownRefund | null> =>
  askOne(db, {
    sql: `SELECT r.id, r.consultation_id FROM refund r JOIN payment p ON p.id = r.payment_id WHERE r.provider_id = ?2 AND p.provider = ?1`,
    args: [provider, providerId],
    take: one(row => ({ id: text(row, 'id'), consultationId: text(row, 'consultation_id') })),
  });

/** Our refund with this id that has not yet got an id of the provider, if it belongs to this payment. */
export const unheardRefund = (db: Database, id: string, paymentProviderId: string): Promise<KnownRefund | null> =>
  askOne(db, {
    sql: `SELECT r.id, r.consultation_id FROM refund r JOIN payment p ON p.id = r.payment_id
      WHERE r.id = ?1 AND p.provider_id = ?2 AND r.provider_id IS NULL`,
    args: [id, paymentProviderId],
    take: one(row => ({ id: text(row, 'id'), consultationId: text(row, 'consultation_id') })),
  });

/** A refund as the provider shows it that nobody here has asked for: made in its own cabinet, or by a bank. */
export interface ExternalRefund {
  readonly provider: string;
  readonly paymentProviderId: string;
  readonly providerId: string;
  readonly amountMinor: number;
  readonly state: 'pending' | 'succeeded';
}

/** Writes it down once, and tells the workflow. Returns its consultation; null when the payment is not ours. */
export async function recordExternal(db: Database, seen: ExternalRefund, now: number): Promise<string | null> {
  const id = newId();
  await write(db, [
    {
      sql: `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, sent_at, next_at, provider_id, settled_at)
        SELECT ?1, p.consultation_id, p.id, ${NEXT_SEQ}, ?5, 'external', 'external', ?6, ?6, ?6 + ${PENDING_MS}, ?4, CASE WHEN ?7 = 'succeeded' THEN ?6 END
        FROM payment p WHERE p.provider = ?2 AND p.provider_id = ?3 AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.provider_id = ?4)`,
      args: [id, seen.provider, seen.paymentProviderId, seen.providerId, seen.amountMinor, now, seen.state],
    },
    auditedIfChanged({ now, personId: null, sessionId: null, act: 'refund.external', kind: 'refund', id }),
  ]);
  const known = await refundByProviderId(db, seen.provider, seen.providerId);
  if (known) await write(db, [signals(known.consultationId, 'paid', `refund:${seen.providerId}`, now)]);
  return known?.consultationId ?? null;
}

export interface Asked {
  readonly consultationId: string;
  readonly paymentId: string;
  /** At most this sum: what is left of the payment, if that is less. */
  readonly minor: number;
  readonly reason: Exclude<RefundReason, 'external' | 'claim'>;
}

/**
 * Asks a payment back by rule, once for a reason, and tells the workflow. Nothing when nothing is left of the payment. `onlyIf` is a condition on earlier
 * writes of the same batch, with the consultation as ?2.
 */
export const asksBack = ({ consultationId, paymentId, minor, reason }: Asked, now: number, onlyIf = 'TRUE'): Write[] => [
  {
    sql: `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at)
      SELECT ?1, ?2, p.id, ${NEXT_SEQ}, min(?4, ${LEFT}), 'rule', ?5, ?6, ?6 FROM payment p
      WHERE p.id = ?3 AND p.succeeded_at IS NOT NULL AND ${LEFT} > 0 AND ${onlyIf}
        AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.payment_id = p.id AND r.reason = ?5 AND r.source = 'rule')`,
    args: [newId(), consultationId, paymentId, minor, reason, now],
  },
  // The message id (?2) contains the refund's payment and reason.
  signals(
    consultationId,
    'paid',
    `refund:${paymentId}:${reason}`,
    now,
    "EXISTS (SELECT 1 FROM refund WHERE consultation_id = ?1 AND 'refund:' || payment_id || ':' || reason = ?2)",
  ),
];

/** Asks the whole of a consultation's first payment back; a later one is returned as a second payment. */
export const asksBackWhole = (consultationId: string, reason: 'failed', now: number, onlyIf: string): Write[] => [
  {
    sql: `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at)
      SELECT ?1, ?2, p.id, ${NEXT_SEQ}, ${LEFT}, 'rule', ?3, ?4, ?4 FROM payment p
      WHERE p.consultation_id = ?2 AND p.succeeded_at IS NOT NULL AND ${LEFT} > 0 AND ${onlyIf}
        AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.payment_id = p.id AND r.reason = ?3 AND r.source = 'rule')
      ORDER BY p.succeeded_at, p.attempt LIMIT 1`,
    args: [newId(), consultationId, reason, now],
  },
];

/** Failed visits whose money nobody has asked back, at most 20, the oldest first: those from before the rule. */
export const unsettled = (db: Database): Promise<string[]> =>
  askOne(db, {
    sql: 'SELECT consultation_id FROM unsettled ORDER BY at LIMIT 20',
    args: [],
    take: every(row => text(row, 'consultation_id')),
  });

export interface RefundSummary {
  readonly minor: number;
  readonly reason: RefundReason;
}

/**
 * What goes back of the payments of a consultation, by refunds that are on their way or settled and by persons, and the reason of the latest; null when
 * nothing does.
 */
export const refundSummaryRead = (consultationId: string): Read<RefundSummary | null> => ({
  sql: `SELECT (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.consultation_id = c.id AND ${IS_LIVE_REFUND('r')}) + ${STUCK} AS minor,
      (SELECT r.reason FROM refund r WHERE r.consultation_id = c.id ORDER BY r.asked_at DESC, r.id DESC LIMIT 1) AS reason
    FROM consultation c WHERE c.id = ?1 AND EXISTS (SELECT 1 FROM refund r WHERE r.consultation_id = c.id)`,
  args: [consultationId],
  take: one(row => ({ minor: number(row, 'minor'), reason: REFUND_REASONS.find(r => r === row.reason) ?? 'late' })),
});
