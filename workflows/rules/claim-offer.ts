// Whether «Вернуть оплату» is offered for a consultation, and why not. Called by the history, the consultation's page and the form. Sums are minor units.
import type { ClaimState } from './claim-state.ts';
import { isClaimOpen } from './claim-state.ts';
import { type Facts, statusOf } from './status.ts';

/** A claim about the consultation, as a link to it needs it. */
export interface ClaimLink {
  readonly id: string;
  readonly number: string;
  readonly state: ClaimState;
}

/**
 * `nothingPaid`: no money was taken. `ahead`: cancelling returns it. `going`: the booked time is not over. `byRule`: the clinic owes it and returns it
 * without an application. `returning`, `returned`: all of it is on its way or back.
 */
export type NotOffered = 'nothingPaid' | 'ahead' | 'going' | 'byRule' | 'returning' | 'returned';

export type ClaimOffer =
  | {
      readonly kind: 'offered';
      /** What has been paid and is neither back nor on its way: the most that can be demanded. */
      readonly availableMinor: number;
      /** The bank did not take the money back, or the payment is too old for the provider, so an account is needed. */
      readonly needsAccount: boolean;
      /** The latest earlier claim, for example a refused one. */
      readonly before: ClaimLink | null;
    }
  | { readonly kind: 'open'; readonly claim: ClaimLink }
  | { readonly kind: 'not'; readonly why: NotOffered; readonly before: ClaimLink | null };

/** A payment is returned by the provider for three years (yookassa.ru/developers/payment-acceptance/after-the-payment/refunds). */
export const RETURNABLE_MS = 3 * 365 * 86_400_000;

/** `claims`: the claims about the consultation, the latest first. */
export function claimOfferOf(facts: Facts, claims: readonly ClaimLink[], now: number): ClaimOffer {
  const [before = null] = claims;
  if (before !== null && isClaimOpen(before.state)) return { kind: 'open', claim: before };
  const why = whyNot(facts, now);
  if (why !== null) return { kind: 'not', why, before };
  const isOld = facts.firmAt !== null && now - facts.firmAt > RETURNABLE_MS;
  return {
    kind: 'offered',
    availableMinor: facts.takenMinor - facts.returningMinor,
    needsAccount: isOld || facts.refusedMinor > 0,
    before,
  };
}

function whyNot(facts: Facts, now: number): NotOffered | null {
  const { takenMinor, returningMinor, returnedMinor } = facts;
  if (takenMinor === 0) return 'nothingPaid';
  if (takenMinor <= returnedMinor) return 'returned';
  if (takenMinor <= returningMinor) return 'returning';
  switch (statusOf(facts, now)) {
    case 'reserved':
    case 'lapsed':
      return facts.refusedMinor > 0 ? null : 'byRule';
    case 'paid':
    case 'waiting':
    case 'progress':
      return now < facts.startsAt ? 'ahead' : now < facts.endsAt ? 'going' : null;
    case 'concluded':
    case 'published':
    case 'cancelled':
    case 'absent':
    case 'failed':
      return null;
  }
}
