// One refund as it is shown to its patient and to staff. Instants are ms, sums minor units.

export interface RefundTrace {
  readonly id: string;
  readonly amountMinor: number;
  readonly reason: 'late' | 'cancelled' | 'twice';
  readonly askedAt: number;
  readonly settledAt: number | null;
  readonly refusedAt: number | null;
}
