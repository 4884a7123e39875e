// Letters about a refund claim: how to sign it, what the clinic asks, what it decided, that the money is back. They name the sum, the number and the days,
// and nothing about the visit except its time. Called by letter.ts.
import { dayOf, rub, type Clocks } from '../format.ts';
import { wordsOf } from '../words.ts';
import type { ClaimOutcome } from '../../workflows/rules/claim-state.ts';
import type { Sheet } from './frame.ts';

/** What a letter about a claim may use. Instants are ms, sums minor units. */
export interface ClaimLetterFacts {
  readonly id: string;
  readonly number: string;
  /** With the token: zayavlenie+TOKEN@… */
  readonly address: string;
  readonly amountMinor: number;
  /** The end of the tenth day. */
  readonly dueAt: number;
  /** The latest question of finance. */
  readonly question: string | null;
  readonly decision: { readonly outcome: ClaimOutcome; readonly minor: number; readonly reason: string } | null;
  readonly isToAccount: boolean;
}

export const CLAIM_LETTERS = ['claimMade', 'claimUnsigned', 'claimSigned', 'claimQuestion', 'claimDecided', 'claimReturned'] as const;
export type ClaimLetterKind = (typeof CLAIM_LETTERS)[number];

type Draft = Pick<Sheet, 'heading' | 'button' | 'links' | 'paragraphs'> & { readonly subject: string };

export function claimLetter(kind: ClaimLetterKind, claim: ClaimLetterFacts | null, publicUrl: string, clocks: Clocks): Draft {
  if (claim === null) throw new Error(`A letter ${kind} without its claim.`);
  const w = wordsOf(clocks.lang).letters.claim;
  const page = `${publicUrl}/refund-claims/${claim.id}`;
  const button = { label: w.open, href: page };
  const { subject, heading } = w[kind];
  const sum = rub(kind === 'claimReturned' || kind === 'claimDecided' ? (claim.decision?.minor ?? 0) : claim.amountMinor, clocks.lang);
  return { subject: subject(claim.number), heading: heading(sum), button, paragraphs: paragraphs(kind, claim, clocks) };
}

function paragraphs(kind: ClaimLetterKind, claim: ClaimLetterFacts, clocks: Clocks): string[] {
  const w = wordsOf(clocks.lang).letters.claim;
  // The last day, and not the midnight that ends it.
  const until = dayOf(claim.dueAt - 1, clocks);
  switch (kind) {
    case 'claimMade':
      return [w.claimMade.text(until), w.sign, w.byMail(claim.address, claim.number)];
    case 'claimUnsigned':
      return [w.claimUnsigned.text(until), w.sign, w.byMail(claim.address, claim.number)];
    case 'claimSigned':
      return [w.claimSigned.text(until)];
    case 'claimQuestion':
      return [claim.question ?? '', w.claimQuestion.text(claim.address)];
    case 'claimDecided':
      return decided(claim, clocks);
    case 'claimReturned':
      return [w.claimReturned.text];
  }
}

function decided({ decision, amountMinor, isToAccount }: ClaimLetterFacts, clocks: Clocks): string[] {
  const w = wordsOf(clocks.lang).letters.claim;
  if (decision === null) return [];
  const outcome = w.claimDecided[decision.outcome](rub(decision.minor, clocks.lang), rub(amountMinor, clocks.lang));
  const next = decision.outcome === 'refused' ? w.refusedNext : isToAccount ? w.toAccount : w.sameWay;
  return [outcome, w.because(decision.reason), next];
}
