// The states of a payment: created as pending, paid or refused at the payment page, captured, canceled, or expired by the clock.
import { randomInt } from 'node:crypto';
import { newId, type Payment, type PaymentEvent, type PaymentRecord } from './books.ts';
import { type Card, type TestCard, testCard } from './cards.ts';
import { minorOf, moneyOf } from './money.ts';
import { registerOwn } from './receipts.ts';
import { badRequest, Refusal } from './refusal.ts';
import type { CapturePayment, CreatePayment } from './requests.ts';
import { isoOf, type Shop } from './shop.ts';

const HOUR = 3_600_000;
/** A card's hold may be captured for seven days. */
const HOLD = 7 * 24 * HOUR;
/** YooKassa takes 3.5 % of a test payment, as its test shop does. */
const FEE_PERCENT = 3.5;

export function createPayment(shop: Shop, asked: CreatePayment): Payment {
  const createdAt = shop.now();
  const id = newId(createdAt);
  const payment: Payment = {
    id,
    status: 'pending',
    amount: moneyOf(minorOf(asked.amount)),
    description: asked.description,
    recipient: { account_id: shop.id, gateway_id: '1' },
    created_at: isoOf(createdAt),
    confirmation: {
      type: 'redirect',
      return_url: asked.confirmation.return_url,
      confirmation_url: `${frontOf(shop.url())}/checkout/${id}`,
    },
    test: true,
    paid: false,
    refundable: false,
    metadata: asked.metadata,
    merchant_customer_id: asked.merchant_customer_id,
  };
  shop.books.payments[id] = {
    payment,
    capture: asked.capture,
    returnUrl: asked.confirmation.return_url,
    createdAt,
    receipt: asked.receipt,
  };
  return payment;
}

/**
 * The origin to which a shop sends people. It is not the one of the payment page: the real one also redirects from its first address to another
 * host, and browsers judge such redirects (checkout.ts).
 */
export const frontOf = (url: string): string => url.replace('//127.0.0.1', '//localhost');

/** Throws 404 for an unknown id, as YooKassa does for another shop's payment. */
export function findPayment(shop: Shop, id: string): PaymentRecord {
  const found = shop.books.payments[id];
  if (found === undefined) throw new Refusal(404, 'Payment doesn’t exist.', 'payment_id');
  return found;
}

/**
 * Called when the card was entered, with its code when it needs one; the code «0000» fails the check. Returns what the person still has to
 * do.
 */
export function pay(shop: Shop, record: PaymentRecord, card: Card, code?: string): 'done' | 'askCode' {
  const known = testCard(card.number);
  if (known === undefined || record.payment.status !== 'pending') throw badRequest('The payment cannot be paid.', 'payment_id');
  if (known.threeDSecure && code === undefined) {
    record.challenged = card;
    return 'askCode';
  }
  record.challenged = undefined;
  const failed = code === '0000' && known.threeDSecure;
  const refusal = failed ? { party: 'payment_network' as const, reason: '3d_secure_failed' } : known.refusal;
  record.payment.payment_method = methodOf(record.payment.id, card, known);
  if (refusal === undefined) authorize(shop, record, known);
  else end(shop, record, refusal);
  return 'done';
}

export function capturePayment(shop: Shop, record: PaymentRecord, asked: CapturePayment): Payment {
  const { payment } = record;
  mustWait(payment);
  const whole = minorOf(payment.amount);
  const minor = asked.amount === undefined ? whole : minorOf(asked.amount);
  if (minor > whole) throw badRequest('The amount is greater than was authorized.', 'amount');
  if (minor < whole && asked.receipt === undefined) throw badRequest('Receipt is missing or illegal', 'receipt');
  record.receipt = asked.receipt ?? record.receipt;
  payment.amount = moneyOf(minor);
  succeed(shop, record);
  return payment;
}

export function cancelPayment(shop: Shop, record: PaymentRecord): Payment {
  mustWait(record.payment);
  end(shop, record, { party: 'merchant', reason: 'canceled_by_merchant' });
  return record.payment;
}

/** Closes the payment page before its time. `isTold`: the shop gets a notice about it. */
export function closePayment(shop: Shop, record: PaymentRecord, isTold: boolean): Payment {
  if (record.payment.status !== 'pending') throw badRequest(`The payment is ${record.payment.status}, it must be pending.`, 'payment_id');
  end(shop, record, { party: 'yoo_money', reason: 'expired_on_confirmation' }, isTold);
  return record.payment;
}

/** Ends payments that were not paid within an hour or not captured in time. */
export function expirePayments(shop: Shop): void {
  const now = shop.now();
  for (const record of Object.values(shop.books.payments)) {
    const { status, expires_at } = record.payment;
    if (status === 'pending' && now >= record.createdAt + HOUR)
      end(shop, record, { party: 'yoo_money', reason: 'expired_on_confirmation' });
    if (status === 'waiting_for_capture' && expires_at !== undefined && now >= Date.parse(expires_at))
      end(shop, record, { party: 'yoo_money', reason: 'expired_on_capture' });
  }
}

function authorize(shop: Shop, record: PaymentRecord, card: TestCard): void {
  const { payment } = record;
  payment.paid = true;
  payment.confirmation = undefined;
  payment.authorization_details = {
    rrn: String(randomInt(1e11, 1e12)),
    auth_code: String(randomInt(1e5, 1e6)),
    three_d_secure: { applied: card.threeDSecure },
  };
  if (record.capture) return succeed(shop, record);
  payment.status = 'waiting_for_capture';
  payment.expires_at = isoOf(shop.now() + HOLD);
  tell(shop, 'payment.waiting_for_capture', payment);
}

function succeed(shop: Shop, record: PaymentRecord): void {
  const { payment } = record;
  const minor = minorOf(payment.amount);
  Object.assign(payment, {
    status: 'succeeded',
    captured_at: isoOf(shop.now()),
    expires_at: undefined,
    income_amount: moneyOf(minor - Math.round((minor * FEE_PERCENT) / 100)),
    refunded_amount: moneyOf(0),
    refundable: true,
    receipt_registration: registerOwn(shop, 'payment', { payment_id: payment.id }, record.receipt).status,
  } satisfies Partial<Payment>);
  tell(shop, 'payment.succeeded', payment);
}

function end(shop: Shop, record: PaymentRecord, cancellation_details: NonNullable<Payment['cancellation_details']>, isTold = true): void {
  const gone = { status: 'canceled', paid: false, refundable: false, confirmation: undefined, expires_at: undefined } as const;
  Object.assign(record.payment, gone, { cancellation_details });
  record.challenged = undefined;
  if (isTold) tell(shop, 'payment.canceled', record.payment);
}

function mustWait({ status }: Payment): void {
  if (status !== 'waiting_for_capture') throw badRequest(`The payment is ${status}, it must be waiting_for_capture.`, 'payment_id');
}

function methodOf(id: string, { number, month, year }: Card, { type }: TestCard): object {
  const card = { first6: number.slice(0, 6), last4: number.slice(-4), expiry_year: year, expiry_month: month, card_type: type };
  return { type: 'bank_card', id, saved: false, status: 'inactive', title: `Bank card *${card.last4}`, card };
}

const tell = (shop: Shop, event: PaymentEvent, payment: Payment) => shop.tell(event, payment);
