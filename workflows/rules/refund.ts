// One refund as the patient and the staff see it. Read by worker/data/consultations.ts. Instants are ms, sums minor units.

/**
 * Why money is returned: it came after the hold had ended, it came twice, the consultation was cancelled or could not be held, the patient's claim was
 * granted, or somebody returned it in the provider's own cabinet.
 */
export const REFUND_REASONS = ['late', 'cancelled', 'twice', 'failed', 'claim', 'external'] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

export interface RefundTrace {
  readonly id: string;
  readonly amountMinor: number;
  readonly reason: RefundReason;
  readonly askedAt: number;
  readonly settledAt: number | null;
  readonly refusedAt: number | null;
  /** It was refused, and a person must return the money. False when it went back in another way. */
  readonly isStuck: boolean;
}
