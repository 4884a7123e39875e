// One refund as it is shown to its patient and to staff. Instants are ms, sums minor units.

/** Why money goes back: it came after the hold had ended, it came twice, or the consultation was cancelled. */
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
