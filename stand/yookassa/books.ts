// The state of the stand's YooKassa: its objects in the form of the contract, used idempotence keys, and notices still to be sent. One JSON
// file in the stand's folder, written by the heartbeat and at the end, or memory only.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from './cards.ts';
import type { Money } from './money.ts';
import type { Item, ReceiptData } from './receipt-requests.ts';

type Registration = 'pending' | 'succeeded' | 'canceled';
export type PaymentEvent = 'payment.waiting_for_capture' | 'payment.succeeded' | 'payment.canceled';
export type NoticeEvent = PaymentEvent | 'refund.succeeded';

export interface Payment {
  readonly id: string;
  status: 'pending' | 'waiting_for_capture' | 'succeeded' | 'canceled';
  amount: Money;
  income_amount?: Money;
  readonly description?: string;
  readonly recipient: { readonly account_id: string; readonly gateway_id: string };
  payment_method?: object;
  captured_at?: string;
  readonly created_at: string;
  expires_at?: string;
  confirmation?: { readonly type: 'redirect'; readonly return_url: string; readonly confirmation_url: string };
  readonly test: true;
  refunded_amount?: Money;
  paid: boolean;
  refundable: boolean;
  receipt_registration?: Registration;
  readonly metadata?: Record<string, string | null>;
  cancellation_details?: { readonly party: 'yoo_money' | 'payment_network' | 'merchant'; readonly reason: string };
  authorization_details?: object;
  readonly merchant_customer_id?: string;
}

export interface Refund {
  readonly id: string;
  readonly payment_id: string;
  status: 'pending' | 'succeeded' | 'canceled';
  readonly amount: Money;
  readonly description?: string;
  readonly created_at: string;
  receipt_registration?: Registration;
  cancellation_details?: { readonly party: 'yoo_money' | 'refund_network'; readonly reason: string };
  readonly metadata?: Record<string, string | null>;
}

export interface Receipt {
  readonly id: string;
  readonly type: 'payment' | 'refund';
  readonly payment_id?: string;
  readonly refund_id?: string;
  status: Registration;
  fiscal_document_number?: string;
  fiscal_storage_number?: string;
  fiscal_attribute?: string;
  fiscal_provider_id?: string;
  registered_at?: string;
  readonly items: readonly Item[];
  readonly internet?: boolean;
  readonly settlements: readonly { readonly type: string; readonly amount: Money }[];
  readonly tax_system_code?: number;
}

/** A payment, and the data about it that the contract does not show. Instants are milliseconds. */
export interface PaymentRecord {
  readonly payment: Payment;
  readonly capture: boolean;
  readonly returnUrl: string;
  readonly createdAt: number;
  receipt: ReceiptData;
  /** The card that waits for its 3-D Secure code. */
  challenged?: Card;
}

interface RefundRecord {
  readonly refund: Refund;
  readonly receipt?: ReceiptData;
  readonly createdAt: number;
}

interface ReceiptRecord {
  readonly receipt: Receipt;
  readonly createdAt: number;
}

export interface Notice {
  readonly id: string;
  readonly event: NoticeEvent;
  readonly body: string;
  readonly createdAt: number;
  dueAt: number;
  attempts: number;
  /** Held back until the next notice is sent before it. */
  held: boolean;
  end?: 'delivered' | 'dropped' | 'givenUp';
  lastAnswer?: string;
}

interface Remembered {
  readonly fingerprint: string;
  readonly status: number;
  readonly body: object;
  readonly at: number;
}

export interface Books {
  payments: Record<string, PaymentRecord>;
  refunds: Record<string, RefundRecord>;
  receipts: Record<string, ReceiptRecord>;
  keys: Record<string, Remembered>;
  notices: Notice[];
}

export function openBooks(dir?: string): { readonly books: Books; save(): void } {
  const file = dir === undefined ? undefined : join(dir, 'yookassa.json');
  const books: Books =
    file !== undefined && existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : { payments: {}, refunds: {}, receipts: {}, keys: {}, notices: [] };
  let saved = '';
  return {
    books,
    save() {
      if (dir === undefined || file === undefined) return;
      const text = JSON.stringify(books);
      if (text === saved) return;
      saved = text;
      mkdirSync(dir, { recursive: true });
      writeFileSync(`${file}.new`, text);
      renameSync(`${file}.new`, file);
    },
  };
}

/** Ids look like real ones: seconds since the year 2000, a constant, random bytes. */
export function newId(now: number): string {
  const seconds = Math.floor((now - Date.UTC(2000, 0, 1)) / 1000);
  return `${seconds.toString(16).padStart(8, '0')}-000f-5000-a000-${randomBytes(6).toString('hex')}`;
}
