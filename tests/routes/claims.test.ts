// Odd claims of Gosuslugi: nobody is locked out by one. What cannot be used is left out, and a missing date of birth is asked for on the first form.
import { beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../worker/auth/seal.ts';
import { personOf } from '../../worker/providers/identity/claims.ts';
import cases from '../cases/gosuslugi-claims.json';
import { count, d1, freshClinic } from '../data/d1.ts';
import { cookieFrom, jarAfter, Product, wordsOf } from './product.ts';

const TODAY = '2026-11-24';
const BASE = personOf(cases.base, cases.base.sub, TODAY);
const withClaims = (set: object) => personOf({ ...cases.base, ...set }, cases.base.sub, TODAY);

/** What is right for each variant of the file. */
const RIGHT: Readonly<Record<string, object>> = {
  'only the year of birth (OIDC Core 5.1 allows YYYY)': { birthDate: null },
  'year withheld (OIDC Core 5.1: 0000-MM-DD)': { birthDate: null },
  'the date as ESIA itself writes it': {},
  'one name only, no family name': { familyName: '', givenName: 'Лхамо', middleName: null },
  'gender with another word': { sex: null },
  'SNILS as eleven digits': {},
  'a Cyrillic mail domain': { email: 'anna@почта.рф' },
  'the same in Punycode': { email: 'anna@xn--80a1acny.xn--p1ai' },
};

let product: Product;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
});

/** Returns from Gosuslugi as this person, to the first form. */
async function comesIn(set: object) {
  const person = withClaims(set);
  if (person === null) throw new Error('nameless');
  product.arrives = person;
  const away = await product.get('/sign-in/gosuslugi');
  const state = new URL(away.headers.get('location') ?? '').searchParams.get('state');
  const back = await product.request(`/sign-in/gosuslugi/return?code=c&state=${state}`, { cookies: jarAfter(away) });
  const token = cookieFrom(back, 'session');
  const as = { id: '', email: '', token, tokenHash: await sha256(token), statements: [] };
  const form = await product.get(back.headers.get('location') ?? '', as);
  const { results } = await d1
    .prepare('SELECT p.* FROM person p JOIN session s ON s.person_id = p.id')
    .all<Record<string, string | null>>();
  return { as, form, html: await form.text(), row: results[0] ?? {} };
}

describe('a person of userinfo', () => {
  test.each(cases.variants)('with $is comes in', async ({ is, set }) => {
    expect(withClaims(set)).toEqual({ ...BASE, ...RIGHT[is] });

    const { form, html, row } = await comesIn(set);

    expect(form.status).toBe(200);
    expect(wordsOf(html)).toContain('учётная запись подтверждена');
    expect(html.includes('name="birthDate"')).toBe(row['birth_date'] === null);
  });

  test.each([
    ['a date that does not exist', { birthdate: '1958-02-30' }, { birthDate: null }],
    ['a date of birth in the future', { birthdate: '2158-02-03' }, { birthDate: null }],
    ['a date that is a number', { birthdate: 19580314 }, { birthDate: null }],
    ['an e-mail without @', { email: 'anna.example.ru' }, { email: null }],
    ['an e-mail that is a list', { email: ['anna@example.ru'] }, { email: null }],
    ['an e-mail that is not verified', { email_verified: 'true' }, { email: null }],
    ['a phone that is not verified', { phone_number_verified: false }, { phone: null }],
    ['a phone with words', { phone_number: 'домашний' }, { phone: null }],
    ['a SNILS with letters', { snils: '999-000-OO1 91' }, { snils: null }],
    ['an account whose confirmation is a word', { trusted: 'yes' }, { confirmed: false }],
    [
      'a name in decomposed letters with a mark of direction',
      { given_name: ' \u200bФеи\u0306о\u0301\u202e\0 ' },
      { givenName: 'Фейо\u0301' },
    ],
    ['a very long name', { family_name: 'Я'.repeat(5_000) }, { familyName: 'Я'.repeat(200) }],
    ['a given name of another kind', { given_name: { ru: 'Анна' } }, { givenName: 'Тестова Анна Петровна' }],
    ['a middle name of spaces', { middle_name: '  ' }, { middleName: null }],
  ])('with %s is taken over without it', (_, set, right) => {
    expect(withClaims(set)).toEqual({ ...BASE, ...right });
  });

  test('without any name is sent back with a sentence that says what to do', async () => {
    expect(withClaims({ family_name: '', given_name: null, name: 7 })).toBeNull();

    expect(wordsOf(await (await product.get('/sign-in?error=nameless')).text())).toContain(
      'Госуслуги не передали ваше имя. Проверьте имя в профиле',
    );
  });
});

describe('a date of birth that Gosuslugi did not give', () => {
  test.each(['', '1958-02-30', '0000-03-14', '2026-11-25', '1899-01-01'])(
    'is refused as «%s», in words beside the field',
    async birthDate => {
      const { as } = await comesIn({ birthdate: '1958' });
      const response = await product.post('/consents', { birthDate, document: 'none' }, as);

      expect(response.status).toBe(422);
      expect(wordsOf(await response.text())).toContain('Укажите дату рождения: день, месяц и год');
    },
  );

  test('is kept with a line in the journal, and stays when Gosuslugi gives none again', async () => {
    const { as, row } = await comesIn({ birthdate: '1958' });
    const { results } = await d1.prepare('SELECT id FROM current_document LIMIT 1').all<{ id: string }>();
    expect((await product.post('/consents', { birthDate: ' 1958-03-14', document: results[0]?.id ?? '' }, as)).status).toBe(303);
    const again = await comesIn({ birthdate: '0000-03-14' });

    expect(again.row).toMatchObject({ id: row['id'], birth_date: '1958-03-14' });
    expect(again.html).not.toContain('name="birthDate"');
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'person.birthDate'")).toBe(1);
  });
});

test('somebody with one name is called by it, without a trace of another', async () => {
  const { html } = await comesIn({ family_name: '', name: 'Лхамо', given_name: 'Лхамо', middle_name: null });

  expect(wordsOf(html)).toContain('Вы вошли через Госуслуги как Лхамо , учётная запись подтверждена.');
  expect(wordsOf(html)).not.toContain('Лхамо .');
});
