// One payment attempt as the patient and the staff see it. Read by worker/data/consultations.ts. Instants are ms, sums minor units.

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
}
