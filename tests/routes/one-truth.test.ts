// The patient reads one truth about the money of a visit on every page: the history, the visit's own page, its closed room and the page of its payment.
import { beforeEach, describe, expect, test } from 'vitest';
import { sendLetter } from '../../worker/letters/send.ts';
import { MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { d1, freshClinic } from '../data/d1.ts';
import { booked, type Meeting, meeting } from './meeting.ts';
import { Product, wordsOf } from './product.ts';

let product: Product;
let visit: Meeting;

const ended = () => product.post(`/desk/consultations/${visit.id}/conclusion`, { outcome: 'failed' }, visit.doctor);

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
  product.now = visit.startsAt + 10 * MINUTE;
  await d1
    .prepare(
      `INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id, succeeded_at)
        VALUES ('p', ?1, 1, 230000, 'RUB', ?2, 'yookassa', 'provider', ?2)`,
    )
    .bind(visit.id, visit.startsAt - 60 * MINUTE)
    .run();
});

const refundIs = (settledAt: number | null, refusedAt: number | null) =>
  d1.prepare('UPDATE refund SET settled_at = ?1, refused_at = ?2').bind(settledAt, refusedAt).run();

/** As visits ended before failed ones were returned by rule. */
const endedBefore = () =>
  d1
    .prepare("INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?1, ?2, ?3, 'failed')")
    .bind(visit.id, product.now, visit.doctor.id)
    .run();

/** What each page says, and what the front desk sees of it. */
async function pages(): Promise<Record<string, string>> {
  const said = async (path: string) => wordsOf(await (await product.get(path, visit.anna)).text());
  return {
    history: await said('/appointments/history'),
    visit: await said(`/consultations/${visit.id}`),
    room: await said(`/consultations/${visit.id}/room`),
    payment: await said(`/consultations/${visit.id}/payment`),
  };
}
const desk = async () => wordsOf(await (await product.get('/desk', visit.doctor)).text());

const PROMISES = /решим, сколько вернуть|вернёт их вручную|напишем вам|разберёмся/g;

describe('of a visit that failed, each page says of the money', () => {
  test.each([
    [
      'that nobody has decided yet',
      null,
      '2 300 ₽ у нас: решим, сколько вернуть, и напишем вам.',
      'решите, сколько вернуть, и напишите пациенту',
    ],
    ['that it goes back', [null, null], 'Возвращаем 2 300 ₽, деньги придут за 1–5 дней.', null],
    [
      'that the bank refused it',
      [null, 1],
      'Возврат 2 300 ₽ не прошёл. Деньги у нас, сотрудник вернёт их вручную.',
      'верните деньги вручную',
    ],
    ['that it went back', [1, null], 'Вернули 2 300 ₽.', null],
  ] as const)('%s', async (_, refund, sentence, trouble) => {
    if (refund === null) await endedBefore();
    else await ended();
    if (refund !== null) await refundIs(refund[0] === null ? null : product.now, refund[1] === null ? null : product.now);

    for (const [page, words] of Object.entries(await pages())) {
      expect(words, page).toContain(sentence);
      const others = (words.match(PROMISES) ?? []).filter(promise => !sentence.includes(promise));
      expect(others, page).toEqual([]);
    }
    // The list of the clinic has a row for a promise, and none without one.
    expect((await desk()).includes('Не получилось само')).toBe(trouble !== null);
    if (trouble !== null) expect(await desk()).toContain(trouble);
  });
});

test('of a visit that is paid, the appointments, its own page and its payment say that it stands', async () => {
  product.now = visit.startsAt - 60 * MINUTE;
  const said = async (path: string) => wordsOf(await (await product.get(path, visit.anna)).text());

  expect(await said('/appointments')).toContain('Оплачено 2 300 ₽.');
  expect(await said(`/consultations/${visit.id}`)).toContain('Оплачено 2 300 ₽.');
  expect(await said(`/consultations/${visit.id}/payment`)).toContain('Ждём вас');
});

test('of a visit that the patient cancelled, the pages and the letter name one sum that goes back', async () => {
  product.now = visit.startsAt - 60 * MINUTE;
  const page = wordsOf(await (await product.get(`/consultations/${visit.id}/cancellation`, visit.anna)).text());
  const [, sum = ''] = /Если отменить сейчас, вернём ([\d ]+ ₽)/.exec(page) ?? [];
  const minor = String(Number(sum.replace(/\D/g, '')) * 100);
  await product.post(`/consultations/${visit.id}/cancellation`, { returnMinor: minor }, visit.anna);

  await sendLetter(product.ports, { consultationId: visit.id, kind: 'cancelled', scheduleVersion: 1 });

  expect(sum).not.toBe('');
  for (const path of ['/appointments/history', `/consultations/${visit.id}`, `/consultations/${visit.id}/payment`])
    expect(wordsOf(await (await product.get(path, visit.anna)).text()), path).toContain(`Возвращаем ${sum}`);
  expect(product.mails.at(-1)?.text.replace(/[\s\u00a0\u202f]+/g, ' ')).toContain(sum);
});

test('of money that came too late and that the bank did not take back, every page says who returns it', async () => {
  const id = await booked(visit.stranger.id, TOMORROW_14_30 + 60 * MINUTE, false);
  await d1.prepare('INSERT INTO lapse (consultation_id, at) VALUES (?1, ?2)').bind(id, product.now).run();
  await d1
    .prepare(
      `INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id, succeeded_at)
        VALUES ('late', ?1, 1, 230000, 'RUB', ?2, 'yookassa', 'late', ?2)`,
    )
    .bind(id, product.now)
    .run();
  await d1
    .prepare(
      "INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at) VALUES ('lr', ?1, 'late', 1, 230000, 'rule', 'late', ?2, ?2)",
    )
    .bind(id, product.now)
    .run();
  await d1.prepare("UPDATE refund SET refused_at = ?1 WHERE id = 'lr'").bind(product.now).run();
  product.now += 20 * MINUTE;

  for (const path of ['/appointments/history', `/consultations/${id}`, `/consultations/${id}/payment`])
    expect(wordsOf(await (await product.get(path, visit.stranger)).text()), path).toContain(
      'Возврат 2 300 ₽ не прошёл. Деньги у нас, сотрудник вернёт их вручную.',
    );
});
