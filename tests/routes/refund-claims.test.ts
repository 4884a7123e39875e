// «Вернуть оплату» by its pages, as a browser without script uses them: from the history to the form, its mistakes and its draft, the claim's page, three
// ways to sign, a change, a withdrawal; and who does not find any of it.
import { beforeEach, describe, expect, test } from 'vitest';
import { sealer } from '../../worker/auth/seal.ts';
import { openedAccount } from '../../worker/claims/sealed-account.ts';
import { newId } from '../../worker/data/ids.ts';
import { DAY, HOUR, MINUTE, NOON, TOMORROW_14_30 } from '../cast.ts';
import { bindings, count, d1 } from '../data/d1.ts';
import { freshVisit, pays } from '../data/visit.ts';
import type { Meeting } from './meeting.ts';
import { jarAfter, Product, wordsOf } from './product.ts';

const END = TOMORROW_14_30 + 30 * MINUTE;
const PNG = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), c =>
  c.charCodeAt(0),
);

let visit: Meeting;
let product: Product;

beforeEach(async () => {
  visit = await freshVisit();
  product = new Product();
  product.now = END + HOUR;
  await pays('pay', visit.id, NOON, NOON);
  await attended('patient', visit.anna.id, END);
  await attended('doctor', visit.doctor.id, END);
});

const attended = (role: string, personId: string, until: number) =>
  d1
    .prepare(
      'INSERT INTO attendance (id, consultation_id, person_id, role, entered_at, joined_at, left_at, schedule_version) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, 1)',
    )
    .bind(newId(), visit.id, personId, role, TOMORROW_14_30, until)
    .run();
const said = async (path: string, as = visit.anna) => wordsOf(await (await product.get(path, as)).text());
const formPath = () => `/consultations/${visit.id}/refund-claim`;
const fields = (given: Record<string, string> = {}) => ({
  do: 'send',
  requestKey: newId(),
  amount: '2300',
  reason: 'brokeOff',
  text: 'Связь пропала.',
  via: 'same',
  call: '1',
  ...given,
});
const sends = (given: Record<string, string> = {}) => product.post(formPath(), fields(given), visit.anna);
/** The address of the page of a claim that the form has made. */
const made = async (given: Record<string, string> = {}): Promise<string> => (await sends(given)).headers.get('location') ?? '';
const photo = async (page: string, bytes: Uint8Array<ArrayBuffer> = PNG) => {
  const body = new FormData();
  body.set('file', new File([bytes], 'лист.png', { type: 'image/png' }));
  return await product.request(`${page}/files`, { method: 'POST', body, as: visit.anna });
};

describe('the way to the form', () => {
  test('leads from the history and from the page of the consultation', async () => {
    product.now = END + DAY;

    for (const path of ['/appointments/history', `/consultations/${visit.id}`])
      expect(await (await product.get(path, visit.anna)).text()).toContain(`href="${formPath()}"`);
  });

  test('is closed while the visit is ahead, and says what to do instead', async () => {
    product.now = TOMORROW_14_30 - HOUR;

    expect(await said(`/consultations/${visit.id}`)).toContain('Заявление пока не нужно: приём впереди. Отмените запись');
    expect(await said(formPath())).toContain('Отмените запись, и деньги вернутся без заявления.');
    expect((await sends()).status).toBe(409);
  });

  test('shows everything that is known already', async () => {
    const words = await said(formPath());

    expect(words).toContain('Можно вернуть до 2 300 ₽.');
    expect(words).toContain('оферта, версия 8');
    expect(words).toContain('anna@example.ru');
    expect(words).toContain('Приложить журнал связи: вместе 30 минут');
    expect(words).not.toContain('Паспорт');
  });
});

describe('a form with mistakes', () => {
  test('names them by field, keeps what was typed, also after a reload, and makes no claim', async () => {
    const response = await sends({ amount: '9000', text: 'Слова пациента' });
    const words = wordsOf(await response.text());

    expect(response.status).toBe(422);
    expect(words).toContain('Это больше, чем можно вернуть.');
    expect(await count('SELECT count(*) AS n FROM refund_claim')).toBe(0);
    const again = await (await product.get(formPath(), visit.anna)).text();
    expect(again).toContain('value="9000"');
    expect(again).toContain('Слова пациента');
    expect(wordsOf(again)).toContain('Это ваш черновик.');
  });

  test('keeps no bank details in the draft', async () => {
    await sends({ via: 'account', account: '40817810000000000001', bic: '044525225', holder: 'Секретов', do: 'draft' });

    const { body = '' } = (await d1.prepare('SELECT body FROM claim_draft').first<{ body: string }>()) ?? {};
    expect(body).toContain('brokeOff');
    for (const secret of ['40817', '044525225', 'Секретов']) expect(body).not.toContain(secret);
  });

  test('for an account seals the details and shows the last four digits', async () => {
    const account = [...'0123456789'].map(key => `40817810${key}00000000001`);
    const bank = { via: 'account', holder: 'Тестова Анна', bank: 'Банк', bic: '044525225', corr: '30101810400000000225', bankConsent: '1' };
    let page = '';
    for (const number of account) page ||= await made({ ...bank, account: number });
    const row = await d1.prepare('SELECT claim_id, body, account_sealed, account_last4 FROM claim_form').first<Record<string, string>>();
    const { seal } = { seal: sealer(`k1:${btoa('0123456789abcdef0123456789abcdef')}`) };

    expect(row?.account_last4).toBe('0001');
    expect(`${row?.body} ${row?.account_sealed}`).not.toMatch(/40817810\d/);
    expect(await openedAccount({ seal } as never, row?.claim_id ?? '', row?.account_sealed ?? '')).toMatchObject({ bic: '044525225' });
    expect(await openedAccount({ seal } as never, newId(), row?.account_sealed ?? '')).toBe(null);
    expect(await said(page)).toContain('на счёт •••• 0001');
  });
});

describe('a claim', () => {
  test('is one, however often the form is sent, and has a page with its number, the day and what is next', async () => {
    const requestKey = newId();
    const pages = [await made({ requestKey }), await made({ requestKey }), await made()];
    const words = await said(pages[0] ?? '');

    expect(new Set(pages).size).toBe(1);
    expect(words).toContain('Возврат № В-2026-00001');
    expect(words).toContain('Ждёт подписи');
    expect(words).toContain('Первый из 10 дней — завтра');
    expect(words).toContain('не позднее сб, 5 декабря');
    expect(words).toContain('Дальше вы: подпишите заявление.');
    expect(words).toMatch(/zayavlenie\+[a-z2-7]{26}@clinic\.example/);
    expect(await said(`/consultations/${visit.id}`)).toContain('Заявление В-2026-00001');
    expect((await product.get(formPath(), visit.anna)).headers.get('location')).toBe(pages[0]);
  });

  test('counts the days', async () => {
    const page = await made();
    product.now += 4 * DAY;
    await d1.prepare('UPDATE session SET idle_until = expires_at').run();

    expect(await said(page)).toContain('Идёт 4-й день из 10');
    product.now += 10 * DAY;
    await d1.prepare('UPDATE session SET idle_until = expires_at').run();
    expect(await said(page)).toContain('Десять дней прошли');
  });

  test('has an application to print: the same bytes each time', async () => {
    const page = await made();
    const [one, two] = [await product.get(`${page}/application.pdf`, visit.anna), await product.get(`${page}/application.pdf`, visit.anna)];
    const bytes = new Uint8Array(await one.arrayBuffer());

    expect(one.headers.get('content-type')).toBe('application/pdf');
    expect(new TextDecoder().decode(bytes.slice(0, 5))).toBe('%PDF-');
    expect(new Uint8Array(await two.arrayBuffer())).toEqual(bytes);
    expect(await count('SELECT count(*) AS n FROM claim_form WHERE sha256 IS NOT NULL AND key IS NOT NULL')).toBe(1);
  });

  test('is signed by a photograph, which can be looked at again', async () => {
    const page = await made();

    expect((await photo(page)).headers.get('location')).toBe(`${page}?upload=kept`);

    const html = await (await product.get(page, visit.anna)).text();
    expect(wordsOf(html)).toContain('Подписано, рассматриваем');
    const [, file = ''] = /href="(\/refund-claims\/[^"]+\/files\/[^"]+)"/.exec(html) ?? [];
    expect(new Uint8Array(await (await product.get(file, visit.anna)).arrayBuffer())).toEqual(PNG);
    expect((await product.get(file, visit.stranger)).status).toBe(404);
  });

  test('says why a file is not one', async () => {
    const page = await made();

    expect((await photo(page, new TextEncoder().encode('текст'))).headers.get('location')).toBe(`${page}?upload=type`);
    expect(await said(`${page}?upload=type`)).toContain('Подойдут JPEG, PNG и PDF.');
    expect(await count('SELECT count(*) AS n FROM claim_file')).toBe(0);
    expect((await bindings.FILES.list({ prefix: 'claims/' })).objects.filter(({ key }) => !key.endsWith('.pdf'))).toEqual([]);
  });

  test('is signed by the code of a letter, in the browser that asked for it', async () => {
    const page = await made();
    const asked = await product.post(`${page}/signature`, {}, visit.anna);
    const cookies = jarAfter(asked);
    const code = /\d{6}/.exec(product.mails.at(-1)?.subject ?? '')?.[0] ?? '';
    const wrong = await product.post(`${page}/signature`, { code: code === '000000' ? '000001' : '000000' }, visit.anna, { cookies });

    expect(product.mails.at(-1)?.subject).toContain('Код для подписи заявления');
    expect(wordsOf(await asked.text())).toContain('Код отправлен на anna@example.ru.');
    expect(wordsOf(await wrong.text())).toContain('Код не подошёл.');
    expect((await product.post(`${page}/signature`, { code }, visit.stranger, { cookies })).status).toBe(404);
    expect((await product.post(`${page}/signature`, { code }, visit.anna, { cookies })).headers.get('location')).toBe(page);
    expect(await said(page)).toContain('подписано кодом из письма');
    expect(await count('SELECT count(*) AS n FROM claim_signature s JOIN claim_form f ON f.sha256 = s.sha256')).toBe(1);
  });

  test('of a changed form is not signed by the code of the one before', async () => {
    const page = await made();
    const cookies = jarAfter(await product.post(`${page}/signature`, {}, visit.anna));
    const code = /\d{6}/.exec(product.mails.at(-1)?.subject ?? '')?.[0] ?? '';

    const changed = await product.post(`${page}/form`, { ...fields({ amount: '1000' }), base: '1' }, visit.anna);
    await product.post(`${page}/signature`, { code }, visit.anna, { cookies });

    expect(changed.headers.get('location')).toBe(page);
    expect(await count('SELECT count(*) AS n FROM claim_signature')).toBe(0);
    expect(await said(page)).toContain('изменено, версия 2');
  });

  test('changed on two pages at once keeps the first change and shows the other what stands', async () => {
    const page = await made();
    await product.post(`${page}/form`, { ...fields({ amount: '1000' }), base: '1' }, visit.anna);
    const late = await product.post(`${page}/form`, { ...fields({ amount: '2000' }), base: '1' }, visit.anna);

    expect(late.status).toBe(409);
    const html = await late.text();
    expect(wordsOf(html)).toContain('Заявление изменили на другой странице.');
    expect(html).toContain('value="2000"');
    expect(await count('SELECT max(version) AS n FROM claim_form')).toBe(2);
  });

  test('is withdrawn only after it was asked, and then another one can be made', async () => {
    const page = await made();
    const html = await (await product.get(`${page}/withdrawal`, visit.anna)).text();
    const [, version = ''] = /name="version" value="(\d+)"/.exec(html) ?? [];

    expect((await product.post(`${page}/withdrawal`, {}, visit.anna)).status).toBe(409);
    expect((await product.post(`${page}/withdrawal`, { version }, visit.anna)).headers.get('location')).toBe(page);
    expect(await said(page)).toContain('Отозвано');
    expect(await made()).not.toBe(page);
  });
});

describe('what the call proves', () => {
  beforeEach(async () => {
    visit = await freshVisit();
    await pays('pay', visit.id, NOON, NOON);
    await attended('patient', visit.anna.id, END);
    await attended('doctor', visit.doctor.id, TOMORROW_14_30 + 3 * MINUTE);
    await d1
      .prepare("INSERT INTO call_fault (id, consultation_id, person_id, at, side, kind) VALUES ('f', ?1, ?2, ?3, 'clinic', 'mediaLost')")
      .bind(visit.id, visit.doctor.id, TOMORROW_14_30 + 3 * MINUTE)
      .run();
  });

  test('is granted at once: the form says so, the page shows the decision with its reason', async () => {
    expect(await said(formPath())).toContain('Возврат 2 300 ₽ одобрим сразу. Журнал связи показывает сбой на стороне клиники.');

    const words = await said(await made());

    expect(words).toContain('Деньги возвращаются');
    expect(words).toContain('Решение: Вернуть 2 300 ₽ полностью');
    expect(words).toContain('решено автоматически по журналу связи');
    expect(words).toContain('2 300 ₽: отправляем в банк');
    expect(await said(`/consultations/${visit.id}`)).toContain('Заявление не нужно: вся сумма уже возвращается.');
  });
});

describe('nobody else', () => {
  test('finds a claim: strangers, staff, a device that was handed the visit', async () => {
    const page = await made();
    await d1.prepare('UPDATE session SET visit_id = ?1 WHERE token_hash = ?2').bind(visit.id, visit.anna.tokenHash).run();

    for (const as of [visit.stranger, visit.doctor]) {
      for (const path of [page, `${page}/application.pdf`, `${page}/form`, `${page}/withdrawal`, formPath()])
        expect([path, (await product.get(path, as)).status]).toEqual([path, 404]);
      expect((await product.post(`${page}/form`, fields(), as)).status).toBe(404);
    }
    for (const path of [page, formPath()]) expect((await product.get(path, visit.anna)).status).toBe(403);
  });
});

test('the pages are one round trip of the database and fit into one window of TCP', async () => {
  const page = await made();
  await photo(page);

  for (const path of [page, `/consultations/${visit.id}`, '/appointments/history', `${page}/form`]) {
    const html = new TextEncoder().encode(await (await product.get(path, visit.anna)).text());
    const packed = new Response(new Blob([html]).stream().pipeThrough(new CompressionStream('gzip')));
    expect([path, (await packed.arrayBuffer()).byteLength < 14_336]).toEqual([path, true]);
  }
});
