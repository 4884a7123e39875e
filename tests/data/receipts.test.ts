// Fiscal receipts: each one that is owed is a row until the cash register has answered, and the patient and the staff see how it stands.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conclude } from '../../worker/data/conclusions.ts';
import { write } from '../../worker/data/db.ts';
import { asksBack } from '../../worker/data/refunds.ts';
import { settleReceipts } from '../../worker/money/receipts.ts';
import { settleRefunds } from '../../worker/money/refunds.ts';
import { ProviderRefused, ProviderUnavailable } from '../../worker/providers/payment/port.ts';
import { DAY, HOUR, MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting, metInCall } from '../routes/meeting.ts';
import { Product, wordsOf } from '../routes/product.ts';
import { d1, db, freshClinic, run } from './d1.ts';
import { pays, PRICE, succeeds } from './visit.ts';

let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
  await pays('p', visit.id, product.now, null);
  await succeeds('p', visit.id, product.now);
});

const rows = async () =>
  (await d1.prepare('SELECT * FROM receipt ORDER BY owed_at, id').all<Record<string, string | number | null>>()).results;
const stands = async () => (await rows()).map(({ id, state }) => `${id} ${state}`);
const page = async () => wordsOf(await (await product.get(`/consultations/${visit.id}`, visit.anna)).text());
const desk = async () => wordsOf(await (await product.get('/desk', visit.doctor)).text());
const sweep = () => settleReceipts(product.ports);

async function tookPlace(): Promise<void> {
  product.now = TOMORROW_14_30 + 20 * MINUTE;
  const { id: personId } = visit.doctor;
  await run(metInCall(visit.id, visit.anna.id, personId, TOMORROW_14_30 + MINUTE));
  await conclude(db, { consultationId: visit.id, personId, sessionId: personId, outcome: 'tookPlace', version: 1 }, product.now);
}

test('the receipt of a prepayment is asked about until it is registered, and the patient reads its numbers', async () => {
  await sweep();
  expect(await stands()).toEqual(['prepayment:p owed']);
  expect(await page()).toContain('чек готовится');

  product.cashier.registers('at-p');
  await sweep();
  expect(await stands()).toEqual(['prepayment:p owed']);
  product.now += 2 * MINUTE;
  await sweep();

  expect(await rows()).toMatchObject([{ state: 'succeeded', done_at: product.now, provider_id: 'rt-at-p' }]);
  expect(await page()).toContain('чек на почте ФН 9288000100115785, ФД 3986, ФПД 2617603921');
});

test('the visit took place: the prepayment is set off once, although the answer was lost', async () => {
  product.cashier.registers('at-p');
  await sweep();
  await tookPlace();
  product.cashier.answerIsLost = true;
  const settle = vi.spyOn(product.cashier, 'settle');
  await expect(sweep()).rejects.toThrow('lost');

  product.now += HOUR;
  await sweep();
  expect(await stands()).toEqual(['prepayment:p succeeded', 'settlement:p pending']);
  product.cashier.registers('at-p');
  product.now += HOUR;
  await sweep();

  expect(settle).toHaveBeenCalledTimes(1);
  expect(JSON.parse(String(settle.mock.calls[0]?.[1]))).toMatchObject({
    paymentProviderId: 'at-p',
    amountMinor: PRICE,
    email: 'anna@example.ru',
  });
  expect(await stands()).toEqual(['prepayment:p succeeded', 'settlement:p succeeded']);
  expect(await page()).toContain('Чек о расчёте Приём состоялся, предоплата зачтена · чек на почте');
});

test('what was returned has a receipt of its own', async () => {
  product.cashier.registers('at-p');
  await sweep();
  await write(db, asksBack({ consultationId: visit.id, paymentId: 'p', minor: 100_000, reason: 'twice' }, product.now));
  await settleRefunds(product.ports, null);
  product.cashier.registers(product.cashier.made[0]?.providerId ?? '');

  product.now += HOUR;
  await sweep();

  expect(await rows()).toMatchObject([{ kind: 'prepayment' }, { kind: 'return', amount_minor: 100_000, state: 'succeeded' }]);
  await tookPlace();
  await sweep();
  expect((await rows())[2]).toMatchObject({ kind: 'settlement', state: 'pending', amount_minor: PRICE - 100_000 });
});

describe('the desk lists', () => {
  test('a receipt that was refused, by the register or by the provider', async () => {
    product.cashier.registers('at-p', 'canceled');
    await sweep();
    expect(await desk()).toContain('чек не пробит, пробейте его вручную');
    expect(await page()).toContain('чек не пробит, сотрудник уже знает');

    await tookPlace();
    product.cashier.settle = () => Promise.reject(new ProviderRefused('invalid_request', 'no'));
    await sweep();
    expect(await stands()).toEqual(['prepayment:p canceled', 'settlement:p canceled']);
  });

  test('a receipt of which nobody has heard for three days', async () => {
    await sweep();
    expect(await desk()).not.toContain('три дня');

    product.now += 3 * DAY + MINUTE;

    expect(await desk()).toContain('чек не зарегистрирован три дня');
  });
});

test('one receipt that cannot be asked about does not stop the others', async () => {
  await tookPlace();
  product.cashier.registers('at-p');
  const list = product.cashier.receiptsOf.bind(product.cashier);
  let asked = 0;
  product.cashier.receiptsOf = about => (asked++ === 0 ? Promise.reject(new ProviderUnavailable('down')) : list(about));

  await expect(sweep()).rejects.toThrow('down');

  expect(asked).toBe(2);
  expect(await stands()).toEqual(['prepayment:p owed', 'settlement:p pending']);
});

test('what a receipt says cannot be changed afterwards', async () => {
  product.cashier.registers('at-p');
  await sweep();

  await expect(d1.prepare("UPDATE receipt SET state = 'canceled'").run()).rejects.toThrow('immutable');
  await expect(d1.prepare('DELETE FROM receipt').run()).rejects.toThrow('immutable');
});
