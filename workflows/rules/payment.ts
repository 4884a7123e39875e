// One payment attempt as it is shown to its patient and to staff. Instants are ms, sums minor units.

/** The fiscal receipt of a payment (54-ФЗ) as the provider reports it. */
export const RECEIPT_STATES = ['none', 'pending', 'succeeded', 'canceled'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

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
  readonly receipt: ReceiptState;
}
