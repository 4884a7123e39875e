// «Сверка»: differences between the provider, the cash register and our rows, as rows that finance sees, that close themselves when what was seen is
// gone, and that a person closes with a note. Called by worker/money/reconciliation.ts and worker/routes/finance/reconciliation.tsx.
import { DIFFERENCE_KINDS, DIFFERENCES, type DifferenceKind } from '../../workflows/rules/difference.ts';
import { fail } from '../../workflows/rules/assert-never.ts';
import { auditedIfChanged } from './audit.ts';
import { askOne, type Database, every, number, numberOrNull, type Read, type Row, text, textOrNull, type Write } from './db.ts';
import { IS_OPEN_REFUND, IS_REFUSED_REFUND } from './refunds.ts';

export interface Seen {
  readonly kind: DifferenceKind;
  /** Our id of what differs; the provider's for what we do not know. */
  readonly object: string;
  readonly consultationId: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

// One that a person has settled comes back only when its figures change.
const SETTLED = `EXISTS (SELECT 1 FROM difference s WHERE s.kind = x.kind AND s.object = x.object AND s.how = 'person' AND s.ours IS x.ours AND s.theirs IS x.theirs)`;
const NEW_ID = 'lower(hex(randomblob(16)))';

/** Writes down every row of `from`, which has the columns kind, object, consultation_id, ours, theirs and at; ?1 is now. */
const notes = (from: string, args: readonly (string | number | null)[]): Write => ({
  sql: `INSERT INTO difference (id, kind, object, consultation_id, object_at, first_seen, last_seen, ours, theirs)
    SELECT ${NEW_ID}, x.kind, x.object, x.consultation_id, x.at, ?1, ?1, x.ours, x.theirs FROM (${from}) x WHERE NOT ${SETTLED}
    ON CONFLICT (kind, object) WHERE resolved_at IS NULL
    DO UPDATE SET last_seen = excluded.last_seen, ours = excluded.ours, theirs = excluded.theirs`,
  args,
});

/** Writes down what a comparison has seen. Seen again, it is the same row. */
export const notesSeen = (seen: readonly Seen[], now: number): Write =>
  notes(
    `SELECT value ->> 'kind' AS kind, value ->> 'object' AS object, value ->> 'consultationId' AS consultation_id, value ->> 'ours' AS ours,
      value ->> 'theirs' AS theirs, NULL AS at FROM json_each(?2)`,
    [now, JSON.stringify(seen)],
  );

const PAID = 'p.succeeded_at IS NOT NULL';
const RETURNED = `(SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = p.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL))`;

/** What our own rows show, each kind with the statement that finds it. ?1 is now, ?2 the beginning of what is looked through. */
const FACTS: Readonly<Record<string, string>> = {
  lostAttempt: `SELECT p.id AS object, p.consultation_id, p.amount_minor AS ours, NULL AS theirs, p.created_at AS at FROM payment p
    WHERE p.provider_id IS NULL AND p.succeeded_at IS NULL AND p.cancelled_at IS NULL AND p.created_at BETWEEN ?2 AND ?1 - ${60 * MINUTE}`,
  undecidedMoney: `SELECT u.payment_id AS object, u.consultation_id, p.amount_minor AS ours, NULL AS theirs, NULL AS at FROM ungranted u CROSS JOIN payment p ON p.id = u.payment_id
    WHERE p.succeeded_at < ?1 - ${15 * MINUTE} AND ?2 IS NOT NULL`,
  returnedTooMuch: `SELECT p.id AS object, p.consultation_id, p.amount_minor AS ours, ${RETURNED} AS theirs, p.succeeded_at AS at FROM payment p
    WHERE p.succeeded_at > ?2 AND p.succeeded_at <= ?1 AND ${RETURNED} > p.amount_minor`,
  refusedRefund: `SELECT r.id AS object, r.consultation_id, r.amount_minor AS ours, r.refuse_reason AS theirs, NULL AS at FROM refund r
    WHERE ${IS_REFUSED_REFUND('r')} AND ?2 IS NOT NULL`,
  lateRefund: `SELECT r.id AS object, r.consultation_id, r.amount_minor AS ours, NULL AS theirs, NULL AS at FROM refund r
    WHERE ${IS_OPEN_REFUND('r')} AND r.asked_at < ?1 - ${DAY} AND ?2 IS NOT NULL`,
  externalRefund: `SELECT r.id AS object, r.consultation_id, NULL AS ours, r.amount_minor AS theirs, r.asked_at AS at FROM refund r
    WHERE r.source = 'external' AND r.asked_at > ?2`,
  heldThoughFailed: `SELECT u.consultation_id AS object, u.consultation_id, NULL AS ours, NULL AS theirs, NULL AS at FROM unsettled u
    WHERE u.at < ?1 - ${3 * DAY} AND ?2 IS NOT NULL`,
  claimLate: `SELECT m.id AS object, m.consultation_id, m.number AS ours, NULL AS theirs, NULL AS at FROM refund_claim m
    WHERE m.decided_at IS NULL AND m.withdrawn_at IS NULL AND m.due_at BETWEEN ?1 AND ?1 + ${3 * DAY} AND ?2 IS NOT NULL`,
  claimOverdue: `SELECT m.id AS object, m.consultation_id, m.number AS ours, NULL AS theirs, NULL AS at FROM refund_claim m
    WHERE m.decided_at IS NULL AND m.withdrawn_at IS NULL AND m.due_at < ?1 AND ?2 IS NOT NULL`,
  approvedUnpaid: `SELECT n.id AS object, m.consultation_id, n.amount_minor AS ours,
      (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.decision_id = n.id) AS theirs, n.in_force_at AS at
    FROM claim_decision n JOIN refund_claim m ON m.id = n.claim_id WHERE n.in_force_at BETWEEN ?2 AND ?1 AND n.amount_minor > 0
      AND n.amount_minor > (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.decision_id = n.id)`,
  refusedReceipt: `SELECT e.id AS object, e.consultation_id, e.amount_minor AS ours, e.kind AS theirs, e.done_at AS at FROM receipt e WHERE e.state = 'canceled' AND e.done_at > ?2`,
  lateReceipt: `SELECT e.id AS object, e.consultation_id, e.amount_minor AS ours, e.kind AS theirs, NULL AS at FROM receipt e
    WHERE e.done_at IS NULL AND e.owed_at < ?1 - ${3 * DAY} AND ?2 IS NOT NULL`,
  noReceipt: `SELECT p.id AS object, p.consultation_id, p.amount_minor AS ours, 'prepayment' AS theirs, p.succeeded_at AS at FROM payment p
      WHERE p.succeeded_at > ?2 AND p.succeeded_at <= ?1 AND NOT EXISTS (SELECT 1 FROM receipt e WHERE e.payment_id = p.id AND e.kind = 'prepayment')
    UNION ALL SELECT r.id, r.consultation_id, r.amount_minor, 'return', r.settled_at FROM refund r
      WHERE r.settled_at > ?2 AND r.settled_at <= ?1 AND r.via = 'provider' AND NOT EXISTS (SELECT 1 FROM receipt e WHERE e.refund_id = r.id)
    UNION ALL SELECT n.consultation_id, n.consultation_id, NULL, 'settlement', n.at FROM conclusion n
      WHERE n.at > ?2 AND n.at <= ?1 AND n.outcome = 'tookPlace' AND EXISTS (SELECT 1 FROM payment p WHERE p.consultation_id = n.consultation_id AND ${PAID})
        AND NOT EXISTS (SELECT 1 FROM receipt e WHERE e.consultation_id = n.consultation_id AND e.kind = 'settlement')`,
  stuckMessage: `SELECT o.message_id AS object, NULL AS consultation_id, NULL AS ours, o.why AS theirs, NULL AS at FROM outbox o
    WHERE o.delivered_at IS NULL AND o.created_at < ?1 - ${5 * MINUTE} AND ?2 IS NOT NULL`,
} satisfies Partial<Record<DifferenceKind, string>>;

/** The kinds that our own rows show. */
export const FACT_KINDS = Object.keys(FACTS);

/** Looks through our own rows since `since` (ms), and closes what is no longer so. */
export const notesFacts = (since: number, now: number): Write[] => [
  ...Object.entries(FACTS).map(([kind, sql]) =>
    notes(
      `SELECT '${kind}' AS kind, f.object, f.consultation_id, CAST(f.ours AS TEXT) AS ours, CAST(f.theirs AS TEXT) AS theirs, f.at FROM (${sql}) f`,
      [now, since],
    ),
  ),
  {
    sql: `UPDATE difference SET resolved_at = ?1, how = 'gone' WHERE resolved_at IS NULL AND last_seen < ?1 AND (object_at IS NULL OR object_at > ?2)
      AND kind IN (SELECT value FROM json_each(?3))`,
    args: [now, since, JSON.stringify(FACT_KINDS)],
  },
];

/** Closes what a comparison with the provider has looked at again and not found. */
export const closesGone = (ids: readonly string[], now: number): Write => ({
  sql: `UPDATE difference SET resolved_at = ?1, how = 'gone' WHERE resolved_at IS NULL AND id IN (SELECT value FROM json_each(?2))`,
  args: [now, JSON.stringify(ids)],
});

export interface Difference extends Seen {
  readonly id: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly resolvedAt: number | null;
  readonly how: 'gone' | 'person' | null;
  readonly note: string | null;
  /** The surname and the first letter of the name of who closed it. */
  readonly by: string | null;
}

const differenceOf = (row: Row): Difference => ({
  id: text(row, 'id'),
  kind: DIFFERENCE_KINDS.find(kind => kind === row.kind) ?? fail(`A difference of the kind ${row.kind}.`),
  object: text(row, 'object'),
  consultationId: textOrNull(row, 'consultation_id'),
  ours: textOrNull(row, 'ours'),
  theirs: textOrNull(row, 'theirs'),
  firstSeen: number(row, 'first_seen'),
  lastSeen: number(row, 'last_seen'),
  resolvedAt: numberOrNull(row, 'resolved_at'),
  how: row.how === 'gone' || row.how === 'person' ? row.how : null,
  note: textOrNull(row, 'note'),
  by: textOrNull(row, 'by_name'),
});

const BY = `(SELECT p.family_name || ' ' || substr(p.given_name, 1, 1) || '.' FROM person p WHERE p.id = d.person_id) AS by_name`;
export const DIFFERENCES_SHOWN = 30;

/** Open differences by kind, or closed ones, the latest at the top: at most `most` from `offset`. */
export const differencesRead = (isOpen: boolean, offset: number, most = DIFFERENCES_SHOWN): Read<Difference[]> => ({
  sql: isOpen
    ? `SELECT d.*, ${BY} FROM difference d WHERE d.resolved_at IS NULL ORDER BY d.kind, d.object LIMIT ?2 OFFSET ?1`
    : `SELECT d.*, ${BY} FROM difference d WHERE d.resolved_at IS NOT NULL ORDER BY d.resolved_at DESC LIMIT ?2 OFFSET ?1`,
  args: [offset, most],
  take: every(differenceOf),
});

/** Open differences of the comparison with the provider, twenty after an id. */
export const openOfProvider = (db: Database, after: string): Promise<Difference[]> =>
  askOne(db, {
    sql: `SELECT d.*, NULL AS by_name FROM difference d WHERE d.resolved_at IS NULL AND d.id > ?1 AND d.kind IN (SELECT value FROM json_each(?2))
      ORDER BY d.id LIMIT 20`,
    args: [after, JSON.stringify(DIFFERENCE_KINDS.filter(kind => DIFFERENCES[kind].seen === 'provider'))],
    take: every(differenceOf),
  });

export interface OpenCounts {
  readonly queue: number;
  readonly alarms: number;
}

/** How many differences are open: those that wait for finance, and alarms. */
export const openCountsRead = (): Read<OpenCounts> => ({
  sql: `SELECT coalesce(sum(d.kind NOT IN (SELECT value FROM json_each(?1))), 0) AS queue, coalesce(sum(d.kind IN (SELECT value FROM json_each(?1))), 0) AS alarms
    FROM difference d WHERE d.resolved_at IS NULL`,
  args: [JSON.stringify(DIFFERENCE_KINDS.filter(kind => DIFFERENCES[kind].waits === 'alarm'))],
  take: ([row]) => ({ queue: Number(row?.queue ?? 0), alarms: Number(row?.alarms ?? 0) }),
});

export interface Closing {
  readonly id: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly note: string;
  /** What the page showed; another figure has appeared since when it differs. */
  readonly lastFigures: string;
}

/** «Разобрано»: a person closes a difference with a note. The second count is 0 when it was closed already, or has other figures now. */
export const closesByPerson = ({ id, personId, sessionId, note, lastFigures }: Closing, now: number): Write[] => [
  {
    sql: `UPDATE difference SET resolved_at = ?2, how = 'person', person_id = ?3, note = ?4
      WHERE id = ?1 AND resolved_at IS NULL AND coalesce(ours, '') || ' ' || coalesce(theirs, '') = ?5`,
    args: [id, now, personId, note, lastFigures],
  },
  auditedIfChanged({ now, personId, sessionId, act: 'difference.close', kind: 'difference', id }),
];

export const figuresOf = ({ ours, theirs }: Pick<Difference, 'ours' | 'theirs'>): string => `${ours ?? ''} ${theirs ?? ''}`;
