// What a letter about a refund claim says. Called by worker/letters/send.ts.
import type { ClaimFacts, ClaimOutcome } from '../../workflows/rules/claim-state.ts';
import { claimAddress } from '../../workflows/rules/clinic-setting.ts';
import { CLAIM_COLUMNS, CLAIM_JOINS, claimFactsOf } from './claim-facts.ts';
import { settingAt } from './clinic-settings.ts';
import { given, number, one, type Read, text, textOrNull } from './db.ts';

export interface ClaimInLetter {
  readonly facts: ClaimFacts;
  readonly letter: {
    readonly id: string;
    readonly number: string;
    readonly address: string;
    readonly amountMinor: number;
    readonly dueAt: number;
    readonly question: string | null;
    readonly decision: { readonly outcome: ClaimOutcome; readonly minor: number; readonly reason: string } | null;
    readonly isToAccount: boolean;
  };
}

/** The claim that a letter's subject names; null for a letter about the consultation itself. */
export const claimInLetterRead = (subject: string, now: number): Read<ClaimInLetter | null> =>
  subject === ''
    ? given(null)
    : {
        sql: `SELECT ${CLAIM_COLUMNS}, f.via, n.reason AS decision_reason, ${settingAt('claimsAddress', '?2')} AS claims_address,
            (SELECT q.text FROM claim_question q WHERE q.claim_id = m.id ORDER BY q.at DESC, q.id DESC LIMIT 1) AS question
          FROM refund_claim m ${CLAIM_JOINS} WHERE m.id = ?1`,
        args: [subject.split(':')[0] ?? '', now],
        take: one(row => {
          const facts = claimFactsOf(row);
          const { decision } = facts;
          return {
            facts,
            letter: {
              id: text(row, 'id'),
              number: text(row, 'number'),
              address: claimAddress(text(row, 'claims_address'), text(row, 'token')),
              amountMinor: number(row, 'claim_minor'),
              dueAt: facts.dueAt,
              question: textOrNull(row, 'question'),
              decision:
                decision === null || decision.inForceAt === null
                  ? null
                  : { outcome: decision.outcome, minor: decision.amountMinor, reason: text(row, 'decision_reason') },
              isToAccount: text(row, 'via') === 'account',
            },
          };
        }),
      };
