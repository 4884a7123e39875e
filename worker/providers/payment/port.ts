// The payment port: what the cabinet needs of a payment provider, whichever it is. Sums are minor units, ids are the provider's. A provider is a
// folder's file here and a line in providers.ts.

export interface Bill {
  /** Our payment's id: the idempotency key. */
  readonly key: string;
  readonly consultationId: string;
  readonly amountMinor: number;
  /** What stands on the person's statement and receipt; nothing medical. */
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
  /** Our own ids as the provider keeps them. */
  readonly paymentId: string | null;
  readonly consultationId: string | null;
  readonly confirmationUrl: string | null;
  /** What was paid with: the provider's type, and a card's last four digits after a colon: «bank_card:4477», «sbp». */
  readonly method: string | null;
  readonly cancelReason: string | null;
  readonly receipt: 'none' | 'pending' | 'succeeded' | 'canceled';
}

export interface RefundOrder {
  /** Our refund's id: the idempotency key. */
  readonly key: string;
  readonly paymentProviderId: string;
  readonly amountMinor: number;
  readonly description: string;
  /** Given when only a part goes back: the receipt of a full refund repeats the payment's. */
  readonly partReceipt: { readonly email: string; readonly vatCode: number } | null;
}

export interface ProviderRefund {
  readonly providerId: string;
  readonly state: 'pending' | 'succeeded' | 'canceled';
  readonly reason: string | null;
}

export interface ProviderNotice {
  readonly event: string;
  /** The object that the notice is about: only its id is believed, the rest is asked for again. */
  readonly kind: 'payment' | 'refund';
  readonly objectId: string;
}

/** The provider did not answer, or answered that the result is unknown: the same key may be tried again. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** The provider refused what was asked; repeating it would be refused again. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface PaymentPort {
  /** The name that payment rows keep and that its notices come under: /notices/<provider>. */
  readonly provider: string;
  /** Origin of the page where people pay, for the content policy. */
  readonly pageOrigin: string;
  create(bill: Bill): Promise<ProviderPayment>;
  /** Null when the provider knows no such payment. */
  get(providerId: string): Promise<ProviderPayment | null>;
  refund(order: RefundOrder): Promise<ProviderRefund>;
  getRefund(providerId: string): Promise<ProviderRefund | null>;
  /** Null when the body is no notice of this provider. */
  parseNotice(body: string): ProviderNotice | null;
}
