// «Журнал связи» for each reader: who may read it, in which layout, what it says, and which pages link to it.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { STAFF } from '../../stand/clinic/people.ts';
import { clockOf } from '../../views/format.ts';
import { enterRoom } from '../../worker/data/attendance.ts';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, DAY, MINUTE, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { bindings, count, d1, db, freshClinic, run } from '../data/d1.ts';
import { booked, joins, type Meeting, meeting } from './meeting.ts';
import { call, ended, holderOf } from './passports.ts';
import { Product, wordsOf } from './product.ts';
import { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  sfu = new FakeSfu();
  visit = await meeting(TOMORROW_14_30);
  product.now = visit.startsAt + 60 * MINUTE;
});
afterEach(() => sfu.gone());

const staff = async (role: string): Promise<CastPerson> => {
  const person = await sessionFor(STAFF.find(one => one.role === role)?.id ?? '', 80, Date.now());
  await run(person.statements);
  return person;
};
const page = async (as: CastPerson | null, id = visit.id, lang = 'ru') => {
  const response = await product.get(`/consultations/${id}/passport?lang=${lang}`, as);
  const html = await response.text();
  return { status: response.status, html, words: wordsOf(html) };
};
const clock = (minutes: number) => clockOf(visit.startsAt + minutes * MINUTE, 'Europe/Moscow');

describe('the page of a call that is over', () => {
  beforeEach(async () => {
    await call(visit);
    await ended(visit);
  });

  test('tells the patient who met whom, how long, what broke and on whose side', async () => {
    const { status, words } = await page(visit.anna);

    expect(status).toBe(200);
    expect(words).toContain('Пациент Анна Тестова1 Врач Дарья Макетова');
    expect(words).toContain(`Встретились ${clock(3)} (МСК)`);
    expect(words).toContain(`Состоялся, ${clock(25)} (МСК)`);
    expect(words).toContain('Вместе 21 минута, назначено 30');
    expect(words).toContain('Без пациента 1 минута из назначенного времени');
    expect(words).toContain('Без врача 3 минуты из назначенного времени');
    expect(words).toContain('Сбои У пациента 1, у сервиса связи 1');
    expect(words).toContain('Видео и звук не записываем.');
    expect(words).not.toContain('Приём ещё не завершён');
  });

  test('tells the comings and goings in order, the end once', async () => {
    const { words } = await page(visit.anna);
    const course = [
      `${clock(-5)} Пациент вошёл в комнату`,
      `${clock(-1)} Врач сообщил: задержка примерно 5 минут`,
      `${clock(-1)} Пациент вошёл в звонок`,
      `${clock(0)} Назначенное начало`,
      `${clock(3)} Врач вошёл в комнату`,
      `${clock(3)} Врач вошёл в звонок`,
      `${clock(3)} Оба на связи`,
      `${clock(8)} Видео и звук прервались у обоих сразу Сторона сервиса связи`,
      `${clock(12)} Прервались видео и звук Сторона пациента`,
      `${clock(24)} Пациент вышел`,
      `${clock(25)} Врач завершил приём: состоялся Комната закрылась для обоих`,
    ];

    expect(course.map(row => words.indexOf(row)).filter(at => at < 0)).toEqual([]);
    expect(course.map(row => words.indexOf(row))).toEqual(course.map(row => words.indexOf(row)).toSorted((a, b) => a - b));
    expect(words).not.toContain('Врач вышел');
    expect(words).not.toContain('Назначенный конец');
  });

  test('tells the line of each side in a sentence and minute by minute, the checks and the devices', async () => {
    const { words, html } = await page(visit.anna);

    expect(words).toContain(`3 минуты с цифрами. Потери обычно 0,4 %, больше всего 12 % в ${clock(5)}.`);
    expect(words).toContain(`Задержка обычно 60 мс, больше всего 310 мс в ${clock(5)}.`);
    expect(words).toContain('Видео шло 2 минуты, только звук 1 минута.');
    expect(words).toContain(`${clock(5)} 12 % 310 мс 900 850 только звук`);
    expect(words).toContain('Камера и микрофон работают, сеть тянет видео');
    expect(words).toContain('(и ещё 1 раз раньше)');
    expect(words).toContain('Врач не проверял');
    expect(words).toContain(`Safari, iOS, телефон или планшет, с ${clock(-5)}`);
    expect(words).toContain(`Яндекс Браузер, Windows, компьютер, с ${clock(3)}`);
    expect(html).not.toContain('Mozilla');
  });

  test.each(['finance', 'support', 'owner'])('%s reads it in the staff’s frame, and the journal has that', async role => {
    const person = await staff(role);
    const { status, html, words } = await page(person);

    expect(status).toBe(200);
    expect(html).toContain('class="app staff"');
    expect(words).toContain('Вместе 21 минута');
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'passport.read' AND person_id = ?1", person.id)).toBe(1);
  });

  test('the front desk, another patient and another doctor find nothing, nobody signs in first', async () => {
    const other = await sessionFor(STAFF.find(one => one.role === 'frontDesk')?.id ?? '', 81, Date.now());
    await run(other.statements);

    for (const person of [other, visit.stranger]) {
      const { status, words } = await page(person);
      expect(status).toBe(404);
      expect(words).not.toContain('Макетова');
    }
    expect((await page(visit.anna, newId())).status).toBe(404);
    expect((await page(null)).status).toBe(303);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'passport.read'")).toBe(0);
  });

  test('takes one round trip, for the staff too', async () => {
    const finance = await staff('finance');
    await page(finance);
    // The note that a session was seen, after minutes without it, is written after the answer and is not part of this count.
    await d1.prepare('UPDATE session SET seen_at = ?1').bind(product.now).run();
    const batch = vi.spyOn(bindings.DB, 'batch');
    const prepare = vi.spyOn(bindings.DB, 'prepare');

    for (const person of [visit.anna, finance]) {
      batch.mockClear();
      prepare.mockClear();
      await page(person);
      expect(batch).toHaveBeenCalledTimes(1);
      expect(prepare.mock.calls.length).toBe(batch.mock.calls[0]?.[0].length);
    }
  });

  test('speaks English as well', async () => {
    const { words } = await page(visit.anna, visit.id, 'en');

    expect(words).toContain('Call record');
    expect(words).toContain('Together 21 minutes, 30 booked');
    expect(words.replace('Русский', '')).not.toMatch(/сторон|минут/i);
  });

  test('is found from the consultation, from the page after the call on both sides, and from the desk', async () => {
    const link = `href="/consultations/${visit.id}/passport"`;

    for (const [path, as] of [
      [`/consultations/${visit.id}`, visit.anna],
      [`/consultations/${visit.id}/room`, visit.anna],
      [`/desk/consultations/${visit.id}`, visit.doctor],
    ] as const)
      expect(await (await product.get(path, as)).text(), path).toContain(link);
    product.now = visit.startsAt + 26 * MINUTE;
    expect(await (await product.get('/desk', visit.doctor)).text()).toContain(link);
  });
});

describe('the page of a call that is not over', () => {
  test('says so, with the figures up to now and who is there', async () => {
    await call(visit);
    product.now = visit.startsAt + 10 * MINUTE;
    const { words } = await page(visit.doctor);

    expect(words).toContain('Приём ещё не завершён.');
    expect(words).toContain('Чем закончилось Ещё идёт');
    expect(words).toContain('Вместе 7 минут, назначено 30');
    expect(words).toContain(`${clock(10)} В комнате оба`);
    expect(words).not.toContain(`${clock(12)} Прервались`);
    expect(words).toContain(`Врач: в комнате ${clock(3)}–сейчас, в звонке ${clock(3)}–сейчас.`);
  });

  test('of two who have just met says so, and does not call it none', async () => {
    for (const role of ['doctor', 'patient'] as const) await joins(holderOf(visit, role), visit.startsAt + MINUTE);
    product.now = visit.startsAt + MINUTE + 20_000;

    expect((await page(visit.doctor)).words).toContain('Вместе меньше минуты, назначено 30');
    expect((await page(visit.doctor, visit.id, 'en')).words).toContain('Together less than a minute, 30 booked');
  });

  test('before anybody came says that it has not begun, and nothing leads to it', async () => {
    product.now = visit.startsAt - 20 * MINUTE;
    const { words } = await page(visit.anna);

    expect(words).toContain('Приём ещё не начался.');
    expect(words).toContain('В комнату никто не входил.');
    expect(words).toContain('Цифр нет');
    expect(words).toContain('Пациент не проверял');
    expect(words).toContain('Врач не заходил');
    expect(words).not.toContain('Вместе');
    expect(await (await product.get(`/consultations/${visit.id}`, visit.anna)).text()).not.toContain('/passport');
  });

  test('is found as soon as one of the two is in the room', async () => {
    await enterRoom(db, holderOf(visit, 'doctor'), visit.startsAt - 3 * MINUTE);
    product.now = visit.startsAt - 2 * MINUTE;

    expect(await (await product.get(`/consultations/${visit.id}`, visit.anna)).text()).toContain('/passport');
  });
});

test('nobody came and nobody ended it: half a day later the page says that, in minutes without each', async () => {
  product.now = visit.startsAt + DAY;
  const { words } = await page(visit.anna);

  expect(words).toContain('Врач не отметил, чем закончился приём');
  expect(words).toContain('Встретились Нет');
  expect(words).toContain('Вместе нисколько, назначено 30');
  expect(words).toContain('Без врача 30 минут из назначенного времени');
  expect(words).toContain('Сбои Не было');
});

test('a consultation that nobody paid has no call, and the page says that', async () => {
  const unpaid = await booked(visit.stranger.id, visit.startsAt + DAY, false);
  const { status, words } = await page(visit.stranger, unpaid);

  expect(status).toBe(200);
  expect(words).toContain('Звонка не было.');
  expect(words).not.toContain('Кто был в комнате');
});
