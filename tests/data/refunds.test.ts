// Refunds: nothing is paid twice, nothing is forgotten, whoever made it and whoever died meanwhile.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { settleRefunds as activity } from '../../worker/activities/standing.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { write } from '../../worker/data/db.ts';
import { newId } from '../../worker/data/ids.ts';
import { asksBack } from '../../worker/data/refunds.ts';
import { settleUngranted } from '../../worker/money/payments.ts';
import { settleRefunds } from '../../worker/money/refunds.ts';
import { ProviderRefused } from '../../worker/providers/payment/port.ts';
import { moneyOf } from '../../workflows/rules/status.ts';
import { DAY, HOUR, MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting } from '../routes/meeting.ts';
import { Product, wordsOf } from '../routes/product.ts';
import { count, d1, db, freshClinic } from './d1.ts';
import { consultationOf, pays, PRICE, succeeds } from './visit.ts';

const PART = 100_000;

let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
  await pays('p', visit.id, product.now, product.now);
});

const asks = (minor: number, reason: 'cancelled' | 'twice' = 'cancelled') =>
  write(db, asksBack({ consultationId: visit.id, paymentId: 'p', minor, reason }, product.now));
const rows = async () => (await d1.prepare('SELECT * FROM refund ORDER BY seq').all()).results;
const money = async () => moneyOf((await consultationOf(visit.id)).facts, product.now);
const sweep = () => settleRefunds(product.ports, null);
const told = (objectId: string) =>
  product.request('/notices/yookassa', {
    method: 'POST',
    body: JSON.stringify({ type: 'notification', event: 'refund.succeeded', object: { id: objectId } }),
  });

describe('a refund', () => {
  test('is sent by the cron, with nobody’s help', async () => {
    await asks(PART);

    await sweep();

    expect(product.cashier.refunds).toMatchObject([{ amountMinor: PART }]);
    expect(await rows()).toMatchObject([
      { seq: 1, source: 'rule', via: 'provider', settled_at: product.now, body: expect.stringContaining('"key"') },
    ]);
  });

  test('whose answer was lost for a day, while the provider forgot the key, is found in its list and not paid again', async () => {
    await asks(PART);
    product.cashier.answerIsLost = true;
    await expect(sweep()).rejects.toThrow('lost');

    product.now += DAY + HOUR;
    product.cashier.forgetsKeys();
    await sweep();

    expect(product.cashier.refunds).toHaveLength(1);
    expect(await rows()).toMatchObject([{ settled_at: product.now, provider_id: product.cashier.made[0]?.providerId }]);
  });

  test('is not paid again by a database that came back from a backup of before it was sent', async () => {
    await asks(PART);
    const { id } = (await rows())[0] ?? {};
    product.cashier.makesRefund('at-p', PART, { refundId: String(id) });

    product.now += DAY;
    await sweep();

    expect(product.cashier.refunds).toEqual([]);
    expect(await rows()).toMatchObject([{ settled_at: product.now }]);
  });

  test('from before requests were kept is found by its sum', async () => {
    await asks(PART);
    product.cashier.makesRefund('at-p', PART);

    product.now += DAY;
    await sweep();

    expect(product.cashier.refunds).toEqual([]);
    expect(await rows()).toHaveLength(1);
  });

  test('is repeated with the same bytes within the hour, although what it was made of has changed', async () => {
    await asks(PART);
    product.cashier.answerIsLost = true;
    await expect(sweep()).rejects.toThrow('lost');
    const { body } = (await rows())[0] ?? {};
    await d1.prepare("UPDATE consultation SET email = 'another@example.ru'").run();

    await sweep();

    expect((await rows())[0]?.['body']).toBe(body);
    expect(product.cashier.refunds).toHaveLength(1);
  });

  test('that five take up at once is asked of the provider once', async () => {
    await asks(PART);
    const refund = vi.spyOn(product.cashier, 'refund');

    await Promise.all([sweep(), sweep(), activity(product.ports, { consultationId: visit.id }), sweep(), sweep()]);

    expect(refund).toHaveBeenCalledTimes(1);
    expect(await rows()).toMatchObject([{ settled_at: product.now }]);
  });

  test('gives back what is left, when less is left than was asked for', async () => {
    await asks(PART);
    await asks(PRICE, 'twice');

    expect(await rows()).toMatchObject([{ amount_minor: PART }, { seq: 2, amount_minor: PRICE - PART }]);
  });

  test('that was refused stays, and one that follows it takes its place', async () => {
    await asks(PRICE);
    const send = product.cashier.refund.bind(product.cashier);
    product.cashier.refund = () => Promise.reject(new ProviderRefused('insufficient_funds', 'no'));
    await sweep();
    product.cashier.refund = send;
    expect(await money()).toBe('stuck');
    const { id } = (await rows())[0] ?? {};
    const follows = (replaces: unknown, minor: number) =>
      d1
        .prepare(
          `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, replaces, asked_at, next_at)
            SELECT ?1, ?2, 'p', count(*) + 1, ?3, 'staff', 'cancelled', ?4, ?5, ?5 FROM refund`,
        )
        .bind(newId(), visit.id, minor, replaces, product.now)
        .run();

    await follows(id, PRICE);
    await expect(follows(id, 1)).rejects.toThrow(/UNIQUE|refundExceeds/);
    expect(await money()).toBe('returning');
    await expect(follows((await rows())[1]?.['id'], 1)).rejects.toThrow(/notRefused|refundExceeds/);
    await sweep();

    expect(await money()).toBe('returned');
    expect(await rows()).toMatchObject([{ refuse_reason: 'insufficient_funds' }, { replaces: id, settled_at: product.now }]);
  });

  test('cannot be changed into another one', async () => {
    await asks(PART);

    for (const change of ['amount_minor = 1', "source = 'external'", "via = 'manual'", "reason = 'twice'"])
      await expect(d1.prepare(`UPDATE refund SET ${change}`).run(), change).rejects.toThrow('immutable');
    await expect(d1.prepare('DELETE FROM refund').run()).rejects.toThrow('immutable');
  });
});

describe('a refund that was made in the provider’s own cabinet', () => {
  test('is written down from its notice, once, counts, and the desk shows it', async () => {
    const { providerId } = product.cashier.makesRefund('at-p', PART);

    for (let n = 0; n < 3; n++) expect((await told(providerId)).status).toBe(200);

    expect(await rows()).toMatchObject([{ source: 'external', amount_minor: PART, settled_at: product.now, provider_id: providerId }]);
    expect(await money()).toBe('partReturned');
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'refund.external'")).toBe(1);
    expect(wordsOf(await (await product.get('/desk', visit.doctor)).text())).toContain('деньги вернули в кабинете платёжной системы');
  });

  test('leaves for our own refund what is left', async () => {
    await told(product.cashier.makesRefund('at-p', PART).providerId);

    await asks(PRICE);

    expect(await rows()).toMatchObject([{}, { source: 'rule', amount_minor: PRICE - PART }]);
  });

  test('of a payment that is not ours is answered as before, and asked about a limited number of times', async () => {
    product.cashier.makesRefund('another shop', PART, { providerId: 'theirs' });

    expect((await told('theirs')).status).toBe(404);
    expect((await told('nobody’s')).status).toBe(400);
    expect(await rows()).toEqual([]);
  });

  test('and of which the notice came before the answer to our own request is that one', async () => {
    await asks(PART);
    product.cashier.answerIsLost = true;
    await expect(sweep()).rejects.toThrow('lost');

    await told(product.cashier.made[0]?.providerId ?? '');

    expect(await rows()).toMatchObject([{ source: 'rule', settled_at: product.now }]);
  });
});

describe('a visit that failed', () => {
  const fails = () =>
    conclude(
      db,
      { consultationId: visit.id, personId: visit.doctor.id, sessionId: visit.doctor.id, outcome: 'failed', version: 1 },
      product.now,
    );

  test('is returned whole by rule, in the batch of its end, and the patient reads so', async () => {
    product.now = TOMORROW_14_30 + 5 * MINUTE;
    await fails();
    expect(await money()).toBe('returning');

    await sweep();

    expect(await money()).toBe('returned');
    expect(await rows()).toMatchObject([{ reason: 'failed', amount_minor: PRICE }]);
    expect(await count('SELECT count(*) AS n FROM unsettled')).toBe(0);
    expect(wordsOf(await (await product.get('/appointments/history', visit.anna)).text())).toContain('Вернули 2 300 ₽.');
  });

  test('from before the rule is returned by the cron', async () => {
    product.now = TOMORROW_14_30 + 5 * MINUTE;
    await d1
      .prepare("INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?1, ?2, ?3, 'failed')")
      .bind(visit.id, product.now, visit.doctor.id)
      .run();
    expect(await count('SELECT count(*) AS n FROM unsettled')).toBe(1);

    await settleUngranted(product.ports);
    await sweep();

    expect(await money()).toBe('returned');
  });
});

test('money that a crash left undecided is decided by the cron', async () => {
  await pays('again', visit.id, product.now, null);
  await succeeds('again', visit.id, product.now + 1);
  expect(await count('SELECT count(*) AS n FROM ungranted')).toBe(1);

  product.now += 2 * MINUTE;
  await settleUngranted(product.ports);
  await sweep();

  expect(await rows()).toMatchObject([{ reason: 'twice', payment_id: 'again', amount_minor: PRICE }]);
  expect(await count('SELECT count(*) AS n FROM ungranted')).toBe(0);
  expect(await money()).toBe('partReturned');
});
