// The queue of finance: claims that are not decided, refunds that wait for a person, claims of the last weeks. Rows only for people with one of the roles.
// Called by worker/routes/finance/claims.tsx.
import type { QueueClaim, QueueRefund } from '../../workflows/rules/claim-queue.ts';
import type { Role } from '../../workflows/rules/person.ts';
import { AS_ASKER, type Asker, asArgs } from './asker.ts';
import { CLAIM_COLUMNS, CLAIM_JOINS, claimFactsOf } from './claim-facts.ts';
import { every, number, numberOrNull, type Read, type Row, text, textOrNull } from './db.ts';
import { IS_REFUSED_REFUND } from './refunds.ts';
import { HAS_ROLE, NAME_OF } from './staff-refunds.ts';

/** More open claims than a clinic ever has: the oldest come first. */
const OPEN = 500;
const ENDED = 50;
const ENDED_MS = 45 * 86_400_000;

const SHOWN = `${CLAIM_COLUMNS}, ${NAME_OF('c.patient_id')} AS patient, c.starts_at, json_extract(f.body, '$.call.togetherMs') AS together_ms`;
const FROM = `refund_claim m ${CLAIM_JOINS} JOIN consultation c ON c.id = m.consultation_id`;

export const openClaimsRead = (asker: Asker, roles: readonly Role[]): Read<QueueClaim[]> => ({
  sql: `${AS_ASKER} SELECT ${SHOWN} FROM ${FROM} WHERE m.decided_at IS NULL AND m.withdrawn_at IS NULL AND ${HAS_ROLE('?3')} ORDER BY m.due_at LIMIT ${OPEN}`,
  args: [...asArgs(asker), JSON.stringify(roles)],
  take: every(claimOf),
});

export const endedClaimsRead = (asker: Asker, roles: readonly Role[]): Read<QueueClaim[]> => ({
  sql: `${AS_ASKER} SELECT ${SHOWN} FROM ${FROM} WHERE (m.decided_at IS NOT NULL OR m.withdrawn_at IS NOT NULL)
      AND coalesce(m.decided_at, m.withdrawn_at) > ?2 - ${ENDED_MS} AND ${HAS_ROLE('?3')} ORDER BY coalesce(m.decided_at, m.withdrawn_at) DESC LIMIT ${ENDED}`,
  args: [...asArgs(asker), JSON.stringify(roles)],
  take: every(claimOf),
});

const claimOf = (row: Row): QueueClaim => ({
  id: text(row, 'id'),
  number: text(row, 'number'),
  facts: claimFactsOf(row),
  patient: text(row, 'patient'),
  startsAt: number(row, 'starts_at'),
  togetherMs: numberOrNull(row, 'together_ms'),
});

const MONEY = `SELECT r.id, 'bank' AS tab, r.refused_at AS at FROM refund r WHERE ${IS_REFUSED_REFUND('r')}
  UNION ALL SELECT h.id, 'bank', h.asked_at FROM refund h WHERE h.via = 'manual' AND h.settled_at IS NULL AND h.refused_at IS NULL
  UNION ALL SELECT e.id, 'external', e.asked_at FROM refund e WHERE e.source = 'external' AND e.reviewed_at IS NULL`;

/** Refunds that the bank refused, that are paid by hand, and that were made elsewhere. */
export const moneyQueueRead = (asker: Asker, roles: readonly Role[]): Read<QueueRefund[]> => ({
  sql: `${AS_ASKER} SELECT w.id, w.tab, w.at, r.amount_minor, r.refused_at, r.refuse_reason, ${NAME_OF('c.patient_id')} AS patient, c.starts_at, m.number
    FROM (${MONEY}) w CROSS JOIN refund r ON r.id = w.id JOIN consultation c ON c.id = r.consultation_id
      LEFT JOIN claim_decision n ON n.id = r.decision_id LEFT JOIN refund_claim m ON m.id = n.claim_id
    WHERE ${HAS_ROLE('?3')} ORDER BY w.at LIMIT ${OPEN}`,
  args: [...asArgs(asker), JSON.stringify(roles)],
  take: every(row => ({
    id: text(row, 'id'),
    tab: row.tab === 'external' ? 'external' : 'bank',
    isOwedByHand: row.tab === 'bank' && row.refused_at === null,
    amountMinor: number(row, 'amount_minor'),
    refuseReason: textOrNull(row, 'refuse_reason'),
    at: number(row, 'at'),
    patient: text(row, 'patient'),
    startsAt: number(row, 'starts_at'),
    claimNumber: textOrNull(row, 'number'),
  })),
});
