// One claim as finance sees it on one screen. Read by worker/data/claim-desk.ts, drawn by views/finance/. Nothing clinical is in it. Instants are ms, sums
// minor units.
import type { ApplicationFacts, ClaimSignature, ClaimVia } from './claim.ts';
import type { ClaimFacts, ClaimOutcome } from './claim-state.ts';
import type { RuleOpinion } from './claim-rule.ts';
import type { LetterTrace } from './letter.ts';
import type { ReceiptState } from './receipt.ts';

export interface DeskClaim {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly consultationId: string;
  readonly facts: ClaimFacts;
  readonly via: ClaimVia;
  readonly accountLast4: string | null;
  readonly application: ApplicationFacts;
  readonly patient: string;
  /** What may still be returned: at most the demand. */
  readonly availableMinor: number;
  readonly secondAboveMinor: number;
  /** The rule grants by itself when both were together for less. */
  readonly ruleMinutes: number;
  readonly decision: {
    readonly id: string;
    readonly outcome: ClaimOutcome;
    readonly amountMinor: number;
    readonly reason: string;
    /** Null when a rule has decided. */
    readonly by: string | null;
    readonly isOwn: boolean;
  } | null;
}

export interface ClaimPhoto {
  readonly id: string;
  readonly name: string;
  readonly type: 'image/jpeg' | 'image/png' | 'application/pdf';
  readonly bytes: number;
  readonly at: number;
  readonly source: 'upload' | 'letter';
  readonly removed: { readonly at: number; readonly by: string } | null;
}

/** What happened to the claim, in order. `by` is null for the patient's letters and for rules. */
export type ClaimEvent = { readonly at: number; readonly by: string | null } & (
  | { readonly kind: 'form'; readonly version: number; readonly minor: number }
  | { readonly kind: 'signature'; readonly way: ClaimSignature }
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'decision'; readonly outcome: ClaimOutcome; readonly minor: number; readonly text: string }
  | { readonly kind: 'agreed' | 'turnedDown' | 'withdrawn' }
);

export interface LedgerLine {
  readonly id: string;
  readonly kind: 'payment' | 'refund';
  readonly at: number;
  readonly minor: number;
  readonly state: 'done' | 'going' | 'byHand' | 'refused';
  readonly method: string | null;
  /** The payment order of a refund by hand. */
  readonly document: string | null;
  readonly receipt: { readonly state: ReceiptState; readonly number: string | null } | null;
}

/** Money with the clinic after each line. What is on its way back is still with the clinic. */
export function balancesOf(lines: readonly LedgerLine[]): number[] {
  let left = 0;
  return lines.map(({ kind, state, minor }) => {
    if (state === 'done') left += kind === 'payment' ? minor : -minor;
    return left;
  });
}

export interface EarlierClaim {
  readonly id: string;
  readonly number: string;
  readonly demandedAt: number;
  readonly outcome: ClaimOutcome | null;
  readonly isWithdrawn: boolean;
}

export interface ClaimCall {
  readonly togetherMinutes: number;
  readonly faults: Readonly<Record<'patient' | 'clinic' | 'sfu' | 'unknown', number>>;
  readonly hasRecord: boolean;
  /** What the rule says of the consultation as it stands now. */
  readonly opinion: RuleOpinion;
}

/** A letter that came in and is the claim's. */
export interface IncomingLetter {
  readonly id: string;
  readonly at: number;
  readonly sender: string | null;
  readonly subject: string;
  /** From an address that is not the claimant's. */
  readonly isFromElsewhere: boolean;
}

export interface ClaimScreen {
  readonly claim: DeskClaim;
  readonly photos: readonly ClaimPhoto[];
  readonly events: readonly ClaimEvent[];
  readonly ledger: readonly LedgerLine[];
  readonly letters: readonly LetterTrace[];
  readonly incoming: readonly IncomingLetter[];
  readonly earlier: readonly EarlierClaim[];
  readonly call: ClaimCall;
}
