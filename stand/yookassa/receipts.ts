// Receipts (54-ФЗ): those that come with a payment or a refund, and those that the shop requests later. The cash register answers after a
// delay, so each is pending first.
import { randomInt } from 'node:crypto';
import { newId, type Receipt } from './books.ts';
import { minorOf, moneyOf } from './money.ts';
import { badRequest, Refusal } from './refusal.ts';
import { type CreateReceipt, type ReceiptData, sumOf } from './receipt-requests.ts';
import { isoOf, type Shop } from './shop.ts';

/** The delay of the simulated cash register, milliseconds. */
const REGISTER_MS = 1500;
const MOST_RECEIPTS = 50;

type About = Pick<Receipt, 'payment_id' | 'refund_id'>;

/** The receipt of the payment or refund itself, by card. */
export function registerOwn(shop: Shop, type: Receipt['type'], about: About, data: ReceiptData): Receipt {
  return keep(shop, { type, ...about, ...fieldsOf(data), settlements: [{ type: 'cashless', amount: moneyOf(sumOf(data.items)) }] });
}

export function createReceipt(shop: Shop, asked: CreateReceipt): Receipt {
  const about = asked.refund_id === undefined ? ofPayment(shop, asked, asked.payment_id ?? '') : ofRefund(shop, asked, asked.refund_id);
  return keep(shop, { type: asked.type, ...about, ...fieldsOf(asked), settlements: asked.settlements });
}

export function findReceipt(shop: Shop, id: string): Receipt {
  const found = shop.books.receipts[id];
  if (found === undefined) throw new Refusal(404, 'Receipt doesn’t exist.', 'receipt_id');
  return found.receipt;
}

/** Applies the cash register's answers that are due; payments and refunds show the state of their own receipt. */
export function registerReceipts(shop: Shop): void {
  const now = shop.now();
  for (const { receipt, createdAt } of Object.values(shop.books.receipts)) {
    if (receipt.status !== 'pending' || now < createdAt + REGISTER_MS) continue;
    Object.assign(receipt, {
      status: 'succeeded',
      fiscal_document_number: String(randomInt(1000, 10_000)),
      fiscal_storage_number: '9999000000000001',
      fiscal_attribute: String(randomInt(1e9, 1e10)),
      fiscal_provider_id: receipt.id.slice(3),
      registered_at: isoOf(now),
    } satisfies Partial<Receipt>);
    const owner =
      receipt.refund_id === undefined
        ? shop.books.payments[receipt.payment_id ?? '']?.payment
        : shop.books.refunds[receipt.refund_id]?.refund;
    if (owner?.receipt_registration === 'pending') owner.receipt_registration = 'succeeded';
  }
}

function ofPayment(shop: Shop, { type, settlements }: CreateReceipt, payment_id: string): About {
  const payment = shop.books.payments[payment_id]?.payment;
  const wanted = type === 'payment' ? ['waiting_for_capture', 'succeeded'] : ['canceled', 'succeeded'];
  if (payment === undefined || !wanted.includes(payment.status))
    throw badRequest(`There must be a payment that is ${wanted.join(' or ')}.`, 'payment_id');
  const others = Object.values(shop.books.receipts).filter(({ receipt }) => receipt.payment_id === payment_id && receipt.type === type);
  if (others.length >= MOST_RECEIPTS) throw badRequest('There are too many receipts for this payment.', 'payment_id');
  // A prepayment can be used only once: all settlement receipts together may not use more of it than was paid.
  const used = others.reduce((total, { receipt }) => total + prepaid(receipt.settlements), 0);
  if (used + prepaid(settlements) > minorOf(payment.amount)) throw badRequest('More prepayment is set off than was paid.', 'settlements');
  return { payment_id };
}

function ofRefund(shop: Shop, { type }: CreateReceipt, refund_id: string): About {
  const refund = shop.books.refunds[refund_id]?.refund;
  if (type !== 'refund' || refund?.status !== 'succeeded')
    throw badRequest('There must be a refund that has succeeded, and a receipt of type refund.', 'refund_id');
  return { refund_id };
}

const prepaid = (settlements: Receipt['settlements']) =>
  settlements.reduce((total, { type, amount }) => total + (type === 'prepayment' ? minorOf(amount) : 0), 0);

const fieldsOf = ({ items, internet = true, tax_system_code }: ReceiptData) => ({ items, internet, tax_system_code });

function keep(shop: Shop, fields: Omit<Receipt, 'id' | 'status'>): Receipt {
  const createdAt = shop.now();
  const receipt: Receipt = { id: `rt-${newId(createdAt)}`, status: 'pending', ...fields };
  shop.books.receipts[receipt.id] = { receipt, createdAt };
  return receipt;
}
