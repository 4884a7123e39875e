// A fiscal receipt (Federal Law 54-FZ) as the patient and the staff see it. Read by worker/data/receipts.ts. Instants are ms, sums minor units.

/** `prepayment`: when the money came; `settlement`: when the visit took place; `return`: when money went back. */
export const RECEIPT_KINDS = ['prepayment', 'settlement', 'return'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/**
 * `owed`: nobody has heard of it at the cash register; `pending`: it is being registered; `canceled`: the register refused it; `void`: nothing is left to
 * set off.
 */
export const RECEIPT_STATES = ['owed', 'pending', 'succeeded', 'canceled', 'void'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** The numbers that are printed on a receipt and by which anybody can check it. */
export interface Fiscal {
  readonly document: string;
  readonly storage: string;
  readonly attribute: string;
}

export interface ReceiptTrace {
  readonly kind: ReceiptKind;
  readonly paymentId: string;
  readonly refundId: string | null;
  readonly amountMinor: number;
  readonly owedAt: number;
  readonly state: ReceiptState;
  readonly doneAt: number | null;
  readonly fiscal: Fiscal | null;
}
