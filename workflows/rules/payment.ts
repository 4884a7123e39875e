// One payment attempt as the patient and the staff see it. Read by worker/data/consultations.ts. Instants are ms, sums minor units.

/** The fiscal receipt of a payment (54-ФЗ) as the provider reports it. */
export const RECEIPT_STATES = ['none', 'pending', 'succeeded', 'canceled'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

export interface PaymentTrace {
  readonly id: string;
  readonly amountMinor: number;
  readonly createdAt: number;
  readonly succeededAt: number | null;
  readonly cancelledAt: number | null;
  /** The provider's reason for a refused payment, for example `insufficient_funds`. */
  readonly cancelReason: string | null;
  /** «bank_card:4477», «sbp»: the provider's type and the last digits of a card; null until paid. */
  readonly method: string | null;
  readonly receipt: ReceiptState;
}
