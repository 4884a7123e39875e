// One refund as the patient and the staff see it. Read by worker/data/consultations.ts. Instants are ms, sums minor units.

/** Why money is returned: it came after the hold had ended, it came twice, or the consultation was cancelled. */
export const REFUND_REASONS = ['late', 'cancelled', 'twice'] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

export interface RefundTrace {
  readonly id: string;
  readonly amountMinor: number;
  readonly reason: RefundReason;
  readonly askedAt: number;
  readonly settledAt: number | null;
  readonly refusedAt: number | null;
}
