// The payment page to which a patient is sent: the card form, the 3-D Secure step, and the return to the shop. Works without script.
import { Hono, type Context } from 'hono';
import { page, policy } from '../page.ts';
import type { PaymentRecord } from './books.ts';
import { type CardFields, goodFor, readCard, testCard } from './cards.ts';
import { cardBody, challengeBody, endBody, shell } from './checkout-page.ts';
import { findPayment, frontOf, pay } from './payments.ts';
import { Refusal } from './refusal.ts';
import type { Shop } from './shop.ts';

export function checkoutRoutes(shop: Shop): Hono {
  const app = new Hono();

  app.use('*', async (c, next) => {
    const { host, pathname, search } = new URL(c.req.url);
    if (host === new URL(frontOf(shop.url())).host && host !== new URL(shop.url()).host) return c.redirect(shop.url() + pathname + search);
    return await next();
  });

  app.get('/:id', c => {
    const record = findPayment(shop, c.req.param('id'));
    if (record.payment.status !== 'pending') return draw(c, record, 'Оплата', endBody(record));
    return draw(c, record, 'Оплата', cardBody(record, filled(c.req.query('card'), shop.now())));
  });

  app.post('/:id', async c => {
    const record = findPayment(shop, c.req.param('id'));
    if (record.payment.status !== 'pending') return c.redirect(`/checkout/${record.payment.id}`, 303);
    const fields = fieldsOf(await c.req.parseBody());
    const read = readCard(fields, shop.now());
    if (read.kind === 'problems') return draw(c, record, 'Ошибка в данных карты', cardBody(record, fields, read.problems), 422);
    return pay(shop, record, read.card) === 'askCode'
      ? c.redirect(`/checkout/${record.payment.id}/code`, 303)
      : c.redirect(record.returnUrl, 303);
  });

  app.get('/:id/code', c => {
    const record = findPayment(shop, c.req.param('id'));
    if (record.challenged === undefined) return c.redirect(`/checkout/${record.payment.id}`, 303);
    return draw(c, record, 'Подтверждение банка', challengeBody(record, record.challenged));
  });

  app.post('/:id/code', async c => {
    const record = findPayment(shop, c.req.param('id'));
    if (record.challenged === undefined) return c.redirect(`/checkout/${record.payment.id}`, 303);
    const code = typed((await c.req.parseBody()).code).trim();
    if (!/^\d{4,}$/.test(code))
      return draw(c, record, 'Ошибка в коде', challengeBody(record, record.challenged, 'Код — это четыре цифры или больше.'), 422);
    pay(shop, record, record.challenged, code);
    return c.redirect(record.returnUrl, 303);
  });

  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    c.header('Content-Security-Policy', policy());
    return c.html(page({ ...shell, title: 'Нет такого платежа', body: endBody(undefined) }), 404);
  });
  return app;
}

const blank: CardFields = { number: '', month: '', year: '', cvc: '' };

/** The form filled in with a test card, for the buttons under it. */
function filled(number: string | undefined, now: number): CardFields {
  if (number === undefined || testCard(number) === undefined) return blank;
  const { month, year } = goodFor(number, now);
  return { number: number.replaceAll(/(\d{4})(?=\d)/g, '$1 '), month, year: year.slice(2), cvc: '123' };
}

/** The text of a posted field; a file or a missing field counts as empty. */
const typed = (field: unknown): string => (typeof field === 'string' ? field : '');

function fieldsOf(form: Record<string, unknown>): CardFields {
  const text = (name: keyof CardFields) => typed(form[name]);
  return { number: text('number'), month: text('month'), year: text('year'), cvc: text('cvc') };
}

function draw(c: Context, record: PaymentRecord, title: string, body: Parameters<typeof page>[0]['body'], status: 200 | 422 = 200) {
  c.header('Content-Security-Policy', policy(new URL(record.returnUrl).origin));
  c.header('Cache-Control', 'no-store');
  return c.html(page({ ...shell, title, body }), status);
}
