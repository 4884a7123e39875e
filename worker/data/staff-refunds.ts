// What persons of finance do about refunds: ask the provider again, pay by a payment order, note what was made elsewhere. A refused refund stays as it is,
// and the new one names it; two who act at once are decided by that key. Called by worker/routes/finance/refunds.tsx.
import { fail } from '../../workflows/rules/assert-never.ts';
import type { Role } from '../../workflows/rules/person.ts';
import { REFUND_REASONS } from '../../workflows/rules/refund.ts';
import type { StaffRefund } from '../../workflows/rules/staff-refund.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { auditedIfChanged } from './audit.ts';
import { claimChanged } from './claim-signals.ts';
import {
  type Database,
  isClash,
  number,
  numberOrNull,
  one,
  raised,
  type Read,
  type Row,
  text,
  textOrNull,
  type Write,
  write,
} from './db.ts';
import { newId } from './ids.ts';
import { signals } from './outbox.ts';
import { IS_REFUSED_REFUND, LEFT } from './refunds.ts';

/** SQL: the asker has one of the roles in the JSON list `roles`. */
export const HAS_ROLE = (roles: string): string =>
  `EXISTS (SELECT 1 FROM role a WHERE a.person_id = ${ME} AND a.role IN (SELECT value FROM json_each(${roles})))`;

/** SQL: «Анна Тестова», a person by id; null without one. */
export const NAME_OF = (id: string): string => `(SELECT trim(w.given_name || ' ' || w.family_name) FROM person w WHERE w.id = ${id})`;

const SOURCES = ['rule', 'claim', 'staff', 'external'] as const;

/** One refund for people with one of `roles`; null for anybody else. */
export const staffRefundRead = (asker: Asker, roles: readonly Role[], id: string): Read<StaffRefund | null> => ({
  sql: `${AS_ASKER} SELECT r.*, ${NAME_OF('r.person_id')} AS done_by, w.note, w.at AS noted_at, ${NAME_OF('w.person_id')} AS noted_by,
      (SELECT follows.id FROM refund follows WHERE follows.replaces = r.id) AS followed_by, p.amount_minor AS paid_minor, ${LEFT} AS left_minor,
      p.succeeded_at AS paid_at, p.method, p.provider_id AS payment_provider_id, m.id AS claim_id, m.number AS claim_number,
      ${NAME_OF('c.patient_id')} AS patient, c.starts_at
    FROM refund r JOIN payment p ON p.id = r.payment_id JOIN consultation c ON c.id = r.consultation_id
      LEFT JOIN claim_decision n ON n.id = r.decision_id LEFT JOIN refund_claim m ON m.id = n.claim_id LEFT JOIN refund_review w ON w.refund_id = r.id
    WHERE r.id = ?3 AND ${HAS_ROLE('?4')}`,
  args: [...asArgs(asker), id, JSON.stringify(roles)],
  take: one(staffRefundOf),
});

const staffRefundOf = (row: Row): StaffRefund => ({
  id: text(row, 'id'),
  consultationId: text(row, 'consultation_id'),
  seq: number(row, 'seq'),
  amountMinor: number(row, 'amount_minor'),
  source: SOURCES.find(source => source === row.source) ?? fail(`A refund by ${row.source}.`),
  via: row.via === 'manual' ? 'manual' : 'provider',
  reason: REFUND_REASONS.find(reason => reason === row.reason) ?? fail(`A refund for ${row.reason}.`),
  askedAt: number(row, 'asked_at'),
  settledAt: numberOrNull(row, 'settled_at'),
  refusedAt: numberOrNull(row, 'refused_at'),
  refuseReason: textOrNull(row, 'refuse_reason'),
  document: textOrNull(row, 'document'),
  documentOn: textOrNull(row, 'document_on'),
  by: textOrNull(row, 'done_by'),
  review: row.note === null ? null : { note: text(row, 'note'), at: number(row, 'noted_at'), by: text(row, 'noted_by') },
  followedBy: textOrNull(row, 'followed_by'),
  payment: {
    amountMinor: number(row, 'paid_minor'),
    leftMinor: number(row, 'left_minor'),
    at: number(row, 'paid_at'),
    method: textOrNull(row, 'method'),
    providerId: textOrNull(row, 'payment_provider_id'),
  },
  claim: row.claim_id === null ? null : { id: text(row, 'claim_id'), number: text(row, 'claim_number') },
  patient: text(row, 'patient'),
  startsAt: number(row, 'starts_at'),
});

export interface OnRefund {
  readonly refund: Pick<StaffRefund, 'id' | 'consultationId' | 'claim' | 'refusedAt'>;
  readonly personId: string;
  readonly sessionId: string;
}

export interface PaidByHand extends OnRefund {
  readonly document: string;
  /** YYYY-MM-DD. */
  readonly documentOn: string;
}

export type StaffEnd = 'done' | 'stale' | 'notTheirs';

const MAY = "EXISTS (SELECT 1 FROM role a WHERE a.person_id = ?3 AND a.role IN ('finance', 'owner'))";
const FOLLOWING = `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, via, reason, replaces, decision_id, asked_at, next_at, person_id,
    document, document_on, settled_at)
  SELECT ?2, f.consultation_id, p.id, (SELECT count(*) + 1 FROM refund r WHERE r.payment_id = p.id), min(f.amount_minor, ${LEFT}), f.source`;
const OF_REFUSED = `FROM refund f JOIN payment p ON p.id = f.payment_id WHERE f.id = ?1 AND ${IS_REFUSED_REFUND('f')} AND ${MAY}`;
/** SQL: the message ?2 ends with the id of a refund that was written or settled at the instant ?4. */
const HAS_HAPPENED = 'EXISTS (SELECT 1 FROM refund f WHERE f.id = substr(?2, -36) AND ?4 IN (f.asked_at, f.settled_at))';
const IS_NOTED = 'EXISTS (SELECT 1 FROM refund_review w WHERE w.refund_id = substr(?2, -36) AND w.at = ?4)';

/** A new refund takes the place of one that was refused. */
export function asksAgain(db: Database, on: OnRefund, now: number): Promise<StaffEnd> {
  const id = newId();
  const sql = `${FOLLOWING}, 'provider', f.reason, f.id, f.decision_id, ?4, ?4, ?3, NULL, NULL, NULL ${OF_REFUSED}`;
  return acts(db, on, { act: 'refund.askAgain', of: id, onlyIf: HAS_HAPPENED, sql, args: [on.refund.id, id, on.personId, now] }, now);
}

/** Money that went by a payment order of the bank: instead of a refused refund, or one that was to go by hand from the beginning. */
export function paysByHand(db: Database, on: PaidByHand, now: number): Promise<StaffEnd> {
  const isInstead = on.refund.refusedAt !== null;
  const id = isInstead ? newId() : on.refund.id;
  const sql = isInstead
    ? `${FOLLOWING}, 'manual', f.reason, f.id, f.decision_id, ?4, ?4, ?3, ?5, ?6, ?4 ${OF_REFUSED}`
    : `UPDATE refund SET document = ?5, document_on = ?6, person_id = ?3, settled_at = ?4 WHERE id = ?1 AND id = ?2 AND via = 'manual'
      AND settled_at IS NULL AND refused_at IS NULL AND ${MAY}`;
  const args = [on.refund.id, id, on.personId, now, on.document, on.documentOn];
  return acts(db, on, { act: 'refund.payByHand', of: id, onlyIf: HAS_HAPPENED, sql, args }, now);
}

/** Who looked at a refund that was made elsewhere, and what it was. */
export function reviews(db: Database, on: OnRefund & { readonly note: string }, now: number): Promise<StaffEnd> {
  const sql =
    'INSERT INTO refund_review (refund_id, at, person_id, note) SELECT f.id, ?2, ?3, ?4 FROM refund f WHERE f.id = ?1 AND f.reviewed_at IS NULL';
  const args = [on.refund.id, now, on.personId, on.note];
  return acts(db, on, { act: 'refund.review', of: on.refund.id, onlyIf: IS_NOTED, sql, args }, now);
}

interface StaffWrite extends Write {
  readonly act: string;
  /** The refund that the messages name, and the condition on it under which they are sent. */
  readonly of: string;
  readonly onlyIf: string;
}

/** One batch: the act, its line in the journal, and both stories told. An act that found nothing to change is stale and tells nobody. */
async function acts(
  db: Database,
  { refund, personId, sessionId }: OnRefund,
  { act, of, onlyIf, ...fact }: StaffWrite,
  now: number,
): Promise<StaffEnd> {
  const { claim, consultationId } = refund;
  try {
    const [changed] = await write(db, [
      fact,
      auditedIfChanged({ now, personId, sessionId, act, kind: 'refund', id: refund.id, detail: of }),
      signals(consultationId, 'paid', `${act}:${of}`, now, onlyIf),
      ...(claim === null ? [] : [claimChanged(claim.id, consultationId, `claim-${act}:${of}`, now, onlyIf)]),
    ]);
    return changed === 0 ? 'stale' : 'done';
  } catch (error) {
    if (isClash(error)) return 'stale';
    const name = raised(error, ['notTheirs', 'notRefused', 'refundExceeds', 'notDecided', 'immutable']);
    if (name === null) throw error;
    return name === 'notTheirs' ? 'notTheirs' : 'stale';
  }
}
