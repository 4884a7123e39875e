// The pages of a first consultation: finding a doctor, choosing, confirming, paying, the paid state; and each way it can fail.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { askAboutPayments } from '../../worker/money/payments.ts';
import { settleExpiry } from '../../worker/activities/standing.ts';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, MAKETOVA, MINUTE, NOON, OBRAZTSOVA, patient, PRIMEROV, TOMORROW_14_30 } from '../cast.ts';
import { confirmedAddress, count, d1, freshClinic, patients, run } from '../data/d1.ts';
import { jarAfter, Product, reloadOf, wordsOf } from './product.ts';

let product: Product;
let anna: CastPerson;
let boris: CastPerson;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  const [a, b] = await patients(2);
  await confirmedAddress('anna@example.ru');
  if (!a || !b) throw new Error('no cast');
  [anna, boris] = [a, b];
});

const CONFIRMATION = `/doctors/${MAKETOVA.doctorId}/slots/${TOMORROW_14_30}`;

const confirmed = (given: Record<string, string> = {}) => ({
  doctorId: MAKETOVA.doctorId,
  startsAt: String(TOMORROW_14_30),
  email: 'anna@example.ru',
  read: 'on',
  requestKey: newId(),
  ...given,
});

async function book(person: CastPerson): Promise<string> {
  const response = await product.post('/consultations', confirmed(), person);
  expect(response.status).toBe(303);
  const row = await d1
    .prepare('SELECT id FROM consultation WHERE patient_id = ?1 ORDER BY id DESC')
    .bind(person.id)
    .first<{ id: string }>();
  return row?.id ?? '';
}

test('a booking under terms that have changed since the page was drawn shows the new ones, and what was typed', async () => {
  const page = await (await product.get(CONFIRMATION, anna)).text();
  const agreed = /name="agreed" value="([^"]+)"/.exec(page)?.[1] ?? '';
  await d1.prepare('UPDATE clinic SET kept_percent = 100').run();
  // The memory of the directory is five seconds old at most.
  product.now += 5_000;

  const refused = await product.post('/consultations', confirmed({ agreed, email: 'typed@example.ru' }), anna);

  expect(refused.status).toBe(422);
  const shown = await refused.text();
  expect(shown).toContain('typed@example.ru');
  expect(await count('SELECT count(*) AS n FROM consultation')).toBe(0);
  const anew = /name="agreed" value="([^"]+)"/.exec(shown)?.[1] ?? '';
  expect(anew).not.toBe(agreed);
  expect((await product.post('/consultations', confirmed({ agreed: anew }), anna)).status).toBe(303);
});

test('a booking keeps the terms of cancelling that its page showed', async () => {
  await product.get(CONFIRMATION, anna);
  // What the page showed counts, also while the memory of the directory is older than the settings.
  await d1.prepare('UPDATE clinic SET kept_percent = 90').run();
  const id = await book(anna);
  expect(await count('SELECT kept_percent AS n FROM terms')).toBe(10);
  const before = wordsOf(await (await product.get(`/consultations/${id}/cancellation`, anna)).text());
  await d1.prepare('UPDATE clinic SET kept_percent = 100, free_hours = 720').run();
  product.now += 10_000;
  expect(wordsOf(await (await product.get(`/consultations/${id}/cancellation`, anna)).text())).toBe(before);
});

const pays = async (id: string) => {
  await product.post(`/consultations/${id}/payment`, {}, anna);
  product.cashier.ends(`provider-${product.cashier.bills.at(-1)?.key}`, 'succeeded');
};

describe('looking', () => {
  test('anybody sees the warning, the emergency line and all doctors, the sooner ones first', async () => {
    const page = await product.get('/online');
    const words = wordsOf(await page.text());

    expect(page.status).toBe(200);
    expect(words).toContain('Онлайн-консультация не заменяет очный приём');
    expect(words).toMatch(/103.*112/);
    for (const name of ['Борис Примеров', 'Вера Образцова', 'Глеб Условный', 'Дарья Макетова', 'Елена Пробная', 'Жанна Эталонова'])
      expect(words).toContain(name);
    expect(words.indexOf('Борис Примеров')).toBeLessThan(words.indexOf('Глеб Условный'));
  });

  test.each([
    ['МАКЕТОВА', 'Дарья Макетова'],
    ['макет', 'Дарья Макетова'],
    ['жанна эталон', 'Жанна Эталонова'],
    ['obraz', 'Вера Образцова'],
    ['ОБРАЗЦОВА вера', 'Вера Образцова'],
  ])('a doctor is found by «%s»', async (name, found) => {
    const words = wordsOf(await (await product.get(`/online?name=${encodeURIComponent(name)}`)).text());

    expect(words).toContain(found);
    expect(words).not.toContain('Глеб Условный');
  });

  test('a search that finds nobody says so and offers the nearest', async () => {
    const words = wordsOf(await (await product.get('/online?name=Неведомов')).text());

    expect(words).toContain('Борис Примеров');
    expect(words).not.toContain('Вера Образцова');
  });

  test('htmx gets the list alone', async () => {
    const html = await (await product.get('/online?name=вера', null, true)).text();

    expect(html).not.toContain('<html');
    expect(html).toContain('id="doctors"');
  });

  test('the doctor on duty has an interval within five minutes at any hour', async () => {
    for (let hour = 0; hour < 24; hour++) {
      for (const minute of [0, 1, 46, 56, 59]) {
        product.now = NOON + hour * 60 * MINUTE + minute * MINUTE + 1;
        const html = await (await product.get('/online?name=примеров')).text();
        const starts = [...html.matchAll(/\/slots\/(\d{13})/g)].map(m => Number(m[1]));
        expect(Math.min(...starts) - product.now).toBeLessThanOrEqual(5 * MINUTE);
      }
    }
  });

  test('a doctor’s page shows a day of intervals and says the price', async () => {
    const words = wordsOf(await (await product.get(`/doctors/${MAKETOVA.doctorId}?day=2026-11-25`)).text());

    expect(words).toContain('2 300 ₽');
    expect(words).toContain('14:30');
  });

  test.each(['/doctors/nobody', `/doctors/${newId()}`, `/doctors/${MAKETOVA.doctorId}/slots/garbage`, '/no-such-page'])(
    '%s is 404',
    async path => {
      expect((await product.get(path, anna)).status).toBe(404);
    },
  );
});

describe('who may book', () => {
  test('somebody who is not signed in goes to sign in and comes back', async () => {
    const response = await product.get(CONFIRMATION);

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(CONFIRMATION)}`);
  });

  test('an unconfirmed account is told why', async () => {
    const kira = await patient(7, NOON, { identified: false });
    await run(kira.statements);

    const page = await product.get(CONFIRMATION, kira);

    expect(page.status).toBe(403);
    expect(wordsOf(await page.text())).toContain('подтвердите учётную запись');
    expect((await product.post('/consultations', confirmed(), kira)).status).toBe(403);
  });

  test('without the consents the way leads through them', async () => {
    const oleg = await patient(8, NOON, { consents: false });
    await run(oleg.statements);

    const response = await product.get(CONFIRMATION, oleg);

    expect(response.headers.get('location')).toContain('/consents');
  });
});

describe('confirming', () => {
  test('the page names the doctor, both sums that may come back, and keeps the e-mail', async () => {
    const html = await (await product.get(CONFIRMATION, anna)).text();
    const words = wordsOf(html);

    expect(words).toContain('Дарья Макетова');
    expect(words).toContain('2 300 ₽');
    expect(words).toContain('2 070 ₽');
    expect(html).toContain(anna.email);
  });

  test.each([[true], [false]])('one POST makes the reservation (htmx: %s)', async htmx => {
    const response = await product.post('/consultations', confirmed(), anna, { htmx });

    expect(htmx ? response.headers.get('hx-redirect') : response.headers.get('location')).toBe('/appointments');
    const words = wordsOf(await (await product.get('/appointments', anna)).text());
    expect(words).toContain('Ждёт оплаты');
    expect(words).toContain('12:10');
    expect(words).toContain('Оплатить 2 300 ₽');
  });

  test('mistakes stand beside their fields and keep what was typed', async () => {
    const { read: _read, ...unread } = confirmed({ email: 'anna.example.ru' });

    const page = await product.post('/consultations', unread, anna);
    const html = await page.text();

    expect(page.status).toBe(422);
    expect(html).toContain('anna.example.ru');
    expect(html).toContain('aria-invalid="true"');
    expect(await count('SELECT count(*) AS n FROM consultation')).toBe(0);
  });

  test('the same click twice is one consultation', async () => {
    const same = confirmed();

    const responses = await Promise.all([product.post('/consultations', same, anna), product.post('/consultations', same, anna)]);

    expect(responses.map(r => r.headers.get('location'))).toEqual(['/appointments', '/appointments']);
    expect(await count('SELECT count(*) AS n FROM consultation')).toBe(1);
  });

  test.each(['cancelled', 'lapsed'] as const)('the form of a booking that is %s says so and can book anew', async end => {
    const used = confirmed();
    await product.post('/consultations', used, anna);
    const row = await d1.prepare('SELECT id FROM consultation').first<{ id: string }>();
    if (end === 'cancelled') await product.post(`/consultations/${row?.id}/cancellation`, { returnMinor: '0' }, anna);
    else product.now += 15 * MINUTE;

    const answer = await product.post('/consultations', used, anna);
    const html = await answer.text();
    const requestKey = /name="requestKey" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const anew = await product.post('/consultations', { ...used, requestKey }, anna);

    expect(answer.status).toBe(409);
    expect(wordsOf(html)).toContain('По этой форме вы уже записывались, и та запись закончилась');
    expect(anew.headers.get('location')).toBe('/appointments');
    expect(wordsOf(await (await product.get('/appointments', anna)).text())).toContain('Оплатить');
  });

  test('the form of a booking that has ended says that the time is taken, when somebody has it', async () => {
    const used = confirmed();
    await product.post('/consultations', used, anna);
    product.now += 15 * MINUTE;
    await book(boris);

    const answer = await product.post('/consultations', used, anna);

    expect(answer.status).toBe(409);
    expect(wordsOf(await answer.text())).toContain('уже занято');
  });

  test('taken meanwhile: a friendly page with three others', async () => {
    await book(boris);

    const page = await product.post('/consultations', confirmed(), anna);
    const html = await page.text();

    expect(page.status).toBe(409);
    expect(new Set([...html.matchAll(/\/slots\/(\d{13})/g)].map(m => m[1])).size).toBe(3);
    expect((await product.get(CONFIRMATION, anna)).status).toBe(409);
  });

  test('a second unpaid hold is refused and says which is the first', async () => {
    const first = await book(anna);

    const page = await product.post(
      '/consultations',
      confirmed({ doctorId: PRIMEROV.doctorId, startsAt: String(NOON + 60 * MINUTE) }),
      anna,
    );

    expect(page.status).toBe(409);
    expect(await page.text()).toContain(first);
  });

  test('an overlap with an own appointment is refused and says which', async () => {
    const first = await book(anna);
    await pays(first);
    await askAboutPayments(product.ports, first);

    const page = await product.post(
      '/consultations',
      confirmed({ doctorId: OBRAZTSOVA.doctorId, startsAt: String(Date.parse('2026-11-25T14:20:00+03:00')) }),
      anna,
    );

    expect(page.status).toBe(409);
    expect(await page.text()).toContain(first);
  });

  test('an interval that nobody offers cannot be taken', async () => {
    for (const startsAt of [TOMORROW_14_30 + MINUTE, NOON - 60 * MINUTE, NOON + 400 * 24 * 60 * MINUTE]) {
      expect((await product.post('/consultations', confirmed({ startsAt: String(startsAt) }), anna)).status).toBe(409);
    }
    expect((await product.post('/consultations', confirmed({ startsAt: 'soon' }), anna)).status).toBe(404);
  });
});

describe('paying', () => {
  test('the button leads to the provider, with a receipt of the whole sum', async () => {
    const id = await book(anna);

    const response = await product.post(`/consultations/${id}/payment`, {}, anna);

    const page = await response.text();
    expect(page).toMatch(/<meta http-equiv="refresh" content="0; url=https:\/\/yoomoney\.ru\/checkout\//);
    expect(page).toMatch(/<a class="button big" id="checkout" href="https:\/\/yoomoney\.ru\/checkout\//);
    expect(product.cashier.bills[0]).toMatchObject({ amountMinor: 230_000, email: 'anna@example.ru', vatCode: 1 });
    expect(product.cashier.bills[0]?.description).not.toContain('Педиатр');
  });

  test('the return page says paid only when D1 does, and then by itself', async () => {
    const id = await book(anna);
    await pays(id);

    const before = wordsOf(await (await product.get(`/consultations/${id}/payment`, anna, true)).text());
    await askAboutPayments(product.ports, id);
    const after = wordsOf(await (await product.get(`/consultations/${id}/payment`, anna, true)).text());

    expect(before).toContain('Ждём');
    expect(before).not.toMatch(/Оплата получена/);
    expect(after).toMatch(/Оплата получена/);
  });

  test('a broken provider is a page with a reference; the next try goes through', async () => {
    const id = await book(anna);
    product.cashier.down = true;
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);

    const page = await product.post(`/consultations/${id}/payment`, {}, anna);

    const reference = /[2-9A-Z]{4}-[2-9A-Z]{2}/.exec(wordsOf(await page.text()))?.[0];
    expect(page.status).toBe(502);
    expect(logged.mock.calls.flat().join()).toContain(reference);
    logged.mockRestore();
    product.cashier.down = false;
    expect(await (await product.post(`/consultations/${id}/payment`, {}, anna)).text()).toContain('yoomoney.ru');
  });

  test('no answer to a form leads to another site, because browsers would refuse it without a word', async () => {
    const id = await book(anna);

    const response = await product.post(`/consultations/${id}/payment`, {}, anna);

    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-security-policy')).toMatch(/form-action 'self'(;|$)/);
  });

  test('money that came without our hearing of it is said at the next press, not asked for again', async () => {
    const id = await book(anna);
    await pays(id);

    const response = await product.post(`/consultations/${id}/payment`, {}, anna);

    expect(response.headers.get('location')).toBe(`/consultations/${id}/payment`);
    expect(wordsOf(await (await product.get(`/consultations/${id}/payment`, anna)).text())).toContain('Оплата получена');
  });

  test('while nothing changes, the waiting page and the talon get nothing, and a change is drawn', async () => {
    const id = await book(anna);
    await product.post(`/consultations/${id}/payment`, {}, anna);
    const payment = reloadOf(await (await product.get(`/consultations/${id}/payment`, anna)).text());
    const talon = reloadOf(await (await product.get('/appointments', anna)).text());
    product.now += 5_000;

    expect((await product.get(payment, anna, true)).status).toBe(204);
    expect((await product.get(talon, anna, true)).status).toBe(204);
    await pays(id);
    await askAboutPayments(product.ports, id);
    expect(wordsOf(await (await product.get(payment, anna, true)).text())).toContain('Оплата получена');
    expect(wordsOf(await (await product.get(talon, anna, true)).text())).toContain('Оплачена');
  });

  test('the page that waits asks the provider every ten seconds at most, however often it reloads', async () => {
    const id = await book(anna);
    await product.post(`/consultations/${id}/payment`, {}, anna);
    const before = product.cashier.asked;

    for (let second = 0; second < 20; second++) {
      product.now += 1000;
      await product.get(`/consultations/${id}/payment`, anna, true);
    }

    expect(product.cashier.asked - before).toBe(2);
  });

  test('the payment page of one hold is opened twenty times a minute at most', async () => {
    const id = await book(anna);
    for (let press = 0; press < 20; press++) await product.post(`/consultations/${id}/payment`, {}, anna);

    const refused = await product.post(`/consultations/${id}/payment`, {}, anna);

    expect(refused.status).toBe(429);
    expect(wordsOf(await refused.text())).toContain('Страницу оплаты открывают слишком часто');
  });

  test('a notice is kept as received, asked for again and settles the payment', async () => {
    const id = await book(anna);
    await pays(id);
    const body = JSON.stringify({
      type: 'notification',
      event: 'payment.succeeded',
      object: { id: `provider-${product.cashier.bills[0]?.key}` },
    });

    const responses = [1, 2].map(() => product.request('/notices/yookassa', { method: 'POST', body }));

    expect((await Promise.all(responses)).map(r => r.status)).toEqual([200, 200]);
    expect(await count('SELECT count(*) AS n FROM payment_notice')).toBe(1);
    expect(wordsOf(await (await product.get('/appointments', anna)).text())).toContain('Оплачена');
  });

  test('a forged notice does not take the place of the genuine one, and each has the provider’s own answer beside it', async () => {
    const id = await book(anna);
    await pays(id);
    const object = { id: `provider-${product.cashier.bills[0]?.key}` };
    const notice = { type: 'notification', event: 'payment.succeeded', object };
    const forged = JSON.stringify({ ...notice, object: { ...object, amount: { value: '1.00', currency: 'RUB' } } });
    for (const body of [forged, JSON.stringify(notice), forged]) await product.request('/notices/yookassa', { method: 'POST', body });

    const { results } = await d1.prepare('SELECT body, answer FROM payment_notice').all<{ body: string; answer: string }>();

    expect(results.map(({ body }) => body)).toEqual([forged, JSON.stringify(notice)]);
    expect(results.map(({ answer }) => JSON.parse(answer))).toEqual(
      [1, 2].map(() => expect.objectContaining({ amountMinor: 230_000, state: 'succeeded' })),
    );
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'payment.succeed'")).toBe(1);
  });

  test('unknown ids make us ask the provider twenty times a minute at most; another event is ignored', async () => {
    const get = vi.spyOn(product.cashier, 'get');
    const told = (event: string, n: number) =>
      product.request('/notices/yookassa', {
        method: 'POST',
        body: JSON.stringify({ type: 'notification', event, object: { id: `unknown-${n}` } }),
      });

    const statuses: number[] = [];
    for (let n = 0; n < 30; n++) statuses.push((await told('payment.succeeded', n)).status);

    expect(get).toHaveBeenCalledTimes(20);
    expect(statuses.filter(status => status === 404)).toHaveLength(20);
    expect(statuses.filter(status => status === 429)).toHaveLength(10);
    expect((await told('payout.succeeded', 1)).status).toBe(200);
    expect(await count('SELECT count(*) AS n FROM payment_notice')).toBe(0);
  });

  test('a notice that lies is worth nothing', async () => {
    const id = await book(anna);
    await product.post(`/consultations/${id}/payment`, {}, anna);
    const lie = {
      type: 'notification',
      event: 'payment.succeeded',
      object: { id: `provider-${product.cashier.bills[0]?.key}`, status: 'succeeded' },
    };

    await product.request('/notices/yookassa', { method: 'POST', body: JSON.stringify(lie) });

    expect(wordsOf(await (await product.get('/appointments', anna)).text())).toContain('Ждёт оплаты');
  });

  test('not paid in time: the page says so even when no timer has run, and the interval is free', async () => {
    const id = await book(anna);
    product.now = NOON + 11 * MINUTE;

    expect(wordsOf(await (await product.get('/appointments', anna)).text())).not.toContain('Ждёт оплаты');
    const history = wordsOf(await (await product.get('/appointments/history', anna)).text());
    expect(history).toContain('Не оплачена вовремя');
    expect(history).toContain('Записаться снова');
    expect((await product.post(`/consultations/${id}/payment`, {}, anna)).headers.get('location')).toBe(`/consultations/${id}/payment`);
    expect((await product.post('/consultations', confirmed(), boris)).headers.get('location')).toBe('/appointments');
  });

  test('paid late and kept: the page says how late it was', async () => {
    const id = await book(anna);
    await pays(id);
    product.now = NOON + 13 * MINUTE;
    await settleExpiry(product.ports, { consultationId: id });

    const words = wordsOf(await (await product.get(`/consultations/${id}`, anna)).text());

    expect(words).toMatch(/на 3 минуты позже/);
  });

  test('paid late and returned: the page says where the money is', async () => {
    const id = await book(anna);
    await product.post(`/consultations/${id}/payment`, {}, anna);
    product.now = NOON + 11 * MINUTE;
    await settleExpiry(product.ports, { consultationId: id });
    await book(boris);
    product.cashier.ends(`provider-${product.cashier.bills[0]?.key}`, 'succeeded');
    await askAboutPayments(product.ports, id);

    const words = wordsOf(await (await product.get(`/consultations/${id}`, anna)).text());

    expect(words).toContain('2 300 ₽');
    expect(words).toContain('Отправили возврат');
  });
});

describe('cancelling', () => {
  test('shows the sum first and returns exactly that', async () => {
    const id = await book(anna);
    await pays(id);
    await askAboutPayments(product.ports, id);
    const page = wordsOf(await (await product.get(`/consultations/${id}/cancellation`, anna)).text());
    expect(page).toContain('2 300 ₽');

    const response = await product.post(`/consultations/${id}/cancellation`, { returnMinor: '230000' }, anna);

    expect(response.headers.get('location')).toBe(`/consultations/${id}`);
    expect(wordsOf(await (await product.get(`/consultations/${id}`, anna)).text())).toContain('Отменена вами');
  });

  test('a sum that is no longer true is shown again instead of taken', async () => {
    const id = await book(anna);
    await pays(id);
    await askAboutPayments(product.ports, id);
    product.now = TOMORROW_14_30 - 60 * MINUTE;

    const page = await product.post(`/consultations/${id}/cancellation`, { returnMinor: '230000' }, anna);

    expect(page.status).toBe(409);
    expect(wordsOf(await page.text())).toContain('2 070 ₽');
    expect(await count('SELECT count(*) AS n FROM cancellation')).toBe(0);
  });
});

test('the calendar file has one UID, the clinic’s zone and nothing medical', async () => {
  const id = await book(anna);
  await pays(id);
  await askAboutPayments(product.ports, id);

  await d1.prepare('UPDATE clinic SET join_minutes = 7').run();
  product.now += 5_000;
  const response = await product.get(`/consultations/${id}.ics`, anna);
  const text = await response.text();

  expect(response.headers.get('content-type')).toContain('text/calendar');
  expect(text).toContain(`UID:${id}@clinic.example`);
  expect(text).toContain('DTSTART;TZID=Europe/Moscow:20261125T143000');
  expect(text).toContain('SEQUENCE:0');
  expect(text).toContain('Вход в кабинет за 7 мин.');
  expect(text).not.toMatch(/Макетова|Педиатр/);
});

describe('an address that is not the verified one', () => {
  const other = 'victim@example.org';
  const codeIn = (mail: { text: string } | undefined) => /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? '';

  test('is confirmed by a code first; what was typed stays', async () => {
    const fields = confirmed({ email: other });
    const asked = await product.post('/consultations', fields, anna);
    const html = await asked.text();
    const cookies = jarAfter(asked);
    const code = codeIn(product.mails.at(-1));
    const wrong = await product.post('/consultations', { ...fields, code: code === '000000' ? '111111' : '000000' }, anna, { cookies });

    expect(asked.status).toBe(422);
    expect(html).toContain(`value="${other}"`);
    expect(html).toContain(`value="${fields.requestKey}"`);
    expect(wordsOf(html)).toContain('Введите код из письма');
    expect(product.mails.map(mail => mail.to)).toEqual([other]);
    expect(wrong.status).toBe(422);
    expect(await count('SELECT count(*) AS n FROM consultation')).toBe(0);

    const booked = await product.post('/consultations', { ...fields, code: ` ${code.slice(0, 3)}-${code.slice(3)}` }, anna, { cookies });

    expect(booked.status).toBe(303);
    expect(await count('SELECT count(*) AS n FROM consultation WHERE email = ?1', other)).toBe(1);
    expect(await count('SELECT count(*) AS n FROM confirmed_address WHERE email = ?1 AND person_id = ?2', other, anna.id)).toBe(1);
  });

  test('gets five letters an hour from one person, whatever they do', async () => {
    const statuses: number[] = [];
    for (let round = 0; round < 7; round += 1)
      statuses.push((await product.post('/consultations', confirmed({ email: other }), anna)).status);

    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expect(product.mails).toHaveLength(5);
  });

  test('a code that confirms an address signs nobody in', async () => {
    const asked = await product.post('/consultations', confirmed({ email: boris.email }), anna);
    const cookies = Object.fromEntries(Object.entries(jarAfter(asked)).map(([name, value]) => [name.replace('address', 'code'), value]));

    const refused = await product.post('/sign-in/code', { code: codeIn(product.mails.at(-1)) }, null, { cookies });

    expect(refused.headers.get('location')).toBe('/sign-in');
  });
});

describe('holds that nobody pays', () => {
  const at = (n: number) => ({ startsAt: String(TOMORROW_14_30 + n * 30 * MINUTE) });
  const releases = () => d1.prepare('UPDATE hold SET released_at = ?1 WHERE released_at IS NULL').bind(product.now).run();

  test('of one interval are three a day, and the form says so and keeps the address', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect((await product.post('/consultations', confirmed(), anna)).status).toBe(303);
      await releases();
    }

    const refused = await product.post('/consultations', confirmed(), anna);
    const html = await refused.text();

    expect(refused.status).toBe(429);
    expect(wordsOf(html)).toContain('Этот интервал вы занимали и не оплатили уже 3 раза за сутки');
    expect(html).toContain('value="anna@example.ru"');
    expect((await product.post('/consultations', confirmed(at(1)), anna)).status).toBe(303);
    expect((await product.post('/consultations', confirmed(), boris)).status).toBe(303);
  });

  test('are six a day, and a day later there may be more', async () => {
    for (let n = 0; n < 6; n += 1) {
      expect((await product.post('/consultations', confirmed(at(n)), anna)).status).toBe(303);
      await releases();
    }

    expect((await product.post('/consultations', confirmed(at(6)), anna)).status).toBe(429);
    product.now += 24 * 60 * MINUTE;
    const later = { startsAt: String(TOMORROW_14_30 + 7 * 24 * 60 * MINUTE) };
    expect((await product.post('/consultations', confirmed(later), anna)).status).toBe(303);
  });

  test('a patient who cancelled five paid visits in a week books no sixth', async () => {
    for (let n = 0; n < 5; n += 1) {
      const id = newId();
      await d1.batch([
        d1
          .prepare(
            `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)
             VALUES (?1, ?2, ?3, ?4, ?4 + 1, 1, 'RUB', 'a@example.ru', 'ru', ?5, ?1)`,
          )
          .bind(id, anna.id, MAKETOVA.doctorId, NOON + n, NOON),
        d1
          .prepare(
            'INSERT INTO hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at, firm_at, released_at) VALUES (?1, ?2, ?3, ?4, ?4 + 1, ?4, ?5, ?5)',
          )
          .bind(id, MAKETOVA.doctorId, anna.id, NOON + n, NOON),
        d1.prepare("INSERT INTO cancellation (consultation_id, at, by, return_minor) VALUES (?1, ?2, 'patient', 0)").bind(id, NOON),
      ]);
    }

    const refused = await product.post('/consultations', confirmed(), anna);

    expect(refused.status).toBe(429);
    expect(wordsOf(await refused.text())).toContain('За неделю вы отменили уже 5 оплаченных приёмов');
  });
});
