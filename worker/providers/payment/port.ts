// The payment port: what the cabinet needs from any payment provider. Sums are minor units, ids are the provider's. A new provider is a
// file in this folder and an entry in providers.ts. Called by worker/money/payments.ts and worker/routes/machines/notices.ts.

import { Unavailable } from '../errors.ts';

export interface Bill {
  /** Our payment's id; also the idempotency key. */
  readonly key: string;
  readonly consultationId: string;
  readonly amountMinor: number;
  /** The text on the bank statement and the receipt; nothing medical. */
  readonly description: string;
  readonly email: string;
  readonly vatCode: number;
  readonly returnUrl: string;
}

export interface ProviderPayment {
  readonly providerId: string;
  readonly state: 'pending' | 'succeeded' | 'canceled';
  readonly amountMinor: number;
  readonly currency: string;
  /** Our own ids as the provider stores them. */
  readonly paymentId: string | null;
  readonly consultationId: string | null;
  /** Where the person pays; null when there is nothing to do there any more. */
  readonly confirmationUrl: string | null;
  /** The means of payment: the provider's type, and a card's last four digits after a colon: «bank_card:4477», «sbp». */
  readonly method: string | null;
  readonly cancelReason: string | null;
  readonly receipt: 'none' | 'pending' | 'succeeded' | 'canceled';
}

export interface RefundOrder {
  /** Our refund's id; also the idempotency key. */
  readonly key: string;
  /**
   * Whether it was requested so long ago that the provider may have made it and forgotten the key. Then it is looked for first, because a part
   * of a payment could be returned twice.
   */
  readonly isOld: boolean;
  readonly paymentProviderId: string;
  readonly amountMinor: number;
  readonly description: string;
  /** Set for a partial refund; the receipt of a full refund repeats the payment's. */
  readonly partReceipt: { readonly email: string; readonly vatCode: number } | null;
}

export interface ProviderRefund {
  readonly providerId: string;
  readonly state: 'pending' | 'succeeded' | 'canceled';
  readonly reason: string | null;
}

export interface ProviderNotice {
  readonly event: string;
  /** `other`: of a type that the cabinet does not need. */
  readonly kind: 'payment' | 'refund' | 'other';
  /** The object of the notice. Only its id is used; its state is fetched from the provider. */
  readonly objectId: string;
}

/** The provider did not answer, or the result is unknown; the same key may be tried again. */
export class ProviderUnavailable extends Unavailable {
  override readonly name = 'ProviderUnavailable';
}

/** The provider refused; repeating would be refused again. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface PaymentPort {
  /** The name stored in payment rows; its notices come to /notices/<provider>. */
  readonly provider: string;
  create(bill: Bill): Promise<ProviderPayment>;
  /** Null when the provider does not have this payment. `patienceMs`: how long a person waits for the answer. */
  get(providerId: string, patienceMs?: number): Promise<ProviderPayment | null>;
  refund(order: RefundOrder): Promise<ProviderRefund>;
  getRefund(providerId: string): Promise<ProviderRefund | null>;
  /** Null when the body is not a notice of this provider. */
  parseNotice(body: string): ProviderNotice | null;
}
