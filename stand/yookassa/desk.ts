// The stand's own controls of YooKassa on /__stand: its state, paying without the page, closing a payment page, and settling a pending refund.
import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { Html } from '../page.ts';
import type { Notice, PaymentRecord } from './books.ts';
import { goodFor, testCards } from './cards.ts';
import { said } from './money.ts';
import { closePayment, findPayment, pay } from './payments.ts';
import { Refusal } from './refusal.ts';
import { settleRefund } from './refunds.ts';
import type { Shop } from './shop.ts';

const payRequest = z.strictObject({
  paymentId: z.string(),
  card: z.enum(testCards.map(({ number }) => number)).default('5555555555554444'),
  code: z
    .string()
    .regex(/^\d{4,}$/)
    .default('1234'),
});
const closeRequest = z.strictObject({ paymentId: z.string(), silent: z.boolean().default(false) });
const settleRequest = z.strictObject({ id: z.string(), end: z.enum(['succeeded', 'canceled']).default('succeeded') });

/** POST /pay {paymentId, card?, code?}, POST /close {paymentId, silent?} and POST /refunds/settle {id, end?}; each answers the object. */
export function deskRoutes(shop: Shop): Hono {
  const app = new Hono();
  app.post('/pay', async c => {
    const asked = payRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) return c.json({ message: z.prettifyError(asked.error) }, 400);
    const record = findPayment(shop, asked.data.paymentId);
    if (record.payment.status !== 'pending') return c.json({ message: `The payment is ${record.payment.status}.` }, 409);
    pay(shop, record, goodFor(asked.data.card, shop.now()), asked.data.code);
    return c.json(record.payment);
  });
  app.post('/close', async c => {
    const asked = closeRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) return c.json({ message: z.prettifyError(asked.error) }, 400);
    return c.json(closePayment(shop, findPayment(shop, asked.data.paymentId), !asked.data.silent));
  });
  app.post('/refunds/settle', async c => {
    const asked = settleRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success) return c.json({ message: z.prettifyError(asked.error) }, 400);
    return c.json(settleRefund(shop, asked.data.id, asked.data.end));
  });
  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    return c.json({ message: error.message }, error.status === 404 ? 404 : 409);
  });
  return app;
}

export function deskState({ books }: Shop): object {
  const { payments, refunds, receipts, notices } = books;
  return {
    payments: Object.values(payments).map(({ payment }) => payment),
    refunds: Object.values(refunds).map(({ refund }) => refund),
    receipts: Object.values(receipts).map(({ receipt }) => receipt),
    notices: notices.map(({ body, ...notice }) => ({ ...notice, object: objectOf(body) })),
  };
}

export function deskBody({ books }: Shop, noticeUrl: string): Html {
  const payments = Object.values(books.payments).slice(-15).reverse();
  const notices = books.notices.slice(-15).reverse();
  return html`<section class="card"><h2>Платежи</h2>${payments.length === 0 ? html`<p class="muted">Ещё никто не платил.</p>` : html`<div class="scroll" role="region" tabindex="0" aria-label="Платежи"><table><thead><tr><th scope="col">Создан</th><th scope="col">Сумма</th><th scope="col">За что</th><th scope="col">Состояние</th><th scope="col">Возвращено</th></tr></thead><tbody>${payments.map(paymentRow)}</tbody></table></div>`}
<p class="small muted">Возвратов: ${Object.keys(books.refunds).length}, чеков: ${Object.keys(books.receipts).length}.</p></section>
<section class="card"><h2>Уведомления</h2><p class="small muted">Уходят на ${noticeUrl}</p>${notices.length === 0 ? html`<p class="muted">Пока ни одного.</p>` : html`<div class="scroll" role="region" tabindex="0" aria-label="Уведомления"><table><thead><tr><th scope="col">Когда</th><th scope="col">Событие</th><th scope="col">Попыток</th><th scope="col">Чем кончилось</th></tr></thead><tbody>${notices.map(noticeRow)}</tbody></table></div>`}</section>`;
}

function paymentRow({ payment, createdAt }: PaymentRecord): Html {
  const status = html`${payment.status}${payment.cancellation_details === undefined ? '' : `: ${payment.cancellation_details.reason}`}`;
  const place = payment.status === 'pending' ? html`<a href="/checkout/${payment.id}">${status}</a>` : status;
  return html`<tr><td>${clock(createdAt)}</td><td>${said(payment.amount)}</td><td>${payment.description ?? ''}</td><td>${place}</td><td>${payment.refunded_amount === undefined ? '' : said(payment.refunded_amount)}</td></tr>`;
}

function noticeRow({ createdAt, event, attempts, end, held, lastAnswer = '' }: Notice): Html {
  const ends = { delivered: 'принято', dropped: 'потеряно', givenUp: 'брошено через сутки' };
  const fate = end === undefined ? (held ? 'придержано' : `ждёт отправки ${lastAnswer}`) : ends[end];
  return html`<tr><td>${clock(createdAt)}</td><td>${event}</td><td>${attempts}</td><td>${fate}</td></tr>`;
}

const clock = (at: number) => new Date(at).toLocaleTimeString('ru-RU', { timeZone: 'Europe/Moscow' });

function objectOf(body: string): unknown {
  return JSON.parse(body).object;
}
