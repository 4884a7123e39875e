// Refund claims: what is due for one, and when it is looked after again. Called by worker/claims/.
import type { ClaimFacts } from '../../workflows/rules/claim-state.ts';
import { fail } from '../../workflows/rules/assert-never.ts';
import { LETTER_KINDS, type LetterKind } from '../../workflows/rules/letter.ts';
import { CLAIM_COLUMNS, CLAIM_JOINS, claimFactsOf } from './claim-facts.ts';
import { every, one, type Read, text } from './db.ts';

export interface CaredClaim {
  readonly id: string;
  readonly consultationId: string;
  readonly facts: ClaimFacts;
}

/** The claim for who looks after it; null when there is none. */
export const caredClaimRead = (id: string): Read<CaredClaim | null> => ({
  sql: `SELECT ${CLAIM_COLUMNS} FROM refund_claim m ${CLAIM_JOINS} WHERE m.id = ?1`,
  args: [id],
  take: one(row => ({ id: text(row, 'id'), consultationId: text(row, 'consultation_id'), facts: claimFactsOf(row) })),
});

export interface ClaimLetter {
  readonly kind: LetterKind;
  /** The claim's id, with a number behind it where a kind may come more than once. */
  readonly subject: string;
}

/** Letters about the claim that have a row and were not sent. */
export const unsentClaimLettersRead = (id: string): Read<ClaimLetter[]> => ({
  sql: `SELECT t.kind, t.subject FROM letter t JOIN refund_claim m ON m.consultation_id = t.consultation_id
    WHERE m.id = ?1 AND t.state = 'queued' AND (t.subject = ?1 OR t.subject LIKE ?1 || ':%') ORDER BY t.queued_at, t.id`,
  args: [id],
  take: every(row => ({
    kind: LETTER_KINDS.find(kind => kind === row.kind) ?? fail(`A letter of the kind ${row.kind}.`),
    subject: text(row, 'subject'),
  })),
});
