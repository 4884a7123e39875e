// The payment port: what the cabinet needs from any payment provider. Sums are minor units, ids are the provider's. A new provider is a
// file in this folder and an entry in providers.ts. Called by worker/money/payments.ts and worker/routes/machines/notices.ts.

import type { Fiscal } from '../../../workflows/rules/receipt.ts';
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
}

/** A payment as the provider's list shows it. */
export interface ListedPayment extends ProviderPayment {
  /** The money is held there and waits to be captured. */
  readonly isHeld: boolean;
  /** Made without real money. */
  readonly isTest: boolean;
}

/** A page of a list, and where the next one begins; null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** What was made at the provider in this time, ms, from a place in the list on. */
export interface Span {
  readonly since: number;
  readonly until: number;
  readonly cursor: string | null;
}

export interface RefundOrder {
  /** Our refund's id. */
  readonly key: string;
  readonly paymentProviderId: string;
  readonly amountMinor: number;
  readonly description: string;
  /** Set for a partial refund; the receipt of a full refund repeats the payment's. */
  readonly partReceipt: { readonly email: string; readonly vatCode: number } | null;
}

export interface ProviderRefund {
  readonly providerId: string;
  /** The provider's id of the payment that is returned. */
  readonly paymentProviderId: string;
  readonly amountMinor: number;
  /** Our refund's id as the provider stores it; null when it was made without us. */
  readonly refundId: string | null;
  readonly state: 'pending' | 'succeeded' | 'canceled';
  readonly reason: string | null;
}

/** A fiscal receipt as the provider shows it. */
export interface ProviderReceipt {
  readonly providerId: string;
  readonly state: 'pending' | 'succeeded' | 'canceled';
  readonly isReturn: boolean;
  /** It sets a prepayment off: the receipt of the settlement. */
  readonly setsOff: boolean;
  readonly fiscal: Fiscal | null;
}

export interface SettlementOrder {
  readonly paymentProviderId: string;
  readonly amountMinor: number;
  readonly description: string;
  readonly email: string;
  readonly vatCode: number;
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
  /** The body of the request for a refund. It is kept, because a repetition must be the same bytes. */
  refundRequest(order: RefundOrder): string;
  /** `body` is of refundRequest, `key` the refund's id. */
  refund(key: string, body: string): Promise<ProviderRefund>;
  getRefund(providerId: string): Promise<ProviderRefund | null>;
  /** All refunds of a payment that the provider knows, whoever made them. */
  refundsOf(paymentProviderId: string): Promise<readonly ProviderRefund[]>;
  /** Whether this shop takes no real money. */
  readonly isTest: boolean;
  /** A page of the payments that were made in a span, whoever made them; at most a hundred. */
  paymentsIn(span: Span): Promise<Page<ListedPayment>>;
  refundsIn(span: Span): Promise<Page<ProviderRefund>>;
  /** The receipts of a payment without those of its refunds, or of a refund. Ids are the provider's. */
  receiptsOf(about: { readonly paymentId: string } | { readonly refundId: string }): Promise<readonly ProviderReceipt[]>;
  /** The body of the request for the receipt of a settlement. It is kept, because a repetition must be the same bytes. */
  settlementRequest(order: SettlementOrder): string;
  /** `body` is of settlementRequest. */
  settle(key: string, body: string): Promise<ProviderReceipt>;
  /** Null when the body is not a notice of this provider. */
  parseNotice(body: string): ProviderNotice | null;
}
