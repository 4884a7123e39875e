// Payments: attempts, money as the provider reports it, and what that money pays for. Recording money and granting are separate batches, so
// a refused interval can never roll back the record of the money. Called by worker/money/payments.ts.
import { mayRescue } from '../../workflows/rules/late-payment.ts';
import { type Facts, statusOf } from '../../workflows/rules/status.ts';
import {
  alongside,
  ask,
  askOne,
  type Database,
  every,
  number,
  numberOrNull,
  one,
  raised,
  type Row,
  some,
  text,
  textOrNull,
  type Write,
  write,
} from './db.ts';
import { auditedIfChanged } from './audit.ts';
import { newId } from './ids.ts';
import { signals } from './outbox.ts';
import { asksBack, LEFT } from './refunds.ts';

export interface Attempt {
  readonly id: string;
  readonly consultationId: string;
  readonly amountMinor: number;
  readonly createdAt: number;
  /** The adapter that made it, and its id there; the id is null until the provider has answered. */
  readonly provider: string;
  readonly providerId: string | null;
  readonly confirmationUrl: string | null;
  readonly succeededAt: number | null;
  readonly cancelledAt: number | null;
}

/** The open attempt of a hold that can still be paid, inserted when there is none; null when the hold cannot be paid any more. */
export async function openAttempt(db: Database, consultationId: string, provider: string, now: number): Promise<Attempt | null> {
  const { found } = await ask(db, {
    made: alongside({
      sql: `INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider)
        SELECT ?1, c.id, (SELECT count(*) + 1 FROM payment p WHERE p.consultation_id = c.id), c.price_minor, c.currency, ?3, ?4
        FROM consultation c JOIN hold h ON h.consultation_id = c.id
        WHERE c.id = ?2 AND ${IS_PAYABLE} AND h.expires_at > ?3
          AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.consultation_id = c.id AND p.cancelled_at IS NULL)`,
      args: [newId(), consultationId, now, provider],
    }),
    found: {
      sql: `SELECT p.* FROM payment p JOIN hold h ON h.consultation_id = p.consultation_id
        WHERE p.consultation_id = ?1 AND p.cancelled_at IS NULL AND p.succeeded_at IS NULL AND ${IS_PAYABLE} AND h.expires_at > ?2`,
      args: [consultationId, now],
      take: one(attemptOf),
    },
  });
  return found;
}

const IS_PAYABLE = 'h.released_at IS NULL AND h.firm_at IS NULL';

/** Stores the provider's id of the attempt and the address where the person pays. */
export const attemptBegun = (id: string, providerId: string, confirmationUrl: string | null): Write => ({
  sql: 'UPDATE payment SET provider_id = ?2, confirmation_url = coalesce(?3, confirmation_url) WHERE id = ?1 AND (provider_id IS NULL OR provider_id = ?2)',
  args: [id, providerId, confirmationUrl],
});

export const attemptByProviderId = (db: Database, provider: string, providerId: string): Promise<Attempt | null> =>
  askOne(db, { sql: 'SELECT * FROM payment WHERE provider = ?1 AND provider_id = ?2', args: [provider, providerId], take: one(attemptOf) });

export const attemptById = (db: Database, id: string): Promise<Attempt | null> =>
  askOne(db, { sql: 'SELECT * FROM payment WHERE id = ?1', args: [id], take: one(attemptOf) });

/** Attempts that the provider has neither confirmed nor cancelled. */
export const openAttempts = (db: Database, consultationId: string): Promise<Attempt[]> =>
  askOne(db, {
    sql: 'SELECT * FROM payment WHERE consultation_id = ?1 AND provider_id IS NOT NULL AND succeeded_at IS NULL AND cancelled_at IS NULL',
    args: [consultationId],
    take: every(attemptOf),
  });

/**
 * Open payments that are to be asked about, at most 20: of unpaid holds, when that was not done since `holdSince` (ms), then others, when it was not
 * done since `since`. Those that have waited longest come first.
 */
export const attemptsDue = (db: Database, holdSince: number, since: number): Promise<Attempt[]> =>
  askOne(db, {
    sql: `SELECT p.* FROM payment p CROSS JOIN hold h ON h.consultation_id = p.consultation_id
      WHERE p.provider_id IS NOT NULL AND p.succeeded_at IS NULL AND p.cancelled_at IS NULL
        AND coalesce(p.asked_at, 0) <= iif(${IS_PAYABLE}, ?1, ?2)
      ORDER BY NOT (${IS_PAYABLE}), coalesce(p.asked_at, 0), p.id LIMIT 20`,
    args: [holdSince, since],
    take: every(attemptOf),
  });

/** Whether this caller asks the provider about a payment now: nobody has asked since `since`, and of several callers one gets the turn. */
export async function takesTurn(db: Database, id: string, since: number, now: number): Promise<boolean> {
  const [changed] = await write(db, [
    { sql: 'UPDATE payment SET asked_at = ?3 WHERE id = ?1 AND (asked_at IS NULL OR asked_at <= ?2)', args: [id, since, now] },
  ]);
  return changed === 1;
}

export interface MoneyCame {
  readonly attempt: Attempt;
  readonly method: string | null;
}

/**
 * Records the money, signals Temporal and writes a journal row, once. The provider's word that money came stands also against a refusal that
 * was recorded before. A repeated call changes only the means of payment.
 */
export async function recordMoney(db: Database, came: MoneyCame, now: number): Promise<void> {
  const { id, consultationId } = came.attempt;
  await write(db, [
    {
      sql: 'UPDATE payment SET succeeded_at = ?2, cancelled_at = NULL WHERE id = ?1 AND succeeded_at IS NULL',
      args: [id, now],
    },
    auditedIfChanged({ now, personId: null, sessionId: null, act: 'payment.succeed', kind: 'payment', id }),
    {
      sql: 'UPDATE payment SET method = coalesce(?2, method) WHERE id = ?1',
      args: [id, came.method],
    },
    signals(consultationId, 'paid', `paid:${id}`, now),
  ]);
}

export async function recordRefusal(db: Database, attempt: Attempt, reason: string, now: number): Promise<void> {
  await write(db, [
    {
      sql: 'UPDATE payment SET cancelled_at = ?2, cancel_reason = ?3 WHERE id = ?1 AND succeeded_at IS NULL AND cancelled_at IS NULL',
      args: [attempt.id, now, reason],
    },
  ]);
}

export interface KeptNotice {
  readonly event: string;
  readonly objectId: string;
  readonly body: string;
  /** What the provider itself answered about the object, JSON. It is the evidence; a body may be forged. */
  readonly answer: string;
}

// Forged bodies must not fill the database. An answer that was not seen before is always kept.
const BODIES_KEPT = 20;

/** Stores a notice as received, with the provider's own answer. The same body with the same answer is stored once. */
export async function keepNotice(db: Database, { event, objectId, body, answer }: KeptNotice, now: number): Promise<void> {
  await write(db, [
    {
      sql: `INSERT OR IGNORE INTO payment_notice (id, event, object_id, body, received_at, answer) SELECT ?1, ?2, ?3, ?4, ?5, ?6
        WHERE (SELECT count(*) FROM payment_notice WHERE event = ?2 AND object_id = ?3) < ${BODIES_KEPT}
          OR NOT EXISTS (SELECT 1 FROM payment_notice WHERE event = ?2 AND object_id = ?3 AND answer = ?6)`,
      args: [newId(), event, objectId, body, now, answer],
    },
  ]);
}

export type Granted = { readonly kind: 'firm' } | { readonly kind: 'returning' } | { readonly kind: 'nothing' };

/**
 * Applies recorded money: makes the hold firm, takes a lapsed interval again while it is free, or requests a refund.
 * It may be repeated and may run concurrently with itself, because each step is guarded by the rows it needs.
 */
export async function grant(db: Database, consultationId: string, facts: Facts, now: number): Promise<Granted> {
  if (facts.takenMinor === 0) return { kind: 'nothing' };
  const status = statusOf(facts, now);
  if (facts.firmAt === null && (status === 'reserved' || mayRescue(facts, now)) && (await makeFirm(db, consultationId, now))) {
    await askBackExcess(db, consultationId, now);
    return { kind: 'firm' };
  }
  const isFirm = await askOne(db, {
    sql: 'SELECT 1 FROM hold WHERE consultation_id = ?1 AND firm_at IS NOT NULL',
    args: [consultationId],
    take: some,
  });
  if (isFirm) {
    await askBackExcess(db, consultationId, now);
    return { kind: 'firm' };
  }
  await askBackLate(db, consultationId, facts.cancelledAt === null ? 'late' : 'cancelled', now);
  return { kind: 'returning' };
}

/** True when this call made the hold firm; false when the interval is taken, the consultation is over, or the hold was firm already. */
async function makeFirm(db: Database, consultationId: string, now: number): Promise<boolean> {
  try {
    const [changed] = await write(db, [
      {
        sql: `UPDATE hold SET firm_at = ?2, released_at = NULL WHERE consultation_id = ?1 AND firm_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM cancellation x WHERE x.consultation_id = ?1)
          AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.consultation_id = ?1 AND r.source <> 'external')
          AND EXISTS (SELECT 1 FROM payment p WHERE p.consultation_id = ?1 AND p.succeeded_at IS NOT NULL AND ${LEFT} = p.amount_minor)`,
        args: [consultationId, now],
      },
      auditedIfChanged({ now, personId: null, sessionId: null, act: 'hold.firm', kind: 'consultation', id: consultationId }),
    ]);
    return changed === 1;
  } catch (error) {
    if (raised(error, ['slotTaken', 'patientBusy']) === null) throw error;
    return false;
  }
}

/**
 * Requests a refund of every payment for a consultation that could not be kept. A cancelled one is refunded by its cancellation, in its own
 * batch.
 */
async function askBackLate(db: Database, consultationId: string, reason: 'late' | 'cancelled', now: number): Promise<void> {
  const late = await askOne(db, {
    sql: `SELECT p.id, p.amount_minor FROM payment p WHERE p.consultation_id = ?1 AND p.succeeded_at IS NOT NULL
        AND ${LEFT} > 0 AND EXISTS (SELECT 1 FROM hold h WHERE h.consultation_id = ?1 AND h.firm_at IS NULL)`,
    args: [consultationId],
    take: every(attemptSum),
  });
  const writes = late.flatMap(({ id, minor }) => asksBack({ consultationId, paymentId: id, minor, reason }, now));
  if (writes.length > 0) await write(db, [...lapses(consultationId, now), ...writes]);
}

/** A second payment for one consultation pays for nothing: refunds of the later ones are requested. */
async function askBackExcess(db: Database, consultationId: string, now: number): Promise<void> {
  const later = await askOne(db, {
    sql: 'SELECT id, amount_minor FROM payment WHERE consultation_id = ?1 AND succeeded_at IS NOT NULL ORDER BY succeeded_at, attempt LIMIT -1 OFFSET 1',
    args: [consultationId],
    take: every(attemptSum),
  });
  const writes = later.flatMap(({ id, minor }) => asksBack({ consultationId, paymentId: id, minor, reason: 'twice' }, now));
  if (writes.length > 0) await write(db, writes);
}

/** Longer than deciding about the money of one consultation takes, ms. */
const GRANT_LEASE_MS = 60_000;

/** Consultations with money about which nothing was decided yet, at most 20. Nobody else takes them for a minute. */
export const takeUngranted = (db: Database, now: number): Promise<string[]> =>
  askOne(db, {
    sql: `UPDATE ungranted SET next_at = ?1 + ${GRANT_LEASE_MS} WHERE payment_id IN (
        SELECT payment_id FROM ungranted WHERE next_at <= ?1 - ${GRANT_LEASE_MS} ORDER BY next_at LIMIT 20)
      RETURNING consultation_id`,
    args: [now],
    take: every(row => text(row, 'consultation_id')),
  });

/** Records the lapse of an unpaid hold and frees the interval. A hold that was made firm or cancelled meanwhile is not changed. */
export const lapses = (consultationId: string, now: number): Write[] => [
  {
    sql: `INSERT OR IGNORE INTO lapse (consultation_id, at) SELECT h.consultation_id, ?2 FROM hold h
      WHERE h.consultation_id = ?1 AND h.firm_at IS NULL AND h.expires_at <= ?2 AND NOT EXISTS (SELECT 1 FROM cancellation x WHERE x.consultation_id = ?1)`,
    args: [consultationId, now],
  },
  {
    sql: `UPDATE hold SET released_at = ?2 WHERE consultation_id = ?1 AND firm_at IS NULL AND released_at IS NULL
      AND EXISTS (SELECT 1 FROM lapse l WHERE l.consultation_id = ?1)`,
    args: [consultationId, now],
  },
];

const attemptSum = (row: Row) => ({ id: text(row, 'id'), minor: number(row, 'amount_minor') });

const attemptOf = (row: Row): Attempt => ({
  id: text(row, 'id'),
  consultationId: text(row, 'consultation_id'),
  amountMinor: number(row, 'amount_minor'),
  createdAt: number(row, 'created_at'),
  provider: text(row, 'provider'),
  providerId: textOrNull(row, 'provider_id'),
  confirmationUrl: textOrNull(row, 'confirmation_url'),
  succeededAt: numberOrNull(row, 'succeeded_at'),
  cancelledAt: numberOrNull(row, 'cancelled_at'),
});
