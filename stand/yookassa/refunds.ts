// Refunds: full or partial, never more than was paid, with a receipt when only a part is returned.
import { newId, type Refund } from './books.ts';
import { minorOf, moneyOf } from './money.ts';
import { findPayment } from './payments.ts';
import { registerOwn } from './receipts.ts';
import { badRequest, Refusal } from './refusal.ts';
import type { CreateRefund } from './requests.ts';
import { isoOf, type Shop } from './shop.ts';

const THREE_YEARS = 3 * 365 * 24 * 3_600_000;

export function createRefund(shop: Shop, asked: CreateRefund): Refund {
  const { payment, createdAt: paidAt, receipt } = findPaid(shop, asked.payment_id);
  const createdAt = shop.now();
  const minor = minorOf(asked.amount);
  const whole = minorOf(payment.amount);
  if (createdAt > paidAt + THREE_YEARS) throw badRequest('The payment is older than three years.', 'payment_id');
  if (minor > whole - returning(shop, payment.id)) throw badRequest('The amount is greater than is left of the payment.', 'amount');
  if (minor < whole && asked.receipt === undefined) throw badRequest('Receipt is missing or illegal', 'receipt');

  const { payment_id, description, metadata } = asked;
  const refund: Refund = {
    id: newId(createdAt),
    payment_id,
    status: 'pending',
    amount: moneyOf(minor),
    description,
    created_at: isoOf(createdAt),
    metadata,
  };
  shop.books.refunds[refund.id] = { refund, receipt: asked.receipt ?? receipt, createdAt };
  if (shop.faults.take('refund-pending', 'refund') === undefined) settleRefund(shop, refund.id, 'succeeded');
  return refund;
}

/** Throws 404 for an unknown id. */
export function findRefund(shop: Shop, id: string): Refund {
  const found = shop.books.refunds[id];
  if (found === undefined) throw new Refusal(404, 'Refund doesn’t exist.', 'refund_id');
  return found.refund;
}

/** Ends a refund that is still pending. YooKassa has no notice for a canceled one. */
export function settleRefund(shop: Shop, id: string, end: 'succeeded' | 'canceled'): Refund {
  const refund = findRefund(shop, id);
  if (refund.status !== 'pending') throw badRequest(`The refund is already ${refund.status}.`, 'refund_id');
  refund.status = end;
  if (end === 'canceled') {
    refund.cancellation_details = { party: 'refund_network', reason: 'rejected_by_payee' };
    return refund;
  }
  const { payment } = findPayment(shop, refund.payment_id);
  const back = minorOf(refund.amount) + (payment.refunded_amount === undefined ? 0 : minorOf(payment.refunded_amount));
  payment.refunded_amount = moneyOf(back);
  payment.refundable = back < minorOf(payment.amount);
  const receipt = shop.books.refunds[id]?.receipt;
  if (receipt !== undefined) refund.receipt_registration = registerOwn(shop, 'refund', { refund_id: id }, receipt).status;
  shop.tell('refund.succeeded', refund);
  return refund;
}

function findPaid(shop: Shop, id: string) {
  const record = shop.books.payments[id];
  if (record?.payment.status !== 'succeeded') throw badRequest('Only a payment that has succeeded can be refunded.', 'payment_id');
  return record;
}

/** The sum that is returned or being returned, kopecks. */
function returning(shop: Shop, paymentId: string): number {
  const all = Object.values(shop.books.refunds).filter(({ refund }) => refund.payment_id === paymentId && refund.status !== 'canceled');
  return all.reduce((total, { refund }) => total + minorOf(refund.amount), 0);
}
