// The patient of a late doctor: what the pages offer, the choice in one tap with and without script, a doctor who comes first, the letter
// and the room.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendLetter } from '../../worker/letters/send.ts';
import { noteDoctorLate } from '../../worker/activities/room.ts';
import { settleRefunds } from '../../worker/activities/standing.ts';
import { enterRoom, leaveRoom } from '../../worker/data/attendance.ts';
import { type CastPerson, DAY, MAKETOVA, MINUTE, NOON, PRIMEROV, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { bindings, count, d1, db, freshClinic, patients, run } from '../data/d1.ts';
import { booked, type Browser, enters } from './meeting.ts';
import { Product, reloadOf, wordsOf } from './product.ts';
import { FakeSfu } from './sfu.ts';

const START = TOMORROW_14_30;
const LATE = START + 10 * MINUTE;

let product: Product;
let sfu: FakeSfu;
let anna: CastPerson;
let boris: CastPerson;
let doctor: CastPerson;
let id: string;

beforeEach(async () => {
  await freshClinic();
  sfu = new FakeSfu();
  product = new Product();
  const [a, b] = await patients(2);
  doctor = await sessionFor(MAKETOVA.id, 60, NOON);
  if (!a || !b) throw new Error('no cast');
  await run(doctor.statements);
  [anna, boris] = [a, b];
  id = await booked(anna.id, START);
  await d1
    .prepare(
      "INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id, succeeded_at) VALUES ('p', ?1, 1, 230000, 'RUB', ?2, 'yookassa', 'provider', ?2)",
    )
    .bind(id, NOON)
    .run();
  product.now = LATE;
});
afterEach(() => sfu.gone());

const comes = () => enterRoom(db, { consultationId: id, personId: MAKETOVA.id, role: 'doctor' }, product.now);
const chooses = (fields: Record<string, string>, htmx = false, as = anna) =>
  product.post(`/consultations/${id}/delay`, fields, as, { htmx });
const REFUND = { choice: 'refund', returnMinor: '230000' };
const pages = () => [`/consultations/${id}`, '/appointments', `/consultations/${id}/room`];
const fragment = async () => wordsOf(await (await product.get(`/consultations/${id}/delay`, anna, true)).text());

describe('the offer', () => {
  test('stands on the card, the consultation’s page and in the waiting room from ten minutes after the start', async () => {
    for (const path of pages()) {
      product.now = LATE - 1;
      expect(wordsOf(await (await product.get(path, anna)).text()), path).not.toContain('Врач опаздывает');
      product.now = LATE;
      const words = wordsOf(await (await product.get(path, anna)).text());
      expect(words, path).toContain('Врач опаздывает уже 10 минут. Извините.');
      expect(words, path).toContain('Подождать Перенести Вернуть 2 300 ₽');
    }
  });

  test('reloads itself with nothing while it is the same, and anew when the patient has chosen to wait', async () => {
    const shown = await (await product.get(`/consultations/${id}/delay`, anna, true)).text();
    expect((await product.get(reloadOf(shown), anna, true)).status).toBe(204);

    await chooses({ choice: 'wait' });

    expect((await product.get(reloadOf(shown), anna, true)).status).toBe(200);
  });

  test('is the same in English', async () => {
    const words = wordsOf(await (await product.get(`/consultations/${id}?lang=en`, anna)).text());

    expect(words).toContain('The doctor is already 10 minutes late.');
    expect(words).toContain('Wait Move it Refund 2 300 ₽');
  });

  test('stands at once when the doctor says ten minutes or more, and goes when the doctor comes', async () => {
    product.now = START - 5 * MINUTE;
    const says = (minutes: string) => product.post(`/desk/consultations/${id}/late`, { minutes }, doctor);
    await says('5');
    expect(await fragment()).toBe('');
    product.now += 1;
    await says('15');

    expect(await fragment()).toContain('Врач задержится примерно на 15 минут, начнёт около 14:45 (МСК).');
    product.now += 1;
    await comes();
    expect(await fragment()).toBe('');
  });

  test('stands too when the doctor only passed by, goes when the doctor comes back, and the money can be taken', async () => {
    product.now = START - 14 * MINUTE;
    const came = await comes();
    if (!('attendanceId' in came)) throw new Error('the visit is over');
    await leaveRoom(db, id, came.attendanceId, START + MINUTE, START + MINUTE);
    product.now = LATE;
    expect(await fragment()).toContain('Врач опаздывает уже 10 минут');

    const back = await comes();
    if (!('attendanceId' in back)) throw new Error('the visit is over');
    expect(await fragment()).toBe('');
    await leaveRoom(db, id, back.attendanceId, LATE + MINUTE, LATE + MINUTE);
    product.now = LATE + 2 * MINUTE;
    expect(await fragment()).toContain('Врач опаздывает уже 12 минут');
    await chooses(REFUND);
    expect(await count("SELECT count(*) AS n FROM cancellation WHERE reason = 'doctorLate'")).toBe(1);
  });

  test('is nobody else’s; without script its address leads to the consultation', async () => {
    for (const person of [boris, doctor]) {
      expect((await product.get(`/consultations/${id}/delay`, person)).status).toBe(404);
      expect((await chooses(REFUND, false, person)).status).toBe(404);
    }
    expect((await product.get(`/consultations/${id}/delay`, anna)).headers.get('location')).toBe(`/consultations/${id}`);
  });
});

describe('the choice', () => {
  test('to wait is thanked; the two other ways stay within reach', async () => {
    const words = wordsOf(await (await chooses({ choice: 'wait' }, true)).text());

    expect(words).toContain('Спасибо, что ждёте: врач опаздывает уже 10 минут.');
    expect(words).toContain('Перенести Вернуть 2 300 ₽');
    expect(words).not.toContain('Подождать');
    expect((await chooses({ choice: 'wait' })).headers.get('location')).toBe(`/consultations/${id}`);
    expect(await count('SELECT count(*) AS n FROM delay_choice')).toBe(1);
    expect(wordsOf(await (await product.get(`/consultations/${id}`, anna)).text())).toContain('Врач опаздывал, вы решили подождать');
  });

  test('of the money cancels by the clinic’s fault with everything returned, and every page says so', async () => {
    const answer = await chooses(REFUND);

    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/consultations/${id}`);
    const own = wordsOf(await (await product.get(`/consultations/${id}`, anna)).text());
    expect(own).toContain('Отменена клиникой');
    expect(own).toContain('Врач опоздал, и вы выбрали возврат');
    expect(own).toContain('Возвращаем 2 300 ₽, деньги придут за 1–5 дней.');
    expect(wordsOf(await (await product.get('/desk', doctor)).text())).toContain('Врач опоздал, деньги возвращаем');

    await settleRefunds(product.ports, { consultationId: id });
    expect(product.cashier.refunds).toMatchObject([{ amountMinor: 230_000, partReceipt: null }]);
    expect(wordsOf(await (await product.get('/desk', doctor)).text())).toContain('Врач опоздал, деньги вернули');
    expect(wordsOf(await (await product.get(`/desk/consultations/${id}`, doctor)).text())).toContain('Отменена: врач опоздал');
    expect((await chooses(REFUND)).headers.get('location')).toBe(`/consultations/${id}`);
    expect(product.cashier.refunds).toHaveLength(1);
  });

  test('of the money by htmx leads to the consultation; a sum that is not the one shown is asked again', async () => {
    const wrong = await chooses({ choice: 'refund', returnMinor: '1' }, true);
    expect(wrong.status).toBe(409);
    expect(wordsOf(await wrong.text())).toContain('Вернуть 2 300 ₽');

    expect((await chooses(REFUND, true)).headers.get('hx-redirect')).toBe(`/consultations/${id}`);
  });

  test('comes too late when the doctor has come: the visit stands and the patient is told', async () => {
    await comes();
    for (const htmx of [true, false]) {
      const answer = await chooses(REFUND, htmx);
      expect(answer.status).toBe(409);
      expect(wordsOf(await answer.text())).toContain('Врач уже в приёме');
    }
    expect(await count('SELECT count(*) AS n FROM refund')).toBe(0);
    expect(wordsOf(await (await product.get(`/consultations/${id}/reschedule`, anna)).text())).toContain('Врач уже в приёме');
  });

  test('of another time is free and not one of the three', async () => {
    const to = START + 7 * DAY;
    expect(wordsOf(await (await product.get(`/consultations/${id}/reschedule`, anna)).text())).toContain(
      'Врач опаздывает, поэтому перенос бесплатный',
    );
    const moved = await product.post(`/consultations/${id}/reschedule`, { to: String(to), version: '1' }, anna);

    expect(moved.headers.get('location')).toBe(`/consultations/${id}`);
    const words = wordsOf(await (await product.get(`/consultations/${id}`, anna)).text());
    expect(words).toContain('Врач опаздывал, вы перенесли приём');
    expect(words).not.toContain('Врач опаздывает уже');
    expect(wordsOf(await (await product.get(`/consultations/${id}/reschedule`, anna)).text())).toContain('Перенести можно ещё 3 раза');
  });

  test('is nothing while the doctor is in time', async () => {
    product.now = LATE - 1;

    expect((await chooses(REFUND)).headers.get('location')).toBe(`/consultations/${id}`);
    expect(await count('SELECT count(*) AS n FROM cancellation')).toBe(0);
  });
});

describe('the doctor’s desk', () => {
  test('says how late the doctor is and that the patient waits, while it is so', async () => {
    const desk = async () => wordsOf(await (await product.get('/desk', doctor)).text());
    product.now = START + 3 * MINUTE;
    expect(await desk()).toContain('Опаздываете на 3 мин');
    await enterRoom(db, { consultationId: id, personId: anna.id, role: 'patient' }, START);
    expect(await desk()).toContain('Опаздываете на 3 мин, пациент ждёт');
    await comes();
    expect(await desk()).not.toContain('Опаздываете');
  });
});

describe('the letter about it', () => {
  const letter = () => sendLetter(product.ports, { consultationId: id, kind: 'doctorLate', scheduleVersion: 1 });

  test('is sent while it is true, once, and leads to the three ways without a word about medicine', async () => {
    expect(await letter()).toEqual({ kind: 'sent' });
    expect(await letter()).toEqual({ kind: 'already' });

    const text = product.mails.at(-1)?.text.replace(/[\u00a0\u202f]/g, ' ') ?? '';
    for (const [label, path] of [
      ['Подождать в зале ожидания', '/room'],
      ['Перенести приём', '/reschedule'],
      ['Вернуть 2 300 ₽', `#delay-${id}`],
    ])
      expect(text).toContain(`${label}:\nhttps://clinic.example/consultations/${id}${path}`);
    expect(text).not.toMatch(/врач|Макетова|педиатр/i);
  });

  test('is not sent when the doctor has come, or the patient has chosen', async () => {
    await chooses(REFUND);
    expect(await letter()).toEqual({ kind: 'skipped' });
    id = await booked(anna.id, START + DAY);
    product.now = LATE + DAY;
    await comes();
    expect(await letter()).toEqual({ kind: 'skipped' });
  });
});

describe('the room', () => {
  let there: Browser;
  const note = () => noteDoctorLate(product.ports, bindings.ROOM, { consultationId: id, scheduleVersion: 1 });
  beforeEach(async () => {
    there = await enters(product, id, anna);
  });

  test('tells the patient who sits in it as soon as it is noted', async () => {
    expect(await note()).toEqual({ kind: 'noted' });

    await there.hears('delay');
    expect(await fragment()).toContain('Врач опаздывает уже 10 минут');
  });

  test('says nothing when the doctor came in time', async () => {
    await comes();

    expect(await note()).toEqual({ kind: 'untrue' });
    expect(there.heard.some(message => message.type === 'delay')).toBe(false);
  });

  test('is left when the money is taken', async () => {
    await chooses(REFUND);

    expect((await there.hears('ended')).outcome).toBeNull();
    expect(await there.isLetGo()).toBe(4002);
  });
});

test('a doctor sees only own patients’ lateness', async () => {
  const other = await sessionFor(PRIMEROV.id, 61, NOON);
  await run(other.statements);

  expect(wordsOf(await (await product.get('/desk', other)).text())).not.toContain('Опаздываете');
});
