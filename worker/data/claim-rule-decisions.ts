// The decision of a claim by rule (workflows/rules/claim-rule.ts): the decision with what the rule saw, its refunds and the message to the workflow in one
// batch. Called by worker/claims/look-after.ts.
import type { RuleSeen } from '../../workflows/rules/claim-rule.ts';
import { audited } from './audit.ts';
import { claimChanged } from './claim-signals.ts';
import type { CaredClaim, LeftOfPayment } from './claims.ts';
import { type Database, isClash, raised, type Write, write } from './db.ts';
import { newId } from './ids.ts';

export interface RuleDecision {
  readonly claim: CaredClaim;
  readonly lefts: readonly LeftOfPayment[];
  readonly because: string;
  /** What the patient reads, in the language of the clinic's documents. */
  readonly reason: string;
  readonly saw: RuleSeen;
}

const NEXT_SEQ = '(SELECT count(*) + 1 FROM refund r WHERE r.payment_id = p.id)';

/** Grants the demand in full. False when something has happened to the claim or to its money meanwhile: it is looked at again. */
export async function decideByRule(db: Database, d: RuleDecision, now: number): Promise<boolean> {
  const { claim, because, saw } = d;
  const { formVersion, amountMinor } = claim.facts;
  const decisionId = newId();
  try {
    await write(db, [
      {
        sql: `INSERT INTO claim_decision (id, claim_id, form_version, at, outcome, amount_minor, reason, saw, in_force_at)
          VALUES (?1, ?2, ?3, ?4, 'full', ?5, ?6, ?7, ?4)`,
        args: [decisionId, claim.id, formVersion, now, amountMinor, d.reason, JSON.stringify({ because, ...saw })],
      },
      ...refunds(d, decisionId, now),
      claimChanged(claim.id, claim.consultationId, `claim-decided:${decisionId}`, now),
      audited({ now, personId: null, sessionId: null, act: 'claim.decide', kind: 'claim', id: claim.id, detail: because }),
    ]);
    return true;
  } catch (error) {
    if (isClash(error) || raised(error, ['claimIsOver', 'otherContent', 'notDecided', 'refundExceeds']) !== null) return false;
    throw error;
  }
}

/** Spread over the payments, the oldest first. The trigger refund_within_payment refuses the batch if less is left of one than was read. */
function refunds({ claim, lefts }: RuleDecision, decisionId: string, now: number): Write[] {
  const parts: Write[] = [];
  let owed = claim.facts.amountMinor;
  for (const { paymentId, minor } of lefts) {
    const part = Math.min(owed, minor);
    if (part <= 0) break;
    owed -= part;
    parts.push({
      sql: `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, decision_id, asked_at, next_at)
        SELECT ?1, ?2, p.id, ${NEXT_SEQ}, ?4, 'claim', 'claim', ?5, ?6, ?6 FROM payment p WHERE p.id = ?3`,
      args: [newId(), claim.consultationId, paymentId, part, decisionId, now],
    });
  }
  return parts;
}
