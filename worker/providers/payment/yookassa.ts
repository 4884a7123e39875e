// YooKassa, API v3 (yookassa.ru/developers/api): payments with a receipt, refunds, and notices, after which the object is fetched again.
// providers.ts creates it.
import { z } from 'zod';
import { jsonIn } from '../../../workflows/rules/text.ts';
import { asciiOf } from '../../letters/address.ts';
import { pauseOf, verdictOf } from '../errors.ts';
import {
  type Bill,
  type ListedPayment,
  type Page,
  type PaymentPort,
  type ProviderPayment,
  type ProviderRefund,
  ProviderRefused,
  ProviderUnavailable,
  type ProviderReceipt,
  type RefundOrder,
  type SettlementOrder,
  type Span,
} from './port.ts';

export const YOOKASSA_FIELDS = {
  YOOKASSA_API_URL: z.url().describe('YooKassa API with its version, https://api.yookassa.ru/v3'),
  YOOKASSA_SHOP_ID: z.string().min(1).describe('shop id at YooKassa'),
  YOOKASSA_SECRET_KEY: z.string().min(16).describe('secret key of the shop at YooKassa'),
};

export type YookassaFields = { readonly [Name in keyof typeof YOOKASSA_FIELDS]: string };

export interface YookassaSettings {
  /** With the version, for example https://api.yookassa.ru/v3. */
  readonly apiUrl: string;
  readonly shopId: string;
  readonly secretKey: string;
}

// A person waits for a new payment, and repeating the key is safe. Activities make the other calls, and their attempts end after 5 s.
const CREATE_MS = 10_000;
const ASK_MS = 4_000;

const amount = z.object({ value: z.string().regex(/^\d+\.\d{2}$/), currency: z.string() });
const paymentSchema = z.object({
  id: z.string().min(1).max(64),
  status: z.enum(['pending', 'waiting_for_capture', 'succeeded', 'canceled']),
  amount,
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  // The address becomes a link.
  confirmation: z.object({ confirmation_url: z.url({ protocol: /^https?$/ }).optional() }).optional(),
  payment_method: z.object({ type: z.string(), card: z.object({ last4: z.string() }).optional() }).optional(),
  cancellation_details: z.object({ party: z.string(), reason: z.string() }).optional(),
});
const refundSchema = z.object({
  id: z.string().min(1).max(64),
  payment_id: z.string().min(1).max(64),
  status: z.enum(['pending', 'succeeded', 'canceled']),
  amount,
  metadata: z.record(z.string(), z.string().nullable()).optional(),
  cancellation_details: z.object({ party: z.string(), reason: z.string() }).optional(),
});
const receiptSchema = z.object({
  id: z.string().min(1).max(64),
  type: z.enum(['payment', 'refund']),
  status: z.enum(['pending', 'succeeded', 'canceled']),
  fiscal_document_number: z.string().max(40).optional(),
  fiscal_storage_number: z.string().max(40).optional(),
  fiscal_attribute: z.string().max(40).optional(),
  settlements: z.array(z.object({ type: z.string() })).optional(),
});
const listedSchema = z.object({ status: z.string(), test: z.boolean() });
const listSchema = z.object({ items: z.array(z.unknown()), next_cursor: z.string().optional() });
const errorSchema = z.object({
  type: z.literal('error'),
  code: z.string(),
  description: z.string().optional(),
  parameter: z.string().optional(),
});
const noticeSchema = z.object({
  type: z.literal('notification'),
  event: z.string().max(64),
  object: z.object({ id: z.string().regex(/^[\w-]{1,64}$/) }),
});

export function yookassa(settings: YookassaSettings, send: typeof fetch = fetch): PaymentPort {
  const authorization = `Basic ${btoa(`${settings.shopId}:${settings.secretKey}`)}`;

  async function call(path: string, order?: { key: string; body: string }, patienceMs = ASK_MS): Promise<unknown> {
    let response: Response;
    try {
      response = await send(settings.apiUrl + path, {
        method: order ? 'POST' : 'GET',
        headers: { authorization, ...(order ? { 'content-type': 'application/json', 'idempotence-key': order.key } : {}) },
        body: order?.body ?? null,
        redirect: 'manual',
        signal: AbortSignal.timeout(path === '/payments' ? CREATE_MS : patienceMs),
      });
    } catch (error) {
      throw new ProviderUnavailable(`YooKassa did not answer: ${error instanceof Error ? error.name : 'unknown'}`);
    }
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    if (response.status === 404) return null;
    const said = errorSchema.safeParse(answer);
    const verdict = verdictOf('yookassa', said.success ? said.data.code : null, response.status);
    if (verdict === 'final' && said.success)
      throw new ProviderRefused(said.data.code, `${said.data.description ?? ''} ${said.data.parameter ?? ''}`.trim());
    const pause = pauseOf(verdict === 'final' ? 'setting' : verdict, response.headers.get('retry-after'));
    throw new ProviderUnavailable(`YooKassa answered ${response.status}`, pause);
  }

  /** A hundred objects of a list. */
  async function pageOf(path: string, cursor: string | null): Promise<Page<unknown>> {
    const after = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = listSchema.safeParse(await call(`${path}&limit=100${after}`));
    return page.success ? { items: page.data.items, next: page.data.next_cursor ?? null } : unknownAnswer();
  }

  /** All objects of a list. */
  async function listed(path: string): Promise<unknown[]> {
    const items: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<unknown> = await pageOf(path, cursor);
      items.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return items;
  }

  const madeIn = ({ since, until }: Span): string =>
    `created_at.gte=${new Date(since).toISOString()}&created_at.lte=${new Date(until).toISOString()}`;

  return {
    provider: 'yookassa',
    async create(bill) {
      return paymentOf(await call('/payments', { key: bill.key, body: JSON.stringify(billBody(bill)) })) ?? unknownAnswer();
    },
    async get(providerId, patienceMs) {
      return paymentOf(await call(`/payments/${encodeURIComponent(providerId)}`, undefined, patienceMs));
    },
    refundRequest(order) {
      return JSON.stringify(refundBody(order));
    },
    async refund(key, body) {
      return refundOf(await call('/refunds', { key, body })) ?? unknownAnswer();
    },
    async getRefund(providerId) {
      return refundOf(await call(`/refunds/${encodeURIComponent(providerId)}`));
    },
    async refundsOf(paymentProviderId) {
      const items = await listed(`/refunds?payment_id=${encodeURIComponent(paymentProviderId)}`);
      return items.map(item => refundOf(item) ?? unknownAnswer());
    },
    isTest: settings.secretKey.startsWith('test_'),
    async paymentsIn(span) {
      const { items, next } = await pageOf(`/payments?${madeIn(span)}`, span.cursor);
      return { items: items.map(listedPaymentOf), next };
    },
    async refundsIn(span) {
      const { items, next } = await pageOf(`/refunds?${madeIn(span)}`, span.cursor);
      return { items: items.map(item => refundOf(item) ?? unknownAnswer()), next };
    },
    async receiptsOf(about) {
      const filter =
        'refundId' in about ? `refund_id=${encodeURIComponent(about.refundId)}` : `payment_id=${encodeURIComponent(about.paymentId)}`;
      return (await listed(`/receipts?${filter}`)).map(receiptFrom);
    },
    settlementRequest(order) {
      return JSON.stringify(settlementBody(order));
    },
    async settle(key, body) {
      return receiptFrom(await call('/receipts', { key, body }));
    },
    parseNotice(body) {
      const parsed = noticeSchema.safeParse(jsonIn(body));
      if (!parsed.success) return null;
      const { event, object } = parsed.data;
      const [about] = event.split('.');
      return { event, kind: about === 'refund' || about === 'payment' ? about : 'other', objectId: object.id };
    },
  };
}

const unknownAnswer = (): never => {
  throw new ProviderUnavailable('YooKassa answered with something that is not in its contract');
};

const money = (minor: number) => ({ value: `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`, currency: 'RUB' });

// Federal Law 54-FZ: a payment before the visit is «полная предоплата» (full_prepayment). The clinic's vat_code says whether the service is
// free of VAT.
const receiptOf = (
  description: string,
  minor: number,
  email: string,
  vatCode: number,
  mode: 'full_prepayment' | 'full_payment' = 'full_prepayment',
) => ({
  customer: { email: asciiOf(email) },
  internet: true,
  items: [
    {
      description,
      quantity: 1,
      amount: money(minor),
      vat_code: vatCode,
      measure: 'piece',
      payment_subject: 'service',
      payment_mode: mode,
    },
  ],
});

const billBody = (bill: Bill) => ({
  amount: money(bill.amountMinor),
  capture: true,
  confirmation: { type: 'redirect', return_url: bill.returnUrl },
  description: bill.description,
  metadata: { payment: bill.key, consultation: bill.consultationId },
  receipt: receiptOf(bill.description, bill.amountMinor, bill.email, bill.vatCode),
});

const refundBody = (order: RefundOrder) => ({
  payment_id: order.paymentProviderId,
  amount: money(order.amountMinor),
  description: order.description,
  metadata: { refund: order.key },
  ...(order.partReceipt
    ? { receipt: receiptOf(order.description, order.amountMinor, order.partReceipt.email, order.partReceipt.vatCode) }
    : {}),
});

// «Чек зачёта предоплаты»: the service was given, and the prepayment pays for it.
const settlementBody = (order: SettlementOrder) => ({
  type: 'payment',
  payment_id: order.paymentProviderId,
  ...receiptOf(order.description, order.amountMinor, order.email, order.vatCode, 'full_payment'),
  send: true,
  settlements: [{ type: 'prepayment', amount: money(order.amountMinor) }],
});

function receiptFrom(answer: unknown): ProviderReceipt {
  const parsed = receiptSchema.safeParse(answer);
  if (!parsed.success) return unknownAnswer();
  const r = parsed.data;
  const [document, storage, attribute] = [r.fiscal_document_number, r.fiscal_storage_number, r.fiscal_attribute];
  return {
    providerId: r.id,
    state: r.status,
    isReturn: r.type === 'refund',
    setsOff: r.settlements?.some(({ type }) => type === 'prepayment') ?? false,
    fiscal: document && storage && attribute ? { document, storage, attribute } : null,
  };
}

function paymentOf(answer: unknown): ProviderPayment | null {
  if (answer === null) return null;
  const parsed = paymentSchema.safeParse(answer);
  if (!parsed.success) return unknownAnswer();
  const p = parsed.data;
  return {
    providerId: p.id,
    state: p.status === 'waiting_for_capture' ? 'pending' : p.status,
    amountMinor: minorOf(p.amount.value),
    currency: p.amount.currency,
    paymentId: p.metadata?.payment ?? null,
    consultationId: p.metadata?.consultation ?? null,
    confirmationUrl: p.confirmation?.confirmation_url ?? null,
    method: p.payment_method ? [p.payment_method.type, p.payment_method.card?.last4].filter(Boolean).join(':') : null,
    cancelReason: p.cancellation_details?.reason ?? null,
  };
}

function listedPaymentOf(item: unknown): ListedPayment {
  const parsed = listedSchema.safeParse(item);
  const payment = paymentOf(item);
  if (!parsed.success || payment === null) return unknownAnswer();
  return { ...payment, isHeld: parsed.data.status === 'waiting_for_capture', isTest: parsed.data.test };
}

function refundOf(answer: unknown): ProviderRefund | null {
  if (answer === null) return null;
  const parsed = refundSchema.safeParse(answer);
  if (!parsed.success) return unknownAnswer();
  const r = parsed.data;
  return {
    providerId: r.id,
    paymentProviderId: r.payment_id,
    amountMinor: minorOf(r.amount.value),
    refundId: r.metadata?.refund ?? null,
    state: r.status,
    reason: r.cancellation_details?.reason ?? null,
  };
}

function minorOf(value: string): number {
  const [whole = '0', cents = '0'] = value.split('.');
  return Number(whole) * 100 + Number(cents);
}
