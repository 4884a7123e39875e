// The adapter of YooKassa against the stand's, which refuses what the real one refuses: what the cabinet can rely on when it takes money,
// returns it, and when the provider fails.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testCards } from '../../stand/yookassa/cards.ts';
import { serveYookassa } from '../../stand/yookassa/yookassa.ts';
import { type Bill, ProviderRefused, ProviderUnavailable, type RefundOrder } from '../../worker/providers/payment/port.ts';
import { yookassa } from '../../worker/providers/payment/yookassa.ts';
import { until } from '../patience.ts';
import { type Listener, listen } from './listener.ts';

const NOON = Date.UTC(2026, 10, 24, 9);
const CARD = '5555555555554444';
const NOBODY = '329724ca-000f-5000-a000-000000000000';
const SHOP = { shopId: '100500', secretKey: 'test_secret' };

let now = NOON;
let clinic: Listener;
let stand: Awaited<ReturnType<typeof serveYookassa>>;
let keys = 0;

beforeEach(async () => {
  now = NOON;
  clinic = await listen();
  stand = await serveYookassa({ ...SHOP, port: 0, noticeUrl: clinic.url, now: () => now, heartbeatMs: 10 });
});
afterEach(async () => {
  await stand.close();
  await clinic.close();
});

describe('a payment', () => {
  test('goes from a link to money, a card’s last digits and a registered receipt', async () => {
    const created = await adapter().create(bill({ key: 'p1', consultationId: 'c1' }));
    await pays(created.providerId);
    const paid = await adapter().get(created.providerId);
    const receipts = () => adapter().receiptsOf({ paymentId: created.providerId });
    const registering = await receipts();
    now += 2_000;

    expect(created).toMatchObject({ state: 'pending', amountMinor: 250_000, currency: 'RUB', paymentId: 'p1', consultationId: 'c1' });
    expect(created.confirmationUrl).toBe(`${stand.url.replace('127.0.0.1', 'localhost')}/checkout/${created.providerId}`);
    expect(paid).toMatchObject({
      state: 'succeeded',
      amountMinor: 250_000,
      method: 'bank_card:4444',
      paymentId: 'p1',
    });
    expect(registering).toMatchObject([{ state: 'pending', isReturn: false, setsOff: false, fiscal: null }]);
    expect(await receipts()).toMatchObject([{ state: 'succeeded', fiscal: { storage: '9999000000000001' } }]);
  });

  test.each(['ivan@почта.рф', 'ivan@xn--80a1acny.xn--p1ai'])('of somebody at %s has a receipt like any other', async email => {
    const created = await adapter().create(bill({ email }));
    await pays(created.providerId);

    expect(created.state).toBe('pending');
    expect(await adapter().get(created.providerId)).toMatchObject({ state: 'succeeded' });
    expect(await adapter().receiptsOf({ paymentId: created.providerId })).toMatchObject([{ state: 'pending' }]);
  });

  test('asked for twice with one key is one payment', async () => {
    const same = bill();

    const created = await Promise.all([adapter().create(same), adapter().create(same)]);

    expect(created[0].providerId).toBe(created[1].providerId);
  });

  test('with the key of another one is refused', async () => {
    const first = bill();
    await adapter().create(first);

    await expect(adapter().create({ ...first, amountMinor: 10_000 })).rejects.toThrow(ProviderRefused);
  });

  test.each([
    [100, '1.00'],
    [105, '1.05'],
    [230_050, '2300.50'],
    [35_000_000, '350000.00'],
  ])('of %i kopecks is %s roubles there and the same kopecks again here', async (amountMinor, value) => {
    const created = await adapter().create(bill({ amountMinor }));

    expect(created.amountMinor).toBe(amountMinor);
    expect(await known(created.providerId)).toMatchObject({ amount: { value, currency: 'RUB' } });
  });

  test.each(testCards.flatMap(({ number, refusal }) => (refusal ? [[refusal.reason, number]] : [])))(
    'refused with %s says so',
    async (reason, number) => {
      const created = await adapter().create(bill());
      await pays(created.providerId, number);

      const refused = await adapter().get(created.providerId);

      expect(refused).toMatchObject({ state: 'canceled', cancelReason: reason, confirmationUrl: null });
    },
  );

  test('that nobody pays for an hour is over', async () => {
    const created = await adapter().create(bill());
    now += 3_600_000;

    expect(await adapter().get(created.providerId)).toMatchObject({ state: 'canceled', cancelReason: 'expired_on_confirmation' });
  });

  test('that the provider does not know is null', async () => {
    expect(await adapter().get(NOBODY)).toBeNull();
    expect(await adapter().getRefund(NOBODY)).toBeNull();
  });
});

const asksBack = (order: RefundOrder) => adapter().refund(order.key, adapter().refundRequest(order));

describe('money', () => {
  test('goes back in full with the receipt of the payment', async () => {
    const { providerId } = await paid();

    const refund = await asksBack(refundOf(providerId));

    expect(refund).toMatchObject({ state: 'succeeded', reason: null });
    expect(await known(providerId)).toMatchObject({ refundable: false, refunded_amount: { value: '2500.00' } });
    expect(await adapter().getRefund(refund.providerId)).toEqual(refund);
  });

  test('goes back in part with a receipt of its own, and is refused without one', async () => {
    const { providerId } = await paid();
    const part = { amountMinor: 225_000 };

    await expect(asksBack(refundOf(providerId, part))).rejects.toThrow(ProviderRefused);
    const refund = await asksBack(refundOf(providerId, { ...part, partReceipt: { email: 'anna@example.ru', vatCode: 1 } }));

    expect(refund.state).toBe('succeeded');
    expect(await known(providerId)).toMatchObject({ refundable: true, refunded_amount: { value: '2250.00' } });
  });

  test('of a part is still found in the list when the provider has forgotten its key', async () => {
    const { providerId } = await paid();
    const part = refundOf(providerId, { amountMinor: 100_000, partReceipt: { email: 'anna@example.ru', vatCode: 1 } });
    const made = await asksBack(part);
    now += 25 * 3_600_000;

    expect(await adapter().refundsOf(providerId)).toMatchObject([{ providerId: made.providerId, refundId: part.key }]);
    // This is why the list is read first: the forgotten key makes another one.
    expect((await asksBack(part)).providerId).not.toBe(made.providerId);
  });

  test('goes back once however often one key asks', async () => {
    const { providerId } = await paid();
    const order = refundOf(providerId);

    const refunds = await Promise.all([asksBack(order), asksBack(order)]);

    expect(refunds[0]).toEqual(refunds[1]);
    expect(await known(providerId)).toMatchObject({ refunded_amount: { value: '2500.00' } });
  });

  test('is found in the list of its payment by the id that we gave it, beside what somebody returned without us', async () => {
    const { providerId } = await paid();
    const part = { amountMinor: 100_000, partReceipt: { email: 'anna@example.ru', vatCode: 1 } };
    const order = refundOf(providerId, part);
    const ours = await asksBack(order);

    const listed = await adapter().refundsOf(providerId);

    expect(listed).toEqual([ours]);
    expect(ours).toMatchObject({ refundId: order.key, paymentProviderId: providerId, amountMinor: 100_000 });
    expect(await adapter().refundsOf(NOBODY)).toEqual([]);
  });

  test('that pays for a visit is set off once, by a receipt beside that of the prepayment', async () => {
    const { providerId } = await paid();
    const order = {
      paymentProviderId: providerId,
      amountMinor: 250_000,
      description: 'Онлайн-консультация',
      email: 'anna@example.ru',
      vatCode: 1,
    };
    const body = adapter().settlementRequest(order);

    const made = await Promise.all([adapter().settle('settlement:p', body), adapter().settle('settlement:p', body)]);

    expect(made[0]).toEqual(made[1]);
    expect(made[0]).toMatchObject({ setsOff: true, isReturn: false });
    const listed = await adapter().receiptsOf({ paymentId: providerId });
    expect(listed.filter(({ setsOff }) => setsOff)).toHaveLength(1);
    expect(listed).toHaveLength(2);
    await expect(adapter().settle('settlement:again', body)).rejects.toThrow(ProviderRefused);
  });

  test('that goes back has a receipt of the return', async () => {
    const { providerId } = await paid();
    const refund = await asksBack(refundOf(providerId));

    expect(await adapter().receiptsOf({ refundId: refund.providerId })).toMatchObject([
      { isReturn: true, setsOff: false, state: 'pending' },
    ]);
  });

  test('never goes back twice, nor before it came', async () => {
    const { providerId } = await paid();
    const unpaid = await adapter().create(bill());
    await asksBack(refundOf(providerId));

    await expect(asksBack(refundOf(providerId))).rejects.toMatchObject({ name: 'ProviderRefused', code: 'invalid_request' });
    await expect(asksBack(refundOf(unpaid.providerId))).rejects.toThrow(ProviderRefused);
  });

  test('that the bank would not take back is told with its reason', async () => {
    const { providerId } = await paid();
    await lever('/faults', { kind: 'refund-pending', count: 1 });
    const refund = await asksBack(refundOf(providerId));

    await lever('/refunds/settle', { id: refund.providerId, end: 'canceled' });

    expect(refund.state).toBe('pending');
    expect(await adapter().getRefund(refund.providerId)).toMatchObject({ state: 'canceled', reason: 'rejected_by_payee' });
  });
});

describe('a provider that fails', () => {
  test.each([500, 503, 429])('with %i may be asked again', async status => {
    await lever('/faults', { kind: 'error', on: 'create', count: 1, status });
    const same = bill();

    await expect(adapter().create(same)).rejects.toThrow(ProviderUnavailable);
    expect((await adapter().create(same)).state).toBe('pending');
  });

  test('after it did what was asked has done it once', async () => {
    await lever('/faults', { kind: 'error', on: 'create-after', count: 1 });
    await lever('/faults', { kind: 'error', on: 'refund-after', count: 1 });
    const same = bill();

    await expect(adapter().create(same)).rejects.toThrow(ProviderUnavailable);
    const { providerId } = await adapter().create(same);
    await pays(providerId);
    const order = refundOf(providerId);
    await expect(asksBack(order)).rejects.toThrow(ProviderUnavailable);
    const refund = await asksBack(order);

    expect(refund.state).toBe('succeeded');
    expect(Object.values(await all('payments'))).toHaveLength(1);
    expect(Object.values(await all('refunds'))).toHaveLength(1);
  });

  test('to answer in time may be asked again', async () => {
    await lever('/faults', { kind: 'delay', on: 'create', count: 1, ms: 500 });
    const impatient: typeof fetch = (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(20) });
    const same = bill();

    await expect(yookassa(settings(), impatient).create(same)).rejects.toThrow(ProviderUnavailable);
    expect((await adapter().create(same)).state).toBe('pending');
  });

  test('to be there at all is unavailable', async () => {
    await stand.close();

    await expect(adapter().get(NOBODY)).rejects.toThrow(ProviderUnavailable);
  });

  test('to know the clinic’s key is unavailable: no patient can mend a setting', async () => {
    const stranger = yookassa({ ...settings(), secretKey: 'wrong' });

    await expect(stranger.create(bill())).rejects.toThrow(ProviderUnavailable);
  });

  test.each([
    ['an HTML page', '<html>'],
    ['another shape', '{"id":"p1"}'],
    ['a state that is not in the contract', '{"id":"p1","status":"perhaps","amount":{"value":"1.00","currency":"RUB"}}'],
    ['a sum that is no sum', '{"id":"p1","status":"pending","amount":{"value":"1,5","currency":"RUB"}}'],
  ])('by answering with %s is not believed', async (_, body) => {
    const garbled = yookassa(settings(), async () => new Response(body));

    await expect(garbled.create(bill())).rejects.toThrow(ProviderUnavailable);
  });
});

test.each([
  ['less than a rouble', { amountMinor: 99 }],
  ['more than a card may take', { amountMinor: 35_000_001 }],
  ['a receipt to nowhere', { email: 'nowhere' }],
  ['a VAT code that does not exist', { vatCode: 13 }],
  ['a name too long for a receipt', { description: 'я'.repeat(129) }],
])('%s is refused for good', async (_, change) => {
  await expect(adapter().create(bill(change))).rejects.toMatchObject({ name: 'ProviderRefused', code: 'invalid_request' });
});

describe('a notice', () => {
  test('as the provider sends it names the event and the object', async () => {
    const { providerId } = await paid();
    const refund = await asksBack(refundOf(providerId));
    const notices = await until(() => {
      expect(clinic.heard).toHaveLength(2);
      return clinic.heard.map(({ body }) => adapter().parseNotice(body));
    });

    expect(notices).toContainEqual({ event: 'payment.succeeded', kind: 'payment', objectId: providerId });
    expect(notices).toContainEqual({ event: 'refund.succeeded', kind: 'refund', objectId: refund.providerId });
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'payment.succeeded'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a bare payment', JSON.stringify({ id: NOBODY, status: 'succeeded' })],
    ['another envelope', notice({ type: 'greeting' })],
    ['no object', notice({ object: undefined })],
    ['an object without an id', notice({ object: {} })],
    ['an id that is a path', notice({ object: { id: '../refunds' } })],
    ['an id without an end', notice({ object: { id: 'a'.repeat(65) } })],
  ])('is not %s', (_, body) => {
    expect(adapter().parseNotice(body)).toBeNull();
  });

  test('of another product is understood as such', () => {
    expect(adapter().parseNotice(notice({ event: 'payout.succeeded' }))).toMatchObject({ kind: 'other', event: 'payout.succeeded' });
  });
});

const settings = () => ({ ...SHOP, apiUrl: `${stand.url}/v3` });
const adapter = () => yookassa(settings());

function bill(given: Partial<Bill> = {}): Bill {
  keys += 1;
  return {
    key: `payment-${keys}`,
    consultationId: 'c1',
    amountMinor: 250_000,
    description: 'Онлайн-приём 25.11.2026, 14:30',
    email: 'anna@example.ru',
    vatCode: 1,
    returnUrl: 'http://clinic.test/consultations/c1/payment',
    ...given,
  };
}

function refundOf(paymentProviderId: string, given: Partial<RefundOrder> = {}): RefundOrder {
  keys += 1;
  return {
    key: `refund-${keys}`,
    paymentProviderId,
    amountMinor: 250_000,
    description: 'Возврат',
    partReceipt: null,
    ...given,
  };
}

async function paid() {
  const created = await adapter().create(bill());
  await pays(created.providerId);
  return created;
}

function notice(given: object): string {
  return JSON.stringify({ type: 'notification', event: 'payment.succeeded', object: { id: NOBODY }, ...given });
}

const pays = (paymentId: string, card = CARD) => lever('/pay', { paymentId, card });

async function lever(path: string, body: object): Promise<void> {
  const answer = await fetch(`${stand.url}/__stand${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

/** The payment in the provider's own records. */
async function known(providerId: string): Promise<object | undefined> {
  return (await all('payments')).find(({ id }) => id === providerId);
}

async function all(what: 'payments' | 'refunds'): Promise<readonly { readonly id: string }[]> {
  return (await (await fetch(`${stand.url}/__stand/state`)).json())[what];
}
