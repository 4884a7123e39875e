// The state of a refund claim, computed from its rows and now. A state is never stored. Called by the claim's page, its workflow and the finance queue.
import type { ClaimReason } from './claim.ts';

export const CLAIM_OUTCOMES = ['full', 'part', 'refused'] as const;
export type ClaimOutcome = (typeof CLAIM_OUTCOMES)[number];

export const CLAIM_STATES = [
  'demanded',
  'signed',
  'inReview',
  'moreAsked',
  'waitsForSecond',
  'approved',
  'part',
  'refused',
  'returning',
  'returned',
  'stuck',
  'withdrawn',
] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** What D1 stores about one claim. Instants are ms, sums minor units. */
export interface ClaimFacts {
  readonly demandedAt: number;
  /** The end of the tenth day on the clinic's calendar. */
  readonly dueAt: number;
  readonly withdrawnAt: number | null;
  readonly decidedAt: number | null;
  /** The latest form. */
  readonly formVersion: number;
  readonly formAt: number;
  readonly reason: ClaimReason;
  readonly amountMinor: number;
  /** The form that the latest signature is under; null without one. */
  readonly signedVersion: number | null;
  /** The latest question of finance, and the latest file, form or signature. */
  readonly askedAt: number | null;
  readonly sentAt: number | null;
  /** The decision in force, or the one that waits for a second person. */
  readonly decision: { readonly outcome: ClaimOutcome; readonly amountMinor: number; readonly inForceAt: number | null } | null;
  /** Refunds of the decision: on their way through the provider, by hand and not yet done, settled, refused and followed by none. */
  readonly goingMinor: number;
  readonly byHandMinor: number;
  readonly returnedMinor: number;
  readonly stuckMinor: number;
}

export function claimStateOf(facts: ClaimFacts): ClaimState {
  if (facts.withdrawnAt !== null) return 'withdrawn';
  if (facts.decidedAt !== null && facts.decision !== null) return decidedState(facts, facts.decision);
  if (facts.decision !== null) return 'waitsForSecond';
  if (facts.askedAt !== null) return facts.sentAt !== null && facts.sentAt > facts.askedAt ? 'inReview' : 'moreAsked';
  return facts.signedVersion === facts.formVersion ? 'signed' : 'demanded';
}

function decidedState(facts: ClaimFacts, { outcome, amountMinor }: NonNullable<ClaimFacts['decision']>): ClaimState {
  if (outcome === 'refused') return 'refused';
  if (facts.stuckMinor > 0) return 'stuck';
  if (facts.goingMinor > 0) return 'returning';
  if (facts.returnedMinor >= amountMinor) return 'returned';
  return outcome === 'full' ? 'approved' : 'part';
}

/** Nothing more happens to it by itself or by a person. */
export const isClaimOver = (state: ClaimState): boolean => state === 'refused' || state === 'returned' || state === 'withdrawn';

/** Nobody has decided yet, and the patient has not withdrawn it. */
export const isClaimOpen = (state: ClaimState): boolean =>
  state === 'demanded' || state === 'signed' || state === 'inReview' || state === 'moreAsked' || state === 'waitsForSecond';

/** Who does what next. */
export type ClaimTurn = 'patient' | 'clinic' | 'second' | 'provider' | 'staff' | 'nobody';

/** An unsigned claim is decided before its last day too, so the clinic may act at any time; but it is the patient who can hasten it. */
export const CLAIM_TURNS: Readonly<Record<ClaimState, ClaimTurn>> = {
  demanded: 'patient',
  signed: 'clinic',
  inReview: 'clinic',
  moreAsked: 'patient',
  waitsForSecond: 'second',
  approved: 'staff',
  part: 'staff',
  refused: 'nobody',
  returning: 'provider',
  returned: 'nobody',
  stuck: 'staff',
  withdrawn: 'nobody',
};
