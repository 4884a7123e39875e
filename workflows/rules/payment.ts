// One payment attempt as it is shown to its patient and to staff. Instants are ms, sums minor units.

export interface PaymentTrace {
  readonly id: string;
  readonly amountMinor: number;
  readonly createdAt: number;
  readonly succeededAt: number | null;
  readonly cancelledAt: number | null;
  /** The provider's reason of a refused payment, as `insufficient_funds`. */
  readonly cancelReason: string | null;
  /** «bank_card:4477», «sbp»: the provider's type and a card's last digits; null until paid. */
  readonly method: string | null;
  readonly receipt: 'none' | 'pending' | 'succeeded' | 'canceled';
}
