// The facts of refund claims from which their state is computed. Called by worker/data/claims.ts and worker/claims/look-after.ts.
import { fail } from '../../workflows/rules/assert-never.ts';
import { CLAIM_REASONS } from '../../workflows/rules/claim.ts';
import { CLAIM_OUTCOMES, type ClaimFacts } from '../../workflows/rules/claim-state.ts';
import { number, numberOrNull, type Row } from './db.ts';
import { IS_OPEN_REFUND } from './refunds.ts';

const REFUNDS = (condition: string): string =>
  `(SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.decision_id = n.id AND ${condition})`;
const IS_STUCK = `r.settled_at IS NULL AND r.refused_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM refund follows WHERE follows.replaces = r.id)`;

/** SQL: what the patient has sent last: a file, a form or a signature. */
const SENT = `(SELECT max(at) FROM (SELECT max(g.at) AS at FROM claim_form g WHERE g.claim_id = m.id UNION ALL
  SELECT max(x.at) FROM claim_file x WHERE x.claim_id = m.id UNION ALL SELECT max(s.at) FROM claim_signature s WHERE s.claim_id = m.id))`;

/** SQL: the columns of a claim `m` with its latest form `f` and its decision `n`, as CLAIM_JOINS join them. */
export const CLAIM_COLUMNS = `m.id, m.number, m.token, m.consultation_id, m.person_id, m.opened_by, m.demanded_at, m.due_at, m.withdrawn_at, m.decided_at,
  m.version AS claim_version, f.version AS form_version, f.at AS form_at, f.reason AS claim_reason, f.amount_minor AS claim_minor,
  (SELECT max(s.form_version) FROM claim_signature s WHERE s.claim_id = m.id) AS signed_version,
  (SELECT max(q.at) FROM claim_question q WHERE q.claim_id = m.id) AS question_at, ${SENT} AS sent_last_at,
  n.id AS decision_id, n.outcome AS decision_outcome, n.amount_minor AS decision_minor, n.in_force_at,
  ${REFUNDS(`${IS_OPEN_REFUND('r')} AND r.via = 'provider'`)} AS going_minor,
  ${REFUNDS(`${IS_OPEN_REFUND('r')} AND r.via <> 'provider'`)} AS by_hand_minor,
  ${REFUNDS('r.settled_at IS NOT NULL')} AS claim_returned_minor, ${REFUNDS(IS_STUCK)} AS claim_stuck_minor`;

export const CLAIM_JOINS = `JOIN claim_form f ON f.claim_id = m.id AND f.version = (SELECT max(l.version) FROM claim_form l WHERE l.claim_id = m.id)
  LEFT JOIN claim_decision n ON n.claim_id = m.id AND n.turned_down_at IS NULL`;

export const claimFactsOf = (row: Row): ClaimFacts => ({
  demandedAt: number(row, 'demanded_at'),
  dueAt: number(row, 'due_at'),
  withdrawnAt: numberOrNull(row, 'withdrawn_at'),
  decidedAt: numberOrNull(row, 'decided_at'),
  formVersion: number(row, 'form_version'),
  formAt: number(row, 'form_at'),
  reason: CLAIM_REASONS.find(reason => reason === row.claim_reason) ?? fail(`A claim for the reason ${row.claim_reason}.`),
  amountMinor: number(row, 'claim_minor'),
  signedVersion: numberOrNull(row, 'signed_version'),
  askedAt: numberOrNull(row, 'question_at'),
  sentAt: numberOrNull(row, 'sent_last_at'),
  decision:
    row.decision_id === null
      ? null
      : {
          outcome:
            CLAIM_OUTCOMES.find(outcome => outcome === row.decision_outcome) ??
            fail(`A decision with the outcome ${row.decision_outcome}.`),
          amountMinor: number(row, 'decision_minor'),
          inForceAt: numberOrNull(row, 'in_force_at'),
        },
  goingMinor: number(row, 'going_minor'),
  byHandMinor: number(row, 'by_hand_minor'),
  returnedMinor: number(row, 'claim_returned_minor'),
  stuckMinor: number(row, 'claim_stuck_minor'),
});
