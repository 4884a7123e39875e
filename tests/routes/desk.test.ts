// The doctor's desk: who waits and since when, who comes next, and a list that reloads itself and is drawn again only when it has changed.
import { beforeEach, describe, expect, test } from 'vitest';
import { write } from '../../worker/data/db.ts';
import { enterRoom, leaveRoom } from '../../worker/data/attendance.ts';
import { keepsCheck } from '../../worker/data/device-checks.ts';
import { signals } from '../../worker/data/outbox.ts';
import { HOUR, MAKETOVA, MINUTE, NOON, OBRAZTSOVA, PRIMEROV, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { d1, db, freshClinic, run } from '../data/d1.ts';
import { booked, joins, type Meeting, meeting } from './meeting.ts';
import { Product, wordsOf } from './product.ts';

const START = TOMORROW_14_30;

let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(START);
  product.now = START - 30 * MINUTE;
});

const patient = () => ({ consultationId: visit.id, personId: visit.anna.id, role: 'patient' }) as const;
const doctor = () => ({ consultationId: visit.id, personId: MAKETOVA.id, role: 'doctor' }) as const;
const page = async () => await (await product.get('/desk', visit.doctor)).text();
const words = async () => wordsOf(await page());
/** The address from which the list of this page reloads itself. */
const renewal = async () => /hx-get="(\/desk\/today[^"]*)"/.exec(await page())?.[1] ?? '';

describe('who waits', () => {
  test('is told with since when, and that they went out, until both are in the call', async () => {
    expect(await words()).toContain('Оплачена');
    expect(await words()).not.toContain('Ждёт с');

    const entered = await enterRoom(db, patient(), START - 8 * MINUTE);
    product.now = START - 7 * MINUTE;
    expect(await words()).toContain('Ждёт с 14:22');
    await enterRoom(db, doctor(), START - 6 * MINUTE);
    expect(await words()).toContain('Ждёт с 14:22');
    if ('attendanceId' in entered) await leaveRoom(db, visit.id, entered.attendanceId, START - 5 * MINUTE, START - 5 * MINUTE);
    expect(await words()).toContain('Заходил и вышел');

    await joins(patient(), START);
    await joins(doctor(), START + MINUTE);
    product.now = START + MINUTE;
    expect(await words()).toContain('Идёт приём');
    expect(await words()).toContain('1 приём');
    expect(await words()).not.toContain('прошёл');
    expect(await words()).not.toContain('Ждёт с');
  });

  test('and how many visits the day has and how many of them are over, without those that were not paid', async () => {
    await booked(visit.stranger.id, START + HOUR, false);
    await booked(visit.stranger.id, START + 2 * HOUR);
    product.now = START;
    await product.post(`/desk/consultations/${visit.id}/conclusion`, { outcome: 'failed' }, visit.doctor);

    expect(await words()).toContain('2 приёма, 1 прошёл');
    expect(await words()).toContain('Ждёт оплаты');
  });

  test('stands on top of those who come before and do not wait', async () => {
    const other = await booked(visit.stranger.id, START + HOUR);
    product.now = START - 10 * MINUTE;
    const next = async () => /id="next">([^<]*)/.exec(await page())?.[1]?.slice(0, 5);
    expect(await next()).toBe('14:30');

    await enterRoom(db, { consultationId: other, personId: visit.stranger.id, role: 'patient' }, START - 10 * MINUTE);
    expect(await next()).toBe('15:30');
    await enterRoom(db, patient(), START - 5 * MINUTE);
    expect(await next()).toBe('14:30');
  });
});

describe('the next visit', () => {
  test('says what the patient’s check found and from when the room is open; then it leads in', async () => {
    const check = { camera: true, microphone: true, speaker: true, network: 'video', details: '{"kbps":4000,"rttMs":40}' } as const;
    expect(await words()).toContain('Пациент не проверял');
    await write(db, [keepsCheck(visit.id, visit.anna.id, { ...check, camera: false }, START - 50 * MINUTE)]);
    await write(db, [keepsCheck(visit.id, visit.anna.id, check, START - 40 * MINUTE)]);
    await write(db, [keepsCheck(visit.id, MAKETOVA.id, { ...check, microphone: false }, START - 35 * MINUTE)]);

    expect(await words()).toContain('Камера и микрофон работают');
    expect(await words()).toContain('Комната откроется в 14:15');
    expect(await page()).not.toContain('id="next-join"');
    product.now = START - 15 * MINUTE;
    expect(await words()).not.toContain('Комната откроется');
    expect(await page()).toContain(`href="/desk/consultations/${visit.id}" id="next-join"`);
    expect(await words()).toContain('Подключиться');
  });

  test('is none on a day without visits', async () => {
    await d1.prepare('UPDATE hold SET firm_at = NULL').run();
    expect(await page()).not.toContain('id="next"');
  });
});

describe('the list renews itself', () => {
  test('with nothing while nothing has changed, and anew when somebody came', async () => {
    product.now = START - 10 * MINUTE;
    const address = await renewal();
    expect((await product.get(address, visit.doctor, true)).status).toBe(204);

    await enterRoom(db, patient(), START - 10 * MINUTE);
    const fragment = await product.get(address, visit.doctor, true);
    expect(fragment.status).toBe(200);
    const html = await fragment.text();
    expect(html).toMatch(/^<div id="today"/);
    expect(html).toMatch(/data-say="В\sзале\sожидания: Анна\sТестова1"/);
    expect((await product.get(await renewal(), visit.doctor, true)).status).toBe(204);
  });

  test('when the door opens, though no fact has changed', async () => {
    product.now = START - 15 * MINUTE - 1;
    const address = await renewal();
    product.now += 1;
    expect((await product.get(address, visit.doctor, true)).status).toBe(200);
  });

  test('for the doctor alone; without script its address is the desk', async () => {
    expect((await product.get('/desk/today', visit.anna, true)).status).toBe(404);
    expect((await product.get('/desk/today')).headers.get('location')).toContain('/sign-in');
    expect((await product.get('/desk/today', visit.doctor)).headers.get('location')).toBe('/desk');
  });
});

describe('what could not be done', () => {
  const dead = () =>
    d1.prepare('UPDATE outbox SET dead_at = ?1, why = ?2 WHERE consultation_id = ?3').bind(START, 'unknown', visit.id).run();

  test('is on the desk of the doctor whose visit it is, and of nobody else’s', async () => {
    expect(await words()).not.toContain('Не получилось само');
    await write(db, [signals(visit.id, 'paid', 'paid:again', product.now)]);
    await dead();

    expect(await words()).toContain('напоминания и возвраты по этой консультации могут не работать');
    const other = await sessionFor(OBRAZTSOVA.id, 77, NOON);
    await run(other.statements);
    expect(wordsOf(await (await product.get('/desk', other)).text())).not.toContain('Не получилось само');
  });

  test('names a paid visit that failed until its money is asked back, and a receipt that was refused', async () => {
    await d1
      .prepare(
        `INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id, succeeded_at)
          VALUES ('p', ?1, 1, 230000, 'RUB', ?2, 'yookassa', 'p', ?2)`,
      )
      .bind(visit.id, START - HOUR)
      .run();
    await d1
      .prepare(
        `INSERT INTO receipt (id, kind, consultation_id, payment_id, amount_minor, owed_at, next_at, state, done_at)
          VALUES ('prepayment:p', 'prepayment', ?1, 'p', 230000, ?2, ?2, 'canceled', ?2)`,
      )
      .bind(visit.id, START - HOUR)
      .run();
    expect(await words()).toContain('чек не пробит, пробейте его вручную');

    // From before failed visits were returned by rule.
    await d1.prepare('INSERT INTO unsettled (consultation_id, at) VALUES (?1, ?2)').bind(visit.id, START).run();
    expect(await words()).toContain('приём не состоялся, а возврат не начат');
    await d1.prepare('DELETE FROM unsettled').run();

    product.now = START;
    await product.post(`/desk/consultations/${visit.id}/conclusion`, { outcome: 'failed', version: '1' }, visit.doctor);
    expect(await words()).not.toContain('возврат не начат');
    expect(await d1.prepare('SELECT source, reason, amount_minor FROM refund').all()).toMatchObject({
      results: [{ source: 'rule', reason: 'failed', amount_minor: 230_000 }],
    });
  });

  test('is on the desk of the front desk, without the patient', async () => {
    await write(db, [signals(visit.id, 'paid', 'paid:again', product.now)]);
    await dead();
    const somebody = await sessionFor(PRIMEROV.id, 78, NOON);
    await d1.prepare('DELETE FROM role WHERE person_id = ?1').bind(PRIMEROV.id).run();
    await d1.prepare("INSERT INTO role (person_id, role, at) VALUES (?1, 'frontDesk', ?2)").bind(PRIMEROV.id, NOON).run();
    await run(somebody.statements);

    const page = wordsOf(await (await product.get('/desk', somebody)).text());

    expect(page).toContain('напоминания и возвраты по этой консультации могут не работать');
    expect(page).not.toContain('Тестова');
  });
});
