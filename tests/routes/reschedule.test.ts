// The pages of moving an appointment: the free times, the confirmation, the move, and each way it can fail. Then the letter and the
// calendar.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendLetter } from '../../worker/letters/send.ts';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, NOON, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { count, d1, freshClinic, patients, run } from '../data/d1.ts';
import { asksPass, booked, enters } from './meeting.ts';
import { Product, wordsOf } from './product.ts';
import { FakeSfu } from './sfu.ts';

/** Wednesday a week later, an interval of the same doctor. */
const LATER = TOMORROW_14_30 + 7 * DAY;
const MOVED = 'ср, 2 декабря, 14:30 (МСК)';

let product: Product;
let anna: CastPerson;
let boris: CastPerson;
let id: string;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  const [a, b] = await patients(2);
  if (!a || !b) throw new Error('no cast');
  [anna, boris] = [a, b];
  id = await booked(anna.id, TOMORROW_14_30);
  product.now = NOON;
});

const page = async (query = '', as = anna, htmx = false) => await product.get(`/consultations/${id}/reschedule${query}`, as, htmx);
const moves = (to: number, version = 1, as = anna) =>
  product.post(`/consultations/${id}/reschedule`, { to: String(to), version: String(version) }, as);
const startsAt = () => count('SELECT starts_at AS n FROM consultation WHERE id = ?1', id);

describe('the way to another time', () => {
  test('leads from the card over the free days to the confirmation with both clocks, and to the consultation', async () => {
    expect(await (await product.get('/appointments', anna)).text()).toContain(`/consultations/${id}/reschedule`);

    const days = await (await page('?day=2026-12-02')).text();
    expect(wordsOf(days)).toContain('Сейчас приём стоит на ср, 25 ноября, 14:30 (МСК)');
    expect(wordsOf(days)).toContain('Перенос бесплатный до вт, 24 ноября, 14:30 (МСК)');
    expect(days).toContain(`/consultations/${id}/reschedule?to=${LATER}`);
    expect(days).not.toContain('/slots/');

    const cookies = { zone: 'Asia/Yekaterinburg' };
    const confirmation = await product.request(`/consultations/${id}/reschedule?to=${LATER}`, { as: anna, cookies });
    const words = wordsOf(await confirmation.text());
    expect(words).toContain('Было ср, 25 ноября, 14:30 (МСК), 16:30 у вас');
    expect(words).toContain('Станет ср, 2 декабря, 14:30 (МСК), 16:30 у вас');
    expect(words).toContain(`Перенести на ${MOVED}`);
    expect(await startsAt()).toBe(TOMORROW_14_30);

    const moved = await moves(LATER);
    expect(moved.status).toBe(303);
    expect(moved.headers.get('location')).toBe(`/consultations/${id}`);
    expect(await startsAt()).toBe(LATER);
    const consultation = wordsOf(await (await product.get(`/consultations/${id}`, anna)).text());
    expect(consultation).toContain('Консультация 2 декабря, 14:30');
    expect(consultation).toContain('Вы перенесли приём Было: ср, 25 ноября, 14:30 (МСК). Стало: ср, 2 декабря, 14:30 (МСК)');
    expect(consultation).toContain('Вы выбрали интервал ср, 25 ноября, 14:30–15:00');
  });

  test('is the same in English', async () => {
    const words = wordsOf(await (await product.get(`/consultations/${id}/reschedule?to=${LATER}&lang=en`, anna)).text());

    expect(words).toContain('Was Wed, 25 November, 14:30 (MSK)');
    expect(words).toContain('Move to Wed, 2 December, 14:30 (MSK)');
  });

  test('gives htmx the slots of a day alone', async () => {
    const html = await (await page('?day=2026-12-02', anna, true)).text();

    expect(html).not.toContain('<html');
    expect(html).toContain('id="slots"');
  });

  test('does not offer the time that it has, but does offer those that only this appointment stands in the way of', async () => {
    await d1
      .prepare('UPDATE hold SET start_at = ?1, end_at = ?2')
      .bind(TOMORROW_14_30 + 10 * MINUTE, TOMORROW_14_30 + 40 * MINUTE)
      .run();
    await d1
      .prepare('UPDATE consultation SET starts_at = ?1, ends_at = ?2')
      .bind(TOMORROW_14_30 + 10 * MINUTE, TOMORROW_14_30 + 40 * MINUTE)
      .run();
    const html = await (await page('?day=2026-11-25')).text();

    expect(html).toContain(`?to=${TOMORROW_14_30}"`);
    expect(html).toContain(`?to=${TOMORROW_14_30 + 30 * MINUTE}"`);
    expect((await moves(TOMORROW_14_30 + 10 * MINUTE)).headers.get('location')).toBe(`/consultations/${id}/reschedule`);
    expect(await count('SELECT count(*) AS n FROM reschedule')).toBe(0);
  });
});

describe('a move', () => {
  test('by the same click twice is one, and leads to the same page', async () => {
    await moves(LATER);
    const again = await moves(LATER);

    expect(again.headers.get('location')).toBe(`/consultations/${id}`);
    expect(await count('SELECT count(*) AS n FROM reschedule')).toBe(1);
  });

  test('by the form of an earlier move says that the visit has another time since', async () => {
    await moves(LATER);
    await moves(LATER + DAY * 7, 2);

    const used = await moves(LATER);

    expect(used.status).toBe(409);
    expect(wordsOf(await used.text())).toContain('Пока вы выбирали, время приёма изменилось.');
    expect(await startsAt()).toBe(LATER + DAY * 7);
  });

  test('from a page that is old says that it was moved', async () => {
    await moves(LATER);
    const old = await moves(LATER + DAY * 7);

    expect(old.status).toBe(409);
    expect(wordsOf(await old.text())).toContain('Пока вы выбирали, время приёма изменилось.');
    expect(await startsAt()).toBe(LATER);
  });

  test('onto what somebody took shows the nearest, and nothing is lost', async () => {
    await booked(boris.id, LATER);
    for (const answer of [await moves(LATER), await page(`?to=${LATER}`)]) {
      const html = await answer.text();
      expect(answer.status).toBe(409);
      expect(wordsOf(html)).toContain('14:30 уже занято. Приём не перенесён и остаётся на прежнем времени. Оплата в силе.');
      expect([...html.matchAll(/reschedule\?to=(\d{13})"/g)].map(match => Number(match[1]) - LATER)).toEqual([
        -HOUR,
        -30 * MINUTE,
        30 * MINUTE,
      ]);
    }
    expect(await startsAt()).toBe(TOMORROW_14_30);
  });

  test('onto a time when the patient sees another doctor names that appointment', async () => {
    const other = await booked(anna.id, LATER);
    await d1.prepare("UPDATE hold SET doctor_id = 'another' WHERE consultation_id = ?1").bind(other).run();

    const busy = await moves(LATER);

    expect(busy.status).toBe(409);
    expect(await busy.text()).toContain(`consultation-${other}`);
    expect(await startsAt()).toBe(TOMORROW_14_30);
  });

  test.each(['', 'garbage', String(LATER + 7 * MINUTE), String(NOON - DAY)])('to «%s», which nobody offers, moves nothing', async to => {
    const answer = await product.post(`/consultations/${id}/reschedule`, { to, version: '1' }, anna);

    expect([303, 409]).toContain(answer.status);
    expect(await count('SELECT count(*) AS n FROM reschedule')).toBe(0);
  });

  test('too late is refused with the instant and the sum that cancelling returns; both sides of the limit', async () => {
    product.now = TOMORROW_14_30 - DAY - 1;
    expect((await page()).status).toBe(200);
    expect(wordsOf(await (await page()).text())).toContain('Свободные интервалы');
    product.now = TOMORROW_14_30 - DAY;
    const words = wordsOf(await (await page()).text());

    expect(words).toContain('Бесплатный перенос был до вт, 24 ноября, 14:30 (МСК).');
    expect(words).toContain('Можно отменить запись, вернём 2 070 ₽');
    expect((await moves(LATER)).status).toBe(409);
    expect(await count('SELECT count(*) AS n FROM reschedule')).toBe(0);
  });

  test('is for three times', async () => {
    for (const n of [1, 2, 3]) expect((await moves(LATER + n * 7 * DAY - 7 * DAY, n)).status).toBe(303);
    const fourth = await moves(TOMORROW_14_30, 4);

    expect(fourth.status).toBe(409);
    expect(wordsOf(await fourth.text())).toContain('Этот приём переносили уже 3 раза.');
  });

  test('is not for an unpaid one', async () => {
    id = await booked(boris.id, TOMORROW_14_30 + HOUR, false);

    expect(wordsOf(await (await page('', boris)).text())).toContain('Запись ещё не оплачена');
    expect((await moves(LATER, 1, boris)).status).toBe(409);
  });

  test('is nobody else’s', async () => {
    const doctor = await sessionFor(MAKETOVA.id, 60, NOON);
    await run(doctor.statements);
    for (const person of [boris, doctor]) {
      expect((await page('', person)).status).toBe(404);
      expect((await moves(LATER, 1, person)).status).toBe(404);
    }
    expect((await product.get(`/consultations/${newId()}/reschedule`, anna)).status).toBe(404);
  });
});

describe('after the move', () => {
  let sfu: FakeSfu;
  beforeEach(() => {
    sfu = new FakeSfu();
  });
  afterEach(() => sfu.gone());

  test('the letter tells both times, carries the same calendar entry with a higher number, and nothing medical', async () => {
    const before = await (await product.get(`/consultations/${id}.ics`, anna)).text();
    await moves(LATER);
    const letter = (scheduleVersion: number) => sendLetter(product.ports, { consultationId: id, kind: 'rescheduled', scheduleVersion });

    expect(await letter(1)).toEqual({ kind: 'skipped' });
    expect(await letter(2)).toEqual({ kind: 'sent' });
    expect(await letter(2)).toEqual({ kind: 'already' });

    const mail = product.mails.at(-1);
    const text = mail?.text.replace(/[\u00a0\u202f]/g, ' ') ?? '';
    expect(mail?.subject.replace(/\u00a0/g, ' ')).toBe(`Приём перенесён: ${MOVED}`);
    expect(text).toContain('Раньше приём стоял на ср, 25 ноября, 14:30 (МСК).');
    expect(text).not.toMatch(/врач|Макетова|педиатр/i);
    const uid = /UID:(.*)/.exec(before)?.[1];
    expect(mail?.calendar?.content).toContain(`UID:${uid}`);
    expect(mail?.calendar?.content).toContain('SEQUENCE:1');
    expect(before).toContain('SEQUENCE:0');
    expect(mail?.calendar?.content).toContain('DTSTART;TZID=Europe/Moscow:20261202T143000');
  });

  test('the letter whose sending was not heard of is written again to the byte, so that its key finds it', async () => {
    await moves(LATER);
    const letter = () => sendLetter(product.ports, { consultationId: id, kind: 'rescheduled', scheduleVersion: 2 });
    await letter();
    await d1.prepare("UPDATE letter SET sent_at = NULL, provider_id = NULL, state = 'queued'").run();
    product.now += 5_000;
    expect(await letter()).toEqual({ kind: 'sent' });

    expect(product.mails.at(-1)).toEqual(product.mails.at(-2));
  });

  test('the letter is not sent when the consultation was cancelled since', async () => {
    await moves(LATER);
    await product.post(`/consultations/${id}/cancellation`, { returnMinor: '230000' }, anna);

    expect(await sendLetter(product.ports, { consultationId: id, kind: 'rescheduled', scheduleVersion: 2 })).toEqual({ kind: 'skipped' });
  });

  test('a room that was open lets both go and is empty for the new time', async () => {
    const doctor = await sessionFor(MAKETOVA.id, 61, NOON);
    await run(doctor.statements);
    // The door opens so early that moving is still free.
    await d1.prepare('UPDATE clinic SET waiting_minutes = 20000, join_minutes = 2').run();
    product.now += MINUTE;
    const there = await enters(product, id, anna);
    const desk = await enters(product, id, doctor);

    await moves(LATER);

    for (const browser of [there, desk]) {
      await browser.hears('moved');
      expect(await browser.isLetGo()).toBe(4002);
    }
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(0);
    const again = await enters(product, id, anna);
    again.says({ type: 'hello' });
    const welcome = await again.hears('welcome');
    expect(welcome.roster.map(seat => seat.role)).toEqual(['patient']);
    expect(welcome.chat).toEqual([]);
    expect((await asksPass(product, id, doctor)).status).toBe(200);
  });
});
