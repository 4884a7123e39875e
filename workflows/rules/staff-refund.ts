// A refund that a person of finance sees to: what the provider said, and what may be done. Read by worker/data/staff-refunds.ts. Instants are ms, sums
// minor units.
import type { RefundReason } from './refund.ts';

export interface StaffRefund {
  readonly id: string;
  readonly consultationId: string;
  readonly seq: number;
  readonly amountMinor: number;
  readonly source: 'rule' | 'claim' | 'staff' | 'external';
  readonly via: 'provider' | 'manual';
  readonly reason: RefundReason;
  readonly askedAt: number;
  readonly settledAt: number | null;
  readonly refusedAt: number | null;
  /** The provider's word; null when it was not refused. */
  readonly refuseReason: string | null;
  readonly document: string | null;
  /** YYYY-MM-DD. */
  readonly documentOn: string | null;
  /** Who asked again or paid by hand. */
  readonly by: string | null;
  readonly review: { readonly note: string; readonly at: number; readonly by: string } | null;
  /** The refund that took its place. */
  readonly followedBy: string | null;
  readonly payment: {
    readonly amountMinor: number;
    readonly leftMinor: number;
    readonly at: number;
    readonly method: string | null;
    readonly providerId: string | null;
  };
  readonly claim: { readonly id: string; readonly number: string } | null;
  readonly patient: string;
  readonly startsAt: number;
}

/** `again`: the provider is asked once more. `byHand`: a payment order of the bank. `review`: a note on what was made elsewhere. */
export const STAFF_ACTS = ['again', 'byHand', 'review'] as const;
export type StaffAct = (typeof STAFF_ACTS)[number];

/** A refused one is tried again or paid by hand while something is left of its payment; one that is owed by hand is paid; one made elsewhere is looked at. */
export function staffActsOf(
  r: Pick<StaffRefund, 'via' | 'source' | 'settledAt' | 'refusedAt' | 'followedBy' | 'review' | 'payment'>,
): StaffAct[] {
  const acts: StaffAct[] = [];
  const isRefused = r.settledAt === null && r.refusedAt !== null && r.followedBy === null && r.payment.leftMinor > 0;
  const isOwedByHand = r.via === 'manual' && r.settledAt === null && r.refusedAt === null;
  if (isRefused) acts.push('again');
  if (isRefused || isOwedByHand) acts.push('byHand');
  if (r.source === 'external' && r.review === null) acts.push('review');
  return acts;
}
