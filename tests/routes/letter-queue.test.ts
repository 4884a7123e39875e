// Letters that wait for a person: finance, support and the owner see them, attach one to a claim or settle it, each with a reason in the journal.
import { beforeEach, describe, expect, test } from 'vitest';
import { STAFF } from '../../stand/clinic/people.ts';
import { type CastPerson, HOUR, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { CLAIM, claimed, CLAIMS_ADDRESS, NUMBER } from '../data/claimed.ts';
import { count, d1, freshClinic, run } from '../data/d1.ts';
import { became, claimFiles, comes } from './letters-in.ts';
import { meeting } from './meeting.ts';
import { attached, jpeg, latinOf, letter, multipart, plain, utf8, withPhotos, word } from './mime.ts';
import { Product, wordsOf } from './product.ts';

let product: Product;
let finance: CastPerson;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  await claimed(await meeting(TOMORROW_14_30));
  finance = await sessionFor(STAFF.find(one => one.role === 'finance')?.id ?? '', 71, product.now);
  await run(finance.statements);
});

const stray = (from = 'husband@example.ru') =>
  comes(product, withPhotos({ to: CLAIMS_ADDRESS, from, subject: word('Возврат Анны') }, [jpeg(1), jpeg(2)]), { to: CLAIMS_ADDRESS, from });
const page = async (path: string) => wordsOf(await (await product.get(path, finance)).text());
const attaches = (
  id: string,
  fields: Record<string, string> = { number: 'в-2026-00042', note: 'Муж пациентки, подтвердила по телефону' },
) => product.post(`/finance/letters/${id}/attachment`, fields, finance);
const settles = (id: string, note = 'Ответили пациенту по телефону') =>
  product.post(`/finance/letters/${id}/settlement`, { note }, finance);

describe('the list', () => {
  test('shows who wrote about what, and why nobody knew where it belongs, the oldest first', async () => {
    await stray();
    product.now += HOUR;
    await comes(product, letter({ to: CLAIMS_ADDRESS, from: 'someone@example.ru', subject: null, body: plain('hi') }), {
      to: CLAIMS_ADDRESS,
    });

    const words = await page('/finance/letters');
    expect(words).toMatch(/Возврат Анны husband@example.ru.*Непонятно, к какому заявлению.*Без темы someone@example.ru/);
  });

  test('is empty when all is settled, and answers within one round trip of the size of a page', async () => {
    expect(await page('/finance/letters')).toContain('Разобрано всё');
    for (let i = 0; i < 60; i++) await stray(`husband${i}@example.ru`);

    const html = await (await product.get('/finance/letters', finance)).text();
    expect(html).toContain('Показаны 50');
    expect(html.match(/<li>\s*<p>/g)).toHaveLength(50);
  });
});

describe('a letter', () => {
  test('is shown as text: its markup is not drawn, and its links cannot be pressed', async () => {
    const body = multipart(
      [
        plain(utf8('<b onclick=x>Жду</b> https://evil.example/pay'), 'text/plain; charset=utf-8'),
        plain('<img src=x onerror=alert(1)>', 'text/html'),
      ],
      'alternative',
    );
    const { id } = await comes(product, letter({ to: CLAIMS_ADDRESS, from: 'x@example.ru', body }), { to: CLAIMS_ADDRESS });

    const html = await (await product.get(`/finance/letters/${id}`, finance)).text();
    expect(html).toContain('&lt;b onclick=x>Жду&lt;/b> https://evil.example/pay');
    expect(html).not.toMatch(/<b onclick|<img src=x|href="https:\/\/evil/);
  });

  test('is taken out whole, byte for byte, as a download that is journalled', async () => {
    const raw = withPhotos({ to: CLAIMS_ADDRESS, from: 'x@example.ru' });
    const { id } = await comes(product, raw, { to: CLAIMS_ADDRESS });

    const whole = await product.get(`/finance/letters/${id}/whole`, finance);

    expect(latinOf(new Uint8Array(await whole.arrayBuffer()))).toBe(raw);
    expect(whole.headers.get('content-disposition')).toContain('attachment');
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    expect(
      await count("SELECT count(*) AS n FROM audit WHERE act = 'letter.takenOut' AND subject_id = ?1 AND person_id = ?2", id, finance.id),
    ).toBe(1);
  });
});

describe('attaching a letter to a claim', () => {
  test('makes its photographs files of the claim and signs it, with the reason in the journal', async () => {
    const { id } = await stray();

    const response = await attaches(id);

    expect([response.status, response.headers.get('location')]).toEqual([303, `/finance/letters/${id}`]);
    expect(await became(id)).toMatchObject({
      claim_id: CLAIM,
      matched_by: 'person',
      relation: 'other',
      parts: ['list-1.jpg kept', 'list-2.jpg kept'],
    });
    expect((await claimFiles()).map(({ letter_id }) => letter_id)).toEqual([id, id]);
    expect(await d1.prepare('SELECT way FROM claim_signature').first()).toEqual({ way: 'letter' });
    expect(await d1.prepare("SELECT person_id, detail FROM audit WHERE act = 'letter.attached'").first()).toEqual({
      person_id: finance.id,
      detail: CLAIM,
    });
    expect(await page(`/finance/letters/${id}`)).toContain('Муж пациентки, подтвердила по телефону');
    expect(await page('/finance/letters')).toContain('Разобрано всё');
    expect(product.mails).toEqual([]);
  });

  test.each([
    ['a number that no claim has', { number: 'В-2026-99999', note: 'Потому что' }, 'Заявления с таким номером нет'],
    ['no number', { number: 'номер', note: 'Потому что' }, 'Заявления с таким номером нет'],
    ['no reason', { number: NUMBER, note: 'ок' }, 'Напишите от 5 до 1000 знаков'],
  ])('with %s is refused in words, and what was typed stays', async (_, fields, words) => {
    const { id } = await stray();

    const response = await attaches(id, fields);
    const html = await response.text();

    expect(response.status).toBe(422);
    expect(wordsOf(html)).toContain(words);
    expect(html).toContain(`value="${fields.number}"`);
    expect(await claimFiles()).toEqual([]);
  });

  test('that somebody settled meanwhile changes nothing, and says so', async () => {
    const { id } = await stray();
    await settles(id);

    const late = await attaches(id);

    expect(late.status).toBe(409);
    expect(wordsOf(await late.text())).toContain('Письмо уже разобрано');
    expect(await claimFiles()).toEqual([]);
  });

  test('by two people at once is done by one of them', async () => {
    const { id } = await stray();

    const ends = await Promise.all([attaches(id), attaches(id), settles(id)]);

    expect(ends.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409, 409]);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act IN ('letter.attached', 'letter.settled')")).toBe(1);
  });
});

test('a letter is settled with a note, by whom and when it was done stays to be read', async () => {
  const { id } = await comes(
    product,
    letter({ body: attached('0\x82'.repeat(900), { type: 'application/pkcs7-mime', name: 'smime.p7m' }) }),
  );
  expect(await page(`/finance/letters/${id}`)).not.toContain('Приложить к заявлению');

  expect((await settles(id, 'нет')).status).toBe(422);
  expect((await settles(id)).status).toBe(303);

  expect(await page(`/finance/letters/${id}`)).toMatch(/Разобрано: .*Ответили пациенту по телефону/);
});
