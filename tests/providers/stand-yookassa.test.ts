// The stand's YooKassa is as strict as the real one, refuses in the same words, and fails only when a fault is switched on.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { testCards } from '../../stand/yookassa/cards.ts';
import { serveYookassa } from '../../stand/yookassa/yookassa.ts';
import { until } from '../patience.ts';
import { type Listener, listen } from './listener.ts';

const HOUR = 3_600_000;
const noon = Date.UTC(2025, 10, 25, 9);
const answered = z
  .looseObject({
    id: z.string(),
    status: z.string(),
    code: z.string(),
    description: z.string(),
    parameter: z.string(),
    paid: z.boolean(),
    refundable: z.boolean(),
    receipt_registration: z.string(),
    refunded_amount: z.looseObject({ value: z.string() }),
    cancellation_details: z.looseObject({ reason: z.string() }),
    confirmation: z.looseObject({ confirmation_url: z.string() }),
    items: z.array(z.looseObject({ id: z.string().optional() })),
    next_cursor: z.string(),
  })
  .partial();

interface Heard {
  readonly event: string;
  readonly object: { readonly id: string; readonly status: string };
}

let now = noon;
let stand: Awaited<ReturnType<typeof serveYookassa>>;
let shop: Listener;
let keys = 0;

beforeEach(async () => {
  now = noon;
  shop = await listen();
  stand = await serveYookassa({ ...settings(), heartbeatMs: 10 });
});
afterEach(async () => {
  await stand.close();
  await shop.close();
});

test('a payment goes from a link to money and a registered receipt', async () => {
  const created = await post('/payments', consultation());
  const paid = await payByHand(created.body.id, '5555555555554444');
  now += 2000;
  const later = await get(`/payments/${created.body.id}`);

  expect(created).toMatchObject({ status: 200, body: { status: 'pending', paid: false, test: true, metadata: { consultation: 'c1' } } });
  expect(created.body.confirmation?.confirmation_url).toBe(`${stand.url.replace('127.0.0.1', 'localhost')}/checkout/${created.body.id}`);
  expect(paid).toMatchObject({
    status: 'succeeded',
    paid: true,
    refundable: true,
    income_amount: { value: '2412.50' },
    receipt_registration: 'pending',
  });
  expect(paid).not.toHaveProperty('confirmation');
  expect(later.body.receipt_registration).toBe('succeeded');
  await until(() => expect(heard()).toMatchObject([{ event: 'payment.succeeded', object: { id: created.body.id, status: 'succeeded' } }]));
});

describe('a request that breaks a rule is refused', () => {
  const { receipt, ...plain } = consultation();
  const [item] = receipt.items;
  const withItem = (change: object) => ({ ...plain, receipt: { ...receipt, items: [{ ...item, ...change }] } });
  test.each([
    ['an unknown field', { ...consultation(), colour: 'red' }, 'colour'],
    ['no receipt', plain, 'receipt'],
    ['a receipt without an e-mail', { ...plain, receipt: { ...receipt, customer: {} } }, 'receipt.customer.email'],
    ['items that do not add up', withItem({ quantity: 2 }), 'receipt.items'],
    ['an item without a measure', withItem({ measure: undefined }), 'receipt.items.0.measure'],
    ['an item without a payment subject', withItem({ payment_subject: undefined }), 'receipt.items.0.payment_subject'],
    ['a VAT code that does not exist', withItem({ vat_code: 13 }), 'receipt.items.0.vat_code'],
    ['an item with a long name', withItem({ description: 'я'.repeat(129) }), 'receipt.items.0.description'],
    ['a sum without kopecks', { ...consultation(), amount: { value: '2500', currency: 'RUB' } }, 'amount.value'],
    ['a sum in dollars', { ...consultation(), amount: { value: '2500.00', currency: 'USD' } }, 'amount.currency'],
    ['more than a card may take', consultation('350000.01'), 'amount'],
    ['less than a rouble', consultation('0.99'), 'amount'],
    ['a long description', { ...consultation(), description: 'я'.repeat(129) }, 'description'],
    [
      'too many metadata',
      { ...consultation(), metadata: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`k${n}`, 'v'])) },
      'metadata',
    ],
    ['a long metadata value', { ...consultation(), metadata: { k: 'v'.repeat(513) } }, 'metadata.k'],
    ['no way back', { ...consultation(), confirmation: undefined }, 'confirmation'],
    [
      'a long return address',
      { ...consultation(), confirmation: { type: 'redirect', return_url: `http://a.ru/${'a'.repeat(2048)}` } },
      'confirmation.return_url',
    ],
  ])('%s', async (_, body, parameter) => {
    const refused = await post('/payments', body);

    expect(refused).toMatchObject({ status: 400, body: { type: 'error', code: 'invalid_request', parameter } });
  });

  test('a wrong secret, a missing key and a key too long', async () => {
    const stranger = await post('/payments', consultation(), { authorization: `Basic ${btoa('100500:wrong')}` });
    const keyless = await post('/payments', consultation(), { 'idempotence-key': '' });
    const long = await post('/payments', consultation(), { 'idempotence-key': 'k'.repeat(65) });
    const unknown = await get('/payments/329724ca-000f-5000-a000-000000000000');

    expect(stranger).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect(keyless).toMatchObject({ status: 400, body: { code: 'invalid_request', parameter: 'Idempotence-Key' } });
    expect(long).toMatchObject({ status: 400, body: { parameter: 'Idempotence-Key' } });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

describe('a key', () => {
  const key = { 'idempotence-key': 'consultation:c1:payment:1' };

  test('gives the same payment for the same request for a day, and a new one after it', async () => {
    const first = await post('/payments', consultation(), key);
    const racers = await Promise.all(Array.from({ length: 5 }, () => post('/payments', consultation(), key)));
    now += 24 * HOUR;
    const nextDay = await post('/payments', consultation(), key);

    expect(new Set(racers.map(({ body }) => body.id))).toEqual(new Set([first.body.id]));
    expect(nextDay.body.id).not.toBe(first.body.id);
  });

  test('is refused for another request', async () => {
    await post('/payments', consultation(), key);

    const another = await post('/payments', consultation('100.00'), key);

    expect(another).toMatchObject({ status: 400, body: { description: 'Idempotence key duplicated' } });
  });

  test('finds the payment whose answer was lost', async () => {
    await fault({ kind: 'error', on: 'create-after', count: 1 });

    const lost = await post('/payments', consultation(), key);
    const repeated = await post('/payments', consultation(), key);
    const all = await get('/payments');

    expect([lost.status, repeated.status]).toEqual([500, 200]);
    expect(all.body.items).toHaveLength(1);
  });

  test('creates nothing when the error came first', async () => {
    await fault({ kind: 'error', on: 'create', count: 1, status: 503 });

    const failed = await post('/payments', consultation(), key);
    const nothing = await get('/payments');
    const repeated = await post('/payments', consultation(), key);

    expect([failed.status, nothing.body.items, repeated.status]).toEqual([503, [], 200]);
  });
});

describe('on the payment page', () => {
  test.each(testCards.filter(({ threeDSecure }) => !threeDSecure))('the card $number: $what', async ({ number, refusal }) => {
    const { body } = await post('/payments', consultation());

    const back = await submit(`/checkout/${body.id}`, card(number));
    const after = await get(`/payments/${body.id}`);

    expect([back.status, back.headers.get('location')]).toEqual([303, 'http://127.0.0.1:9/back']);
    expect(after.body.status).toBe(refusal === undefined ? 'succeeded' : 'canceled');
    expect(after.body.cancellation_details).toEqual(refusal);
    await until(() => expect(heard()[0]?.event).toBe(refusal === undefined ? 'payment.succeeded' : 'payment.canceled'));
  });

  test.each(testCards.filter(({ threeDSecure }) => threeDSecure))('the card $number asks for a code', async ({ number }) => {
    const [good, bad] = [await post('/payments', consultation()), await post('/payments', consultation())];

    const asked = await submit(`/checkout/${good.body.id}`, card(number));
    const short = await submit(`/checkout/${good.body.id}/code`, { code: '12' });
    const back = await submit(`/checkout/${good.body.id}/code`, { code: '4711' });
    await submit(`/checkout/${bad.body.id}`, card(number));
    await submit(`/checkout/${bad.body.id}/code`, { code: '0000' });

    expect(asked.headers.get('location')).toBe(`/checkout/${good.body.id}/code`);
    expect(short.status).toBe(422);
    expect(back.headers.get('location')).toBe('http://127.0.0.1:9/back');
    expect((await get(`/payments/${good.body.id}`)).body.status).toBe('succeeded');
    expect((await get(`/payments/${bad.body.id}`)).body.cancellation_details?.reason).toBe('3d_secure_failed');
  });

  test('mistakes stand beside their fields and the payment stays as it was', async () => {
    const { body } = await post('/payments', consultation());

    const wrong = await submit(`/checkout/${body.id}`, { number: '5555 5555 5555 4445', month: '13', year: '30', cvc: '1' });
    const stale = await submit(`/checkout/${body.id}`, { ...card('5555555555554444'), month: '10', year: '25' });

    const page = await wrong.text();
    expect(wrong.status).toBe(422);
    for (const sentence of ['В номере карты ошибка', 'Месяц от 01 до 12', 'Три цифры']) expect(page).toContain(sentence);
    expect(await stale.text()).toContain('Срок действия карты истёк');
    expect((await get(`/payments/${body.id}`)).body.status).toBe('pending');
  });

  test('the link can be paid until the hour is over and not after it', async () => {
    const [inTime, late] = [await post('/payments', consultation()), await post('/payments', consultation())];

    now += HOUR - 1;
    await submit(`/checkout/${inTime.body.id}`, card('5555555555554444'));
    now += 1;
    await submit(`/checkout/${late.body.id}`, card('5555555555554444'));

    expect((await get(`/payments/${inTime.body.id}`)).body.status).toBe('succeeded');
    expect((await get(`/payments/${late.body.id}`)).body).toMatchObject({
      status: 'canceled',
      cancellation_details: { party: 'yoo_money', reason: 'expired_on_confirmation' },
    });
    expect(await (await fetch(`${stand.url}/checkout/${late.body.id}`)).text()).toContain('Время оплаты вышло');
    await until(() =>
      expect(
        heard()
          .map(({ event }) => event)
          .toSorted(),
      ).toEqual(['payment.canceled', 'payment.succeeded']),
    );
  });
});

describe('a payment in two steps', () => {
  test('waits for capture, and a part of it may be captured with a receipt', async () => {
    const { body } = await post('/payments', { ...consultation(), capture: false });
    const held = await payByHand(body.id);
    const bare = await post(`/payments/${body.id}/capture`, { amount: rub('1000.00') });
    const captured = await post(`/payments/${body.id}/capture`, { amount: rub('1000.00'), receipt: consultation('1000.00').receipt });

    expect(held).toMatchObject({ status: 'waiting_for_capture', expires_at: '2025-12-02T09:00:00.000Z' });
    expect(bare).toMatchObject({ status: 400, body: { parameter: 'receipt' } });
    expect(captured.body).toMatchObject({ status: 'succeeded', amount: { value: '1000.00' } });
  });

  test('can be cancelled while it waits, and only then', async () => {
    const held = await post('/payments', { ...consultation(), capture: false });
    const early = await post(`/payments/${held.body.id}/cancel`, {});
    await payByHand(held.body.id);
    const inTime = await post(`/payments/${held.body.id}/cancel`, {});
    const late = await post(`/payments/${held.body.id}/cancel`, {});

    expect([early.status, late.status]).toEqual([400, 400]);
    expect(inTime.body).toMatchObject({ status: 'canceled', cancellation_details: { party: 'merchant', reason: 'canceled_by_merchant' } });
  });
});

describe('notices', () => {
  test('are repeated with growing pauses until the shop answers 200', async () => {
    shop.answers.push(500, 302, 204);
    await paid();

    for (const [attempt, pause] of [1000, 2000, 4000].entries()) {
      await until(async () => expect((await state()).notices).toMatchObject([{ attempts: attempt + 1, dueAt: now + pause }]));
      now += pause;
    }
    await until(async () => expect((await state()).notices).toMatchObject([{ attempts: 4, end: 'delivered' }]));
  });

  test('come twice, never or late when told so', async () => {
    await fault({ kind: 'duplicate', on: 'notice', count: 1 });
    const twice = await paid();
    await until(() => expect(heard().map(({ object }) => object.id)).toEqual([twice, twice]));

    await fault({ kind: 'drop', count: 1 });
    const never = await paid();
    await fault({ kind: 'delay', on: 'payment.succeeded', ms: 5000, count: 1 });
    const late = await paid();
    const prompt = await paid();
    await until(() => expect(heard().at(-1)?.object.id).toBe(prompt));
    now += 5000;
    await until(() => expect(heard().at(-1)?.object.id).toBe(late));
    expect(heard().map(({ object }) => object.id)).not.toContain(never);
  });

  test('change places when told so', async () => {
    await fault({ kind: 'reorder', count: 1 });

    const first = await paid();
    const second = await paid();

    await until(() => expect(heard().map(({ object }) => object.id)).toEqual([second, first]));
  });
});

describe('a refund', () => {
  test('in parts needs a receipt each and never exceeds what was paid', async () => {
    const payment_id = await paid();
    const part = (value: string, withReceipt = true) =>
      post('/refunds', { payment_id, amount: rub(value), ...(withReceipt ? { receipt: consultation(value).receipt } : {}) });

    const bare = await part('2250.00', false);
    const first = await part('2250.00');
    const tooMuch = await part('250.01');
    const rest = await part('250.00');
    const more = await part('0.01');

    expect([bare.status, first.status, tooMuch.status, rest.status, more.status]).toEqual([400, 200, 400, 200, 400]);
    expect(first.body).toMatchObject({ status: 'succeeded', payment_id, receipt_registration: 'pending' });
    expect((await get(`/payments/${payment_id}`)).body).toMatchObject({ refundable: false, refunded_amount: { value: '2500.00' } });
    expect((await get(`/refunds?payment_id=${payment_id}`)).body.items?.map(({ id }) => id)).toEqual([rest.body.id, first.body.id]);
    await until(() => expect(heard().filter(({ event }) => event === 'refund.succeeded')).toHaveLength(2));
  });

  test('of the whole needs no receipt, and of an unpaid payment is refused', async () => {
    const whole = await post('/refunds', { payment_id: await paid(), amount: rub('2500.00') });
    const { body } = await post('/payments', consultation());
    const unpaid = await post('/refunds', { payment_id: body.id, amount: rub('2500.00') });

    expect(whole.body.status).toBe('succeeded');
    expect(unpaid).toMatchObject({ status: 400, body: { parameter: 'payment_id' } });
  });

  test('may stay pending until it is settled, and counts meanwhile', async () => {
    await fault({ kind: 'refund-pending', count: 1 });
    const payment_id = await paid();

    const pending = await post('/refunds', { payment_id, amount: rub('2500.00') });
    const again = await post('/refunds', { payment_id, amount: rub('2500.00') });
    await lever('/refunds/settle', { id: pending.body.id });

    expect([pending.body.status, again.status]).toEqual(['pending', 400]);
    expect((await get(`/refunds/${pending.body.id}`)).body.status).toBe('succeeded');
    await until(() => expect(heard().map(({ event }) => event)).toEqual(['payment.succeeded', 'refund.succeeded']));
  });
});

test('the settlement receipt sets the prepayment off once', async () => {
  const payment_id = await paid();
  const { receipt } = consultation();
  const settlement = { ...receipt, type: 'payment', payment_id, send: true, settlements: [{ type: 'prepayment', amount: rub('2500.00') }] };

  const made = await post('/receipts', settlement);
  const twice = await post('/receipts', settlement);
  const short = await post('/receipts', { ...settlement, settlements: [{ type: 'prepayment', amount: rub('2000.00') }] });
  now += 2000;
  const registered = await get(`/receipts/${made.body.id}`);

  expect(made.body).toMatchObject({ status: 'pending', type: 'payment' });
  expect([twice.body.parameter, short.body.parameter]).toEqual(['settlements', 'settlements']);
  expect(registered.body).toMatchObject({ status: 'succeeded', fiscal_provider_id: expect.any(String) });
});

test('the list is newest first, in pieces, and filtered by time', async () => {
  const ids: (string | undefined)[] = [];
  for (let n = 0; n < 3; n += 1) {
    ids.unshift((await post('/payments', consultation())).body.id);
    now += 1000;
  }

  const first = await get('/payments?limit=2');
  const second = await get(`/payments?limit=2&cursor=${first.body.next_cursor}`);
  const recent = await get(`/payments?created_at.gt=${new Date(noon).toISOString()}`);
  const odd = await get('/payments?colour=red');

  expect([...(first.body.items ?? []), ...(second.body.items ?? [])].map(({ id }) => id)).toEqual(ids);
  expect(second.body).not.toHaveProperty('next_cursor');
  expect(recent.body.items).toHaveLength(2);
  expect(odd.status).toBe(400);
});

test('a restart forgets nothing', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'stand-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await stand.close();
  stand = await serveYookassa({ ...settings(), dir, heartbeatMs: 10 });
  const payment_id = await paid();
  await stand.close();
  stand = await serveYookassa({ ...settings(), dir, heartbeatMs: 10 });

  expect((await get(`/payments/${payment_id}`)).body.status).toBe('succeeded');
});

const heard = (): Heard[] => shop.heard.map(({ body }) => JSON.parse(body));

function consultation(value = '2500.00') {
  const item = {
    description: 'Онлайн-консультация',
    amount: rub(value),
    quantity: 1,
    vat_code: 1,
    measure: 'piece',
    payment_subject: 'service',
    payment_mode: 'full_prepayment',
  };
  return {
    amount: rub(value),
    capture: true,
    description: 'Онлайн-консультация',
    confirmation: { type: 'redirect', return_url: 'http://127.0.0.1:9/back' },
    metadata: { consultation: 'c1' },
    receipt: { customer: { email: 'anna@example.ru' }, items: [item] },
  };
}

function rub(value: string) {
  return { value, currency: 'RUB' };
}

const card = (number: string) => ({ number: number.replaceAll(/(\d{4})(?=\d)/g, '$1 '), month: '12', year: '30', cvc: '123' });

function settings() {
  return { port: 0, shopId: '100500', secretKey: 'test_secret', now: () => now, noticeUrl: shop.url };
}

async function paid(): Promise<string> {
  const { body } = await post('/payments', consultation());
  await payByHand(body.id);
  return body.id ?? '';
}

const payByHand = (paymentId?: string, card?: string) => lever('/pay', { paymentId, card });
const fault = (body: object) => lever('/faults', body);

async function lever(path: string, body: object): Promise<object> {
  const answer = await fetch(`${stand.url}/__stand${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return answer.json();
}

async function state() {
  return z.looseObject({ notices: z.array(z.looseObject({})) }).parse(await (await fetch(`${stand.url}/__stand/state`)).json());
}

const submit = (path: string, form: Record<string, string>) =>
  fetch(stand.url + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  keys += 1;
  const common = {
    authorization: `Basic ${btoa('100500:test_secret')}`,
    'content-type': 'application/json',
    'idempotence-key': `test-${keys}`,
  };
  const answer = await fetch(`${stand.url}/v3${path}`, { method: 'POST', headers: { ...common, ...headers }, body: JSON.stringify(body) });
  return { status: answer.status, body: answered.parse(await answer.json()) };
}

async function get(path: string) {
  const answer = await fetch(`${stand.url}/v3${path}`, { headers: { authorization: `Basic ${btoa('100500:test_secret')}` } });
  return { status: answer.status, body: answered.parse(await answer.json()) };
}
