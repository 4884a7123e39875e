// The runs of «Сверка». A run is a row with its place, so that the workflow, the cron and a person's page drive the same run, and a stop loses nothing.
// Called by worker/money/reconciliation.ts and worker/routes/finance/reconciliation.tsx.
import { type Phase, PHASES } from '../../workflows/rules/difference.ts';
import { auditedIfChanged } from './audit.ts';
import {
  askOne,
  type Database,
  every,
  isClash,
  number,
  numberOrNull,
  one,
  type Read,
  type Row,
  text,
  textOrNull,
  type Write,
  write,
} from './db.ts';
import { newId } from './ids.ts';
import { tells } from './outbox.ts';

export interface Reconciliation {
  readonly id: string;
  /** Null for one that a person has asked for. */
  readonly day: string | null;
  readonly since: number;
  readonly until: number;
  readonly startedAt: number;
  readonly phase: Phase;
  readonly cursor: string | null;
  readonly pages: number;
  readonly compared: number;
  readonly repaired: number;
  readonly endedAt: number | null;
  readonly isStopped: boolean;
}

const runOf = (row: Row): Reconciliation => ({
  id: text(row, 'id'),
  day: textOrNull(row, 'day'),
  since: number(row, 'since'),
  until: number(row, 'until'),
  startedAt: number(row, 'started_at'),
  phase: PHASES.find(phase => phase === row.phase) ?? 'done',
  cursor: textOrNull(row, 'cursor'),
  pages: number(row, 'pages'),
  compared: number(row, 'compared'),
  repaired: number(row, 'repaired'),
  endedAt: numberOrNull(row, 'ended_at'),
  isStopped: row.stopped_by != null,
});

export interface Beginning {
  readonly since: number;
  readonly until: number;
  /** The nightly one has the date, one that was asked for has the person. */
  readonly by: { readonly day: string } | { readonly personId: string; readonly sessionId: string };
}

/** Begins a run, or finds the one of this day or the one that this person can still see running. Returns its id. */
export async function beginReconciliation(db: Database, { since, until, by }: Beginning, now: number): Promise<string> {
  const id = newId();
  const [day, personId, sessionId] = 'day' in by ? [by.day, null, null] : [null, by.personId, by.sessionId];
  try {
    await write(db, [
      {
        sql: `INSERT INTO reconciliation (id, day, person_id, since, until, started_at, next_at) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?6
          WHERE ?2 IS NOT NULL OR NOT EXISTS (SELECT 1 FROM reconciliation r WHERE r.ended_at IS NULL AND r.day IS NULL)`,
        args: [id, day, personId, since, until, now],
      },
      auditedIfChanged({ now, personId, sessionId, act: 'reconciliation.begin', kind: 'reconciliation', id }),
    ]);
  } catch (error) {
    if (!isClash(error)) throw error;
  }
  const known = await askOne(db, {
    sql: `SELECT id FROM reconciliation WHERE id = ?1 UNION ALL SELECT id FROM reconciliation WHERE day = ?2
      UNION ALL SELECT id FROM reconciliation WHERE ?2 IS NULL AND day IS NULL AND ended_at IS NULL LIMIT 1`,
    args: [id, day],
    take: one(row => text(row, 'id')),
  });
  return known ?? id;
}

/** Longer than one page takes, ms. */
const LEASE_MS = 30_000;

/** Takes a run for one page: this one, or the one that has waited longest; null when there is none to take. */
export const takeReconciliation = (db: Database, id: string | null, now: number): Promise<Reconciliation | null> =>
  askOne(db, {
    sql: `UPDATE reconciliation SET next_at = ?1 + ${LEASE_MS} WHERE id = (
        SELECT r.id FROM reconciliation r WHERE r.ended_at IS NULL AND r.next_at <= ?1 AND (?2 IS NULL OR r.id = ?2) ORDER BY r.next_at LIMIT 1)
      RETURNING *`,
    args: [now, id],
    take: one(runOf),
  });

export interface PageDone {
  readonly phase: Phase;
  readonly cursor: string | null;
  readonly compared: number;
  readonly repaired: number;
}

/** Moves a run on from the page that it was at. Nothing when somebody else has done that, or a person has stopped it. */
export const movesOn = (run: Reconciliation, { phase, cursor, compared, repaired }: PageDone, now: number): Write => ({
  sql: `UPDATE reconciliation SET phase = ?4, cursor = ?5, pages = pages + 1, compared = compared + ?6, repaired = repaired + ?7, next_at = ?8,
      ended_at = iif(?4 = 'done', ?8, NULL) WHERE id = ?1 AND phase = ?2 AND cursor IS ?3 AND ended_at IS NULL`,
  args: [run.id, run.phase, run.cursor, phase, cursor, compared, repaired, now],
});

/** Lets the next one take it at once, after a failure. */
export const releasesRun = (id: string, now: number): Write => ({
  sql: 'UPDATE reconciliation SET next_at = ?2 WHERE id = ?1 AND ended_at IS NULL',
  args: [id, now],
});

export const stopsRun = (id: string, personId: string, sessionId: string, now: number): Write[] => [
  { sql: 'UPDATE reconciliation SET ended_at = ?2, stopped_by = ?3 WHERE id = ?1 AND ended_at IS NULL', args: [id, now, personId] },
  auditedIfChanged({ now, personId, sessionId, act: 'reconciliation.stop', kind: 'reconciliation', id }),
];

/** Tells Temporal of a run that a person has asked for. */
export const tellsRun = (runId: string, now: number): Write =>
  tells('reconciliation', `reconcile:${runId}`, { kind: 'startReconciliation', input: { runId } }, now);

/** The latest runs, at most five, the newest first. */
export const reconciliationsRead = (): Read<Reconciliation[]> => ({
  sql: 'SELECT * FROM reconciliation ORDER BY started_at DESC LIMIT 5',
  args: [],
  take: every(runOf),
});

/** Until when the nightly runs have compared everything, ms; null before the first. One that somebody asked for may have looked at a day only. */
export const comparedUntilRead = (): Read<number | null> => ({
  sql: "SELECT until FROM reconciliation WHERE day IS NOT NULL AND phase = 'done' ORDER BY day DESC LIMIT 1",
  args: [],
  take: one(row => number(row, 'until')),
});

/** The nightly run of a day; null when it was not begun. */
export const runOfDay = (db: Database, day: string): Promise<Reconciliation | null> =>
  askOne(db, { sql: 'SELECT * FROM reconciliation WHERE day = ?1', args: [day], take: one(runOf) });

/** Whether this run has ended, or was stopped. One that nobody knows has. */
export const hasEnded = (db: Database, id: string): Promise<boolean> =>
  askOne(db, {
    sql: 'SELECT 1 FROM reconciliation WHERE id = ?1 AND ended_at IS NULL',
    args: [id],
    take: rows => rows.length === 0,
  });

/** A payment of ours as the comparison needs it. */
export interface OurPayment {
  readonly id: string;
  readonly consultationId: string;
  readonly provider: string;
  readonly providerId: string | null;
  readonly amountMinor: number;
  readonly succeededAt: number | null;
  readonly cancelledAt: number | null;
}

const paymentOf = (row: Row): OurPayment => ({
  id: text(row, 'id'),
  consultationId: text(row, 'consultation_id'),
  provider: text(row, 'provider'),
  providerId: textOrNull(row, 'provider_id'),
  amountMinor: number(row, 'amount_minor'),
  succeededAt: numberOrNull(row, 'succeeded_at'),
  cancelledAt: numberOrNull(row, 'cancelled_at'),
});

/** Our payments with these ids of the provider, and with these ids of ours. */
export const paymentsRead = (provider: string, providerIds: readonly string[], ids: readonly string[]): Read<OurPayment[]> => ({
  sql: `SELECT p.* FROM payment p WHERE p.provider = ?1 AND p.provider_id IN (SELECT value FROM json_each(?2))
    UNION SELECT p.* FROM payment p WHERE p.id IN (SELECT value FROM json_each(?3))`,
  args: [provider, JSON.stringify(providerIds), JSON.stringify(ids)],
  take: every(paymentOf),
});

export interface OurRefund {
  readonly id: string;
  readonly consultationId: string;
  readonly providerId: string | null;
  readonly amountMinor: number;
  readonly settledAt: number | null;
  readonly refusedAt: number | null;
}

const refundOf = (row: Row): OurRefund => ({
  id: text(row, 'id'),
  consultationId: text(row, 'consultation_id'),
  providerId: textOrNull(row, 'provider_id'),
  amountMinor: number(row, 'amount_minor'),
  settledAt: numberOrNull(row, 'settled_at'),
  refusedAt: numberOrNull(row, 'refused_at'),
});

export const refundsRead = (providerIds: readonly string[]): Read<OurRefund[]> => ({
  sql: 'SELECT r.* FROM refund r WHERE r.provider_id IN (SELECT value FROM json_each(?1))',
  args: [JSON.stringify(providerIds)],
  take: every(refundOf),
});

/** Marks what the comparison has met at the provider. */
export const marksSeen = (table: 'payment' | 'refund', ids: readonly string[], now: number): Write => ({
  sql: `UPDATE ${table} SET seen_at = ?1 WHERE id IN (SELECT value FROM json_each(?2))`,
  args: [now, JSON.stringify(ids)],
});

/** Money that came or went back, as our rows have it. `at` is ms. */
export interface OurMoney {
  readonly id: string;
  readonly consultationId: string;
  readonly provider: string;
  readonly providerId: string;
  readonly at: number;
}

const moneyOf = (row: Row): OurMoney => ({
  id: text(row, 'id'),
  consultationId: text(row, 'consultation_id'),
  provider: text(row, 'provider'),
  providerId: text(row, 'provider_id'),
  at: number(row, 'at'),
});

/** What we hold for paid in the span of a run from `from` on, and its lists have not shown: at most five. */
export const unseenPayments = (db: Database, run: Reconciliation, from: number): Promise<OurMoney[]> =>
  askOne(db, {
    sql: `SELECT p.*, p.succeeded_at AS at FROM payment p WHERE p.succeeded_at BETWEEN ?1 AND ?2 AND p.provider_id IS NOT NULL AND coalesce(p.seen_at, 0) < ?3
      ORDER BY p.succeeded_at LIMIT 5`,
    args: [from, run.until, run.startedAt],
    take: every(moneyOf),
  });

/** The same for what we hold for returned. */
export const unseenRefunds = (db: Database, run: Reconciliation, from: number): Promise<OurMoney[]> =>
  askOne(db, {
    sql: `SELECT r.*, r.settled_at AS at, (SELECT p.provider FROM payment p WHERE p.id = r.payment_id) AS provider FROM refund r
      WHERE r.settled_at BETWEEN ?1 AND ?2 AND r.provider_id IS NOT NULL AND coalesce(r.seen_at, 0) < ?3 ORDER BY r.settled_at LIMIT 5`,
    args: [from, run.until, run.startedAt],
    take: every(moneyOf),
  });
