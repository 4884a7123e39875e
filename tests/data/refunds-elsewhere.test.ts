// Money that somebody returned in the provider's own cabinet, in whole or in part, at any moment of a visit: together with our own refunds everybody gets
// what they are owed, once, and nobody is asked to return it again.
import { beforeEach, describe, expect, test } from 'vitest';
import { conclude } from '../../worker/data/conclusions.ts';
import { write } from '../../worker/data/db.ts';
import { chooseRefund } from '../../worker/data/delay-choices.ts';
import { asksBack } from '../../worker/data/refunds.ts';
import { sendLetter } from '../../worker/letters/send.ts';
import { settleUngranted } from '../../worker/money/payments.ts';
import { settleReceipts } from '../../worker/money/receipts.ts';
import { settleRefunds } from '../../worker/money/refunds.ts';
import { ProviderRefused, type RefundOrder } from '../../worker/providers/payment/port.ts';
import { moneyOf } from '../../workflows/rules/status.ts';
import { DAY, HOUR, MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { booked, type Meeting, meeting, metInCall } from '../routes/meeting.ts';
import { Product, wordsOf } from '../routes/product.ts';
import { count, d1, db, freshClinic, run } from './d1.ts';
import { consultationOf, pays, PRICE, succeeds } from './visit.ts';

const PART = 100_000;

let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
  providerCounts();
});

/** What a real provider does: more than is left of a payment is refused. */
function providerCounts(): void {
  const send = product.cashier.refund.bind(product.cashier);
  product.cashier.refund = (key, body) => {
    const { paymentProviderId, amountMinor } = JSON.parse(body) as RefundOrder;
    const others = product.cashier.made.filter(one => one.paymentProviderId === paymentProviderId && one.state !== 'canceled');
    const back = others.reduce((sum, one) => sum + one.amountMinor, 0);
    return back + amountMinor > PRICE ? Promise.reject(new ProviderRefused('invalid_request', 'amount')) : send(key, body);
  };
}

const told = (id: string) => {
  const body = JSON.stringify({ type: 'notification', event: 'refund.succeeded', object: { id } });
  return product.request('/notices/yookassa', { method: 'POST', body });
};
const returnedElsewhere = async (minor: number, payment = 'p') =>
  await told(product.cashier.makesRefund(`at-${payment}`, minor).providerId);
const fails = () => {
  const { id: personId } = visit.doctor;
  return conclude(db, { consultationId: visit.id, personId, sessionId: personId, outcome: 'failed', version: 1 }, product.now);
};

async function sweeps(): Promise<void> {
  for (let n = 0; n < 4; n++) {
    product.now += 2 * MINUTE;
    await settleUngranted(product.ports);
    await settleRefunds(product.ports, null);
  }
}

const back = () => product.cashier.made.filter(({ state }) => state === 'succeeded').reduce((sum, one) => sum + one.amountMinor, 0);
const factsOf = async (id = visit.id) => (await consultationOf(id)).facts;
const page = async () => wordsOf(await (await product.get(`/consultations/${visit.id}`, visit.anna)).text());
const desk = async () => wordsOf(await (await product.get('/desk', visit.doctor)).text());

describe('a part that was returned before', () => {
  test('the patient of a late doctor takes the rest back', async () => {
    await pays('p', visit.id, product.now, product.now);
    await returnedElsewhere(100);
    product.now = TOMORROW_14_30 + 15 * MINUTE;

    const { id: personId } = visit.anna;
    const trace = { cameAt: null, late: null };
    await chooseRefund(db, { consultationId: visit.id, personId, sessionId: personId, version: 1, trace }, product.now);
    await sweeps();

    expect(await factsOf()).toMatchObject({ returnedMinor: PRICE, refusedMinor: 0 });
    expect(back()).toBe(PRICE);
  });

  test.each([PART, PRICE])('of late money: the rest goes back (%i kopecks were)', async part => {
    const id = await booked(visit.stranger.id, TOMORROW_14_30 + 3 * HOUR, false);
    product.now = TOMORROW_14_30 + 4 * HOUR;
    await pays('q', id, product.now, null);
    await returnedElsewhere(part, 'q');

    await succeeds('q', id, product.now);
    await sweeps();

    expect(back()).toBe(PRICE);
    expect(await count('SELECT count(*) AS n FROM ungranted')).toBe(0);
  });

  test('between the money and the appointment: a crash there loses neither', async () => {
    product.now = Date.now();
    const id = await booked(visit.stranger.id, product.now + 3 * HOUR, false);
    await pays('q', id, product.now, null);
    await succeeds('q', id, product.now);
    await returnedElsewhere(100, 'q');
    expect(await count('SELECT count(*) AS n FROM ungranted')).toBe(1);

    await sweeps();

    expect(await factsOf(id)).toMatchObject({ firmAt: null, returnedMinor: PRICE });
    expect(back()).toBe(PRICE);
  });
});

describe.each([
  ['part', PART, 0],
  ['whole', PRICE, 0],
  ['part, hours later', PART, 2 * HOUR],
  ['whole, hours later', PRICE, 2 * HOUR],
] as const)('a failed visit whose money was returned in %s', (_, part, wait) => {
  test.each([true, false])(
    'while our own refund was on its way is returned once, and nobody is asked to return it (notice came: %s)',
    async heard => {
      await pays('p', visit.id, product.now, product.now);
      product.now = TOMORROW_14_30 + 5 * MINUTE;
      await fails();
      const { providerId } = product.cashier.makesRefund('at-p', part, { refundId: 'made by hand' });
      if (heard) await told(providerId);
      product.now += wait;

      await sweeps();

      expect(back()).toBe(PRICE);
      expect(await factsOf()).toMatchObject({ returnedMinor: PRICE, refusedMinor: 0 });
      expect(await desk()).not.toContain('верните деньги вручную');
      expect(await page()).not.toContain('Деньги у нас');
    },
  );
});

test('a refund of the same sum that came to nothing in the cabinet is not taken for ours', async () => {
  await pays('p', visit.id, product.now, product.now);
  product.now = TOMORROW_14_30 + 5 * MINUTE;
  product.cashier.makesRefund('at-p', PRICE, { state: 'canceled', reason: 'general_decline' });

  await fails();
  await sweeps();

  expect(back()).toBe(PRICE);
  expect(await factsOf()).toMatchObject({ returnedMinor: PRICE, refusedMinor: 0 });
});

test('the letter about a refund names no more than was paid', async () => {
  await pays('p', visit.id, product.now, product.now);
  product.now = TOMORROW_14_30 + 5 * MINUTE;
  await fails();
  await returnedElsewhere(PART);
  product.cashier.refund = () => Promise.reject(new ProviderRefused('invalid_request', 'no'));
  await sweeps();

  await sendLetter(product.ports, { consultationId: visit.id, kind: 'returned', scheduleVersion: 1 });

  expect(product.mails.at(-1)?.subject.replace(/\s/g, ' ')).toContain('2 300 ₽');
});

test('what the bank refused and staff then returned in the cabinet is owed no more', async () => {
  await pays('p', visit.id, product.now, product.now);
  product.now = TOMORROW_14_30 + 5 * MINUTE;
  await fails();
  product.cashier.refund = () => Promise.reject(new ProviderRefused('invalid_request', 'no'));
  await sweeps();
  expect(await desk()).toContain('верните деньги вручную');

  await returnedElsewhere(PRICE);

  expect(moneyOf(await factsOf(), product.now)).toBe('returned');
  expect(await page()).toContain('Банк не принял возврат, деньги вернули иначе');
  expect(await desk()).not.toContain('верните деньги вручную');
});

test('a refund that was refused and succeeded after all is spent', async () => {
  await pays('p', visit.id, product.now, product.now);
  const asks = (reason: 'cancelled' | 'twice') =>
    write(db, asksBack({ consultationId: visit.id, paymentId: 'p', minor: PRICE, reason }, product.now));
  await asks('cancelled');
  product.cashier.refund = () => Promise.reject(new ProviderRefused('invalid_request', 'no'));
  await settleRefunds(product.ports, null);
  const { id = '' } = (await d1.prepare('SELECT id FROM refund').first<{ id: string }>()) ?? {};

  await told(product.cashier.makesRefund('at-p', PRICE, { refundId: id, providerId: 'after-all' }).providerId);
  await asks('twice');

  expect(await count('SELECT count(*) AS n FROM refund')).toBe(1);
  expect(moneyOf(await factsOf(), product.now)).toBe('returned');
});

test('a refund without an end for three days is on the desk, and the provider is not asked all the time', async () => {
  await pays('p', visit.id, product.now, product.now);
  await write(db, asksBack({ consultationId: visit.id, paymentId: 'p', minor: PART, reason: 'cancelled' }, product.now));
  await settleRefunds(product.ports, null);
  await d1
    .prepare('UPDATE refund SET next_at = 0')
    .run()
    .catch(() => undefined);
  await pays('q', await booked(visit.stranger.id, TOMORROW_14_30 + 3 * HOUR), product.now, product.now);
  await d1
    .prepare(
      `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, sent_at, next_at, provider_id)
        SELECT 'r', consultation_id, id, 1, 1, 'rule', 'cancelled', ?1, ?1, 0, 'gone' FROM payment WHERE id = 'q'`,
    )
    .bind(product.now)
    .run();
  let asked = 0;
  product.cashier.getRefund = () => (asked++, Promise.resolve(null));

  for (let n = 0; n < 20; n++) {
    product.now += 16_000;
    await settleRefunds(product.ports, null);
  }

  expect(asked).toBeLessThan(4);
  expect(await desk()).not.toContain('больше трёх дней');
  product.now += 3 * DAY;
  expect(await desk()).toContain('возврат идёт больше трёх дней');
});

describe('the receipt of the settlement', () => {
  const tookPlace = async () => {
    product.now = TOMORROW_14_30 + 20 * MINUTE;
    const { id: personId } = visit.doctor;
    await run(metInCall(visit.id, visit.anna.id, personId, TOMORROW_14_30 + MINUTE));
    await conclude(db, { consultationId: visit.id, personId, sessionId: personId, outcome: 'tookPlace', version: 1 }, product.now);
  };
  const settlement = () => d1.prepare("SELECT state, amount_minor FROM receipt WHERE kind = 'settlement'").first();

  test.each([
    [PART, { state: 'pending', amount_minor: PRICE - PART }],
    [PRICE, { state: 'void' }],
  ])('is of what is left when it is made (%i kopecks were returned)', async (part, expected) => {
    await pays('p', visit.id, product.now, product.now);
    await tookPlace();
    await returnedElsewhere(part);

    await settleReceipts(product.ports);

    expect(await settlement()).toMatchObject(expected);
  });

  test('waits for a refund that is on its way, and is of all when the bank refuses that', async () => {
    await pays('p', visit.id, product.now, product.now);
    await told(product.cashier.makesRefund('at-p', PART, { providerId: 'ext', state: 'pending' }).providerId);
    await tookPlace();
    await settleReceipts(product.ports);
    expect(await settlement()).toMatchObject({ state: 'owed' });

    await d1.prepare("UPDATE refund SET refused_at = 1 WHERE provider_id = 'ext'").run();
    product.now += HOUR;
    await settleReceipts(product.ports);

    expect(await settlement()).toMatchObject({ state: 'pending', amount_minor: PRICE });
  });
});
