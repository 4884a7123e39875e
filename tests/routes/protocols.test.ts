// The routes of the doctor's protocol: writing without script and with it, the fields that the law closes, signing, amending, what
// strangers get.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conclude } from '../../worker/data/conclusions.ts';
import { STAFF } from '../../stand/clinic/people.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, PRIMEROV, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { bindings, count, db, freshClinic, run } from '../data/d1.ts';
import { type Meeting, meeting, metInCall } from './meeting.ts';
import { Product, wordsOf } from './product.ts';

let product: Product;
let visit: Meeting;
let path: string;

const WHOLE = { complaints: 'Кашель третий день', conclusion: 'Нужен осмотр', recommendations: 'Очный приём' };
const form = (given: Record<string, string> = {}) => ({ round: '1', version: '0', ...WHOLE, ...given });
const posts = (to: string, given: Record<string, string> = {}, as: CastPerson = visit.doctor) => product.post(path + to, form(given), as);
const saves = (complaints: string, version: number, round = 1) =>
  product.request(`${path}/draft`, {
    method: 'POST',
    as: visit.doctor,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ round, version, reason: '', content: contentWith(complaints) }),
  });
const contentWith = (complaints: string) => ({
  complaints,
  anamnesis: '',
  objective: '',
  documents: '',
  conclusion: 'Нужен осмотр',
  recommendations: 'Очный приём',
  examinations: '',
  inPerson: { isNeeded: false, when: '' },
  diagnosis: null,
  prescriptions: '',
});
const reads = async (address: string, as: CastPerson = visit.doctor) => wordsOf(await (await product.get(address, as)).text());
const ends = async () => {
  await run(metInCall(visit.id, visit.anna.id, MAKETOVA.id, product.now - MINUTE));
  await conclude(db, { consultationId: visit.id, personId: MAKETOVA.id, sessionId: 's', outcome: 'tookPlace', version: 1 }, product.now);
};

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
  product.now = visit.startsAt + 10 * MINUTE;
  path = `/desk/consultations/${visit.id}/protocol`;
});

describe('writing', () => {
  test('the editor stands in the room and on its own page, with what was saved', async () => {
    expect((await saves('Кашель третий день', 0)).status).toBe(201);

    for (const address of [`/desk/consultations/${visit.id}`, path]) {
      const words = await reads(address);
      expect(words).toContain('Кашель третий день');
      expect(words).toContain('Сохранено в');
      expect(words).toContain('Жалобы со слов пациента');
    }
  });

  test('a save is answered with its version; one upon an older version with what stands', async () => {
    expect(await (await saves('Первый', 0)).json()).toEqual({ version: 1, at: product.now });

    const late = await saves('Второй', 0);

    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ kind: 'stale', version: 1, at: product.now, draft: { content: { complaints: 'Первый' } } });
  });

  test('without script the draft is saved by its button, and another tab’s text is shown beside what was typed', async () => {
    expect((await posts('/draft')).headers.get('location')).toBe(path);

    const late = await posts('/draft', { complaints: 'Из второй вкладки' });

    expect(late.status).toBe(409);
    const html = await late.text();
    expect(wordsOf(html)).toContain('В другой вкладке сохранили другой текст.');
    expect(html).toMatch(/<textarea[^>]*name="complaints"[^>]*>Из второй вкладки</);
    expect(wordsOf(html)).toContain('Текст из другой вкладки Кашель третий день');
    expect(html).toContain('name="version" value="1"');
    expect((await posts('/draft', { complaints: 'Из второй вкладки', version: '1' })).status).toBe(303);
  });

  test('an earlier version comes back as a new one, and what was typed meanwhile stays too', async () => {
    await saves('Первый', 0);
    await saves('Второй', 1);

    await posts('/restore', { complaints: 'Третий', version: '2', restore: '1' });

    expect(await count('SELECT count(*) AS n FROM protocol_draft')).toBe(4);
    const html = await (await product.get(path, visit.doctor)).text();
    expect(html).toMatch(/<textarea[^>]*name="complaints"[^>]*>Первый</);
  });

  test('a text that no table takes is refused in words, and stays in its fields', async () => {
    const long = 'ю'.repeat(40_000);

    const response = await posts('/draft', { complaints: long });

    expect(response.status).toBe(413);
    const html = await response.text();
    expect(wordsOf(html)).toContain('Текст не сохранён: он слишком длинный.');
    expect(html).toContain(long);
    expect((await saves(long, 0)).status).toBe(413);
  });

  test('a body that is no draft is refused', async () => {
    const response = await product.request(`${path}/draft`, {
      method: 'POST',
      as: visit.doctor,
      headers: { 'content-type': 'application/json' },
      body: '{"round":1}',
    });

    expect(response.status).toBe(422);
  });

  test('what is typed is text: markup of it never runs', async () => {
    await saves('</textarea><script>alert(1)</script>', 0);

    expect(await (await product.get(path, visit.doctor)).text()).not.toContain('<script>alert');
  });

  test('the preview shows the patient’s view of the text as it is typed, and saves nothing', async () => {
    const response = await posts('/preview', { inPersonNeeded: 'on', inPersonWhen: 'в течение 10 дней' });

    const words = wordsOf(await response.text());
    expect(words).toContain('Нужен очный приём: в течение 10 дней');
    expect(words).toContain('Диагноз и лекарства по закону не назначаются');
    expect(await count('SELECT count(*) AS n FROM protocol_draft')).toBe(0);
  });

  test('what is written can be kept as the doctor’s own template', async () => {
    await posts('/template', { templateName: 'Кашель' });

    expect(await reads(path)).toContain('Кашель (мой)');
  });
});

describe('the law', () => {
  test('closes the diagnosis and the prescription with its article until a visit in person is on record', async () => {
    const html = await (await product.get(path, visit.doctor)).text();

    expect(wordsOf(html)).toContain('Ч. 2 и 3 ст. 36.2 Федерального закона');
    expect(html).not.toMatch(/name="(diagnosis|prescriptions)"/);
  });

  test('a locked field that is filled by a forged form is refused at signing and not shown as open', async () => {
    await ends();

    const response = await posts('', { prescriptions: 'По таблетке', diagnosis: 'I10' });

    expect(response.status).toBe(422);
    const html = await response.text();
    expect(wordsOf(html)).toContain('Поле «Назначение лекарств» закрыто законом');
    expect(html).not.toMatch(/name="prescriptions"/);
    expect(await count('SELECT count(*) AS n FROM protocol')).toBe(0);
  });

  test('a visit that the doctor enters opens them and says who entered it; what was typed is kept', async () => {
    const response = await product.post(`/desk/consultations/${visit.id}/in-person-visit`, form({ visitedOn: '2026-01-10' }), visit.doctor);

    expect(response.headers.get('location')).toBe(path);
    const words = await reads(path);
    expect(words).toContain('Открыто: очный приём 10 января 2026 года');
    expect(words).toMatch(new RegExp(`Записано: ${MAKETOVA.givenName} ${MAKETOVA.familyName}`));
    expect(words).toContain('Кашель третий день');
  });

  test('over a text that another tab has saved, both texts are shown and none is lost', async () => {
    await saves('Из первой вкладки', 0);

    const response = await product.post(
      `/desk/consultations/${visit.id}/in-person-visit`,
      form({ visitedOn: '2026-01-10', complaints: 'Из второй вкладки' }),
      visit.doctor,
    );

    expect(response.status).toBe(409);
    const words = wordsOf(await response.text());
    expect(words).toContain('Из второй вкладки');
    expect(words).toContain('Из первой вкладки');
    expect(words).toContain('Открыто: очный приём 10 января 2026 года');
    expect(await count('SELECT count(*) AS n FROM in_person_visit')).toBe(1);
  });

  test.each([
    ['', 'Укажите дату очного приёма'],
    ['2026-02-30', 'Укажите дату очного приёма'],
    ['2100-01-01', 'Очный приём ещё не наступил'],
    ['1950-01-01', 'Эта дата раньше рождения пациента'],
    ['2010-01-01', 'Принимаем записи не старше 10 лет'],
  ])('a date «%s» is refused in words, and the text stays', async (visitedOn, sentence) => {
    const response = await product.post(`/desk/consultations/${visit.id}/in-person-visit`, form({ visitedOn }), visit.doctor);

    expect(response.status).toBe(422);
    const words = wordsOf(await response.text());
    expect(words).toContain(sentence);
    expect(words).toContain('Кашель третий день');
    expect(await count('SELECT count(*) AS n FROM in_person_visit')).toBe(0);
  });

  test('with script the two fields alone are drawn again', async () => {
    const response = await product.post(
      `/desk/consultations/${visit.id}/in-person-visit`,
      form({ visitedOn: '2026-01-10' }),
      visit.doctor,
      { htmx: true },
    );

    const html = await response.text();
    expect(html.startsWith('<div class="stack" id="guarded"')).toBe(true);
    expect(html).toContain('name="diagnosis"');
  });

  test('an open diagnosis must be in the clinic’s list, and is signed with the list’s title', async () => {
    await ends();
    await product.post(`/desk/consultations/${visit.id}/in-person-visit`, form({ visitedOn: '2026-01-10' }), visit.doctor);

    const refused = await posts('', { version: '1', diagnosis: 'A99.9 Выдумка' });
    expect(wordsOf(await refused.text())).toContain('Такого кода нет в списке МКБ-10');
    const signed = await posts('', { version: '2', diagnosis: 'i10 своё название', prescriptions: 'По таблетке' });

    expect(signed.status).toBe(303);
    expect(await reads(path)).toContain('I10 Эссенциальная [первичная] гипертензия');
  });

  test('the list is searched by doctors alone', async () => {
    const asks = (as: CastPerson | null) => product.post('/desk/icd', { q: 'i1' }, as);

    expect(((await (await asks(visit.doctor)).json()) as { found: { code: string }[] }).found.map(({ code }) => code)).toEqual([
      'I10',
      'I11.9',
    ]);
    expect([(await asks(visit.anna)).status, (await asks(null)).status]).toEqual([404, 401]);
  });
});

describe('signing', () => {
  test('waits for the end of the visit, keeps the text and says what comes first', async () => {
    const response = await posts('');

    expect(response.status).toBe(409);
    const words = wordsOf(await response.text());
    expect(words).toContain('Сначала завершите приём.');
    expect(words).toContain('Кашель третий день');
    expect(await count('SELECT count(*) AS n FROM protocol_draft')).toBe(1);
  });

  test('mistakes stand beside their fields and summed up above, the typed text stays', async () => {
    await ends();

    const response = await posts('', { recommendations: '', inPersonNeeded: 'on' });

    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html.match(/Заполните поле «Рекомендации»/g)).toHaveLength(2);
    expect(html.match(/Напишите, когда нужен очный приём/g)).toHaveLength(2);
    expect(html).toContain('href="#recommendations"');
    expect(wordsOf(html)).toContain('Кашель третий день');
  });

  test('publishes at once: the doctor’s page of what was signed, the consultation’s state, once for two clicks', async () => {
    await ends();

    expect((await posts('')).headers.get('location')).toBe(path);
    expect((await posts('')).headers.get('location')).toBe(path);

    expect(await count('SELECT count(*) AS n FROM protocol')).toBe(1);
    const words = await reads(path);
    expect(words).toContain('Протокол подписан.');
    expect(words).toContain('Дополнить');
    expect(await reads('/desk')).toContain('Протокол готов');
    expect(await reads(`/consultations/${visit.id}`, visit.anna)).toContain('Протокол готов');
  });

  test('another text that comes from an older tab is told and shown, not lost and not signed', async () => {
    await ends();
    await posts('');

    const late = await posts('', { complaints: 'Другой текст' });

    expect(late.status).toBe(409);
    const words = wordsOf(await late.text());
    expect(words).toContain('Протокол уже подписан в другой вкладке.');
    expect(words).toContain('Другой текст');
    expect((await saves('Ещё один', 1)).status).toBe(409);
  });

  test('an amendment begins with what was signed, needs a reason, and both versions stay readable', async () => {
    await ends();
    await posts('');
    expect(await (await product.get(`${path}/amendment`, visit.doctor)).text()).toMatch(/name="complaints"[^>]*>Кашель третий день</);

    const refused = await posts('/amendment', { round: '2', complaints: 'Кашель пятый день', reason: 'мало' });
    expect(refused.status).toBe(422);
    expect(wordsOf(await refused.text())).toContain('Напишите, почему дополняете протокол');
    const amended = await posts('/amendment', { round: '2', version: '1', complaints: 'Кашель пятый день', reason: 'Уточнён срок жалоб' });

    expect(amended.headers.get('location')).toBe(path);
    expect(await reads(path)).toMatch(/Почему дополнен: Уточнён срок жалоб.*Кашель пятый день/);
    const first = await reads(`${path}?version=1`);
    expect(first).toContain('Кашель третий день');
    expect(first).toContain('Это прежняя версия');
    expect((await product.get(`${path}?version=3`, visit.doctor)).status).toBe(404);
  });

  test('what the patient told before is signed with it', async () => {
    await product.post(`/consultations/${visit.id}/questionnaire`, { version: '0', why: 'Кашель у ребёнка' }, visit.anna);
    await ends();

    await posts('');

    expect(await reads(path)).toMatch(/Что пациент рассказал до приёма.*Кашель у ребёнка/);
  });
});

test('the desk says how long a protocol waits, and the front desk sees it after 72 hours without the patient', async () => {
  await ends();
  const comes = async (personId: string, n: number) => {
    const person = await sessionFor(personId, n, product.now);
    await run(person.statements);
    return person;
  };
  const frontDesk = STAFF.find(({ role }) => role === 'frontDesk')?.id ?? '';

  product.now += 5 * HOUR;
  const desk = await reads('/desk');
  expect(desk).toContain('Не подписано');
  expect(desk).toContain('Протокол не подписан, ждёт 5 часов');
  expect(await reads('/desk', await comes(frontDesk, 80))).toContain('Протоколов, которые не подписаны дольше 72 часов, нет.');

  product.now += 3 * DAY;
  expect(await reads('/desk', await comes(MAKETOVA.id, 81))).toContain('Протокол не подписан, ждёт 77 часов');
  const board = await reads('/desk', await comes(frontDesk, 82));
  expect(board).toContain(MAKETOVA.familyName);
  expect(board).not.toContain('Тестова');
});

test('nobody but the doctor of the consultation has these addresses', async () => {
  const primerov = await sessionFor(PRIMEROV.id, 70, product.now);
  await run(primerov.statements);

  for (const as of [primerov, visit.anna, visit.stranger]) {
    for (const to of ['', '/amendment']) expect((await product.get(path + to, as)).status).toBe(404);
    for (const to of ['', '/draft', '/restore', '/template', '/preview', '/amendment']) expect((await posts(to, {}, as)).status).toBe(404);
  }
  expect((await product.get(path)).headers.get('location')).toMatch(/^\/sign-in/);
});

test('one D1 round trip for each page of the protocol and for the desk', async () => {
  await ends();
  await posts('');
  const batch = vi.spyOn(bindings.DB, 'batch');
  for (const address of [path, `${path}/amendment`, '/desk']) {
    batch.mockClear();
    expect((await product.get(address, visit.doctor)).status, address).toBe(200);
    expect(batch, address).toHaveBeenCalledTimes(1);
  }
});

test('a visit that did not take place has no protocol: its own page says what became of it', async () => {
  await conclude(db, { consultationId: visit.id, personId: MAKETOVA.id, sessionId: 's', outcome: 'failed', version: 1 }, product.now);

  expect((await product.get(path, visit.doctor)).headers.get('location')).toBe(`/desk/consultations/${visit.id}`);
});

describe('the questionnaire', () => {
  const address = () => `/consultations/${visit.id}/questionnaire`;
  const answers = (given: Record<string, string>) => product.post(address(), { version: '0', ...given }, visit.anna);

  test('is answered without script, stands in the doctor’s view with its time, and in the links of the patient', async () => {
    expect(await reads('/appointments', visit.anna)).toContain('Расскажите врачу заранее');

    const kept = await answers({ why: 'Кашель у ребёнка', ask: '' });

    expect(kept.headers.get('location')).toBe(`${address()}?saved=1`);
    expect(await reads(`${address()}?saved=1`, visit.anna)).toContain('Ответы сохранены.');
    const desk = await reads(`/desk/consultations/${visit.id}`);
    expect(desk).toMatch(/Пациент рассказал заранее.*Кашель у ребёнка.*Ответы от/);
  });

  test('another device that was first is told of, and what was typed stays', async () => {
    await answers({ why: 'С телефона' });

    const late = await answers({ why: 'С компьютера' });

    expect(late.status).toBe(409);
    const html = await late.text();
    expect(html).toContain('С компьютера');
    expect(html).toContain('name="version" value="1"');
  });

  test('an answer past its length is told beside its question, and stays', async () => {
    const response = await answers({ why: 'а'.repeat(2_001) });

    expect(response.status).toBe(422);
    expect((await response.text()).match(/Ответ длиннее/g)).toHaveLength(2);
  });

  test('closes with the end of the visit, and shows what was told', async () => {
    await answers({ why: 'Кашель у ребёнка' });
    await ends();

    const words = await reads(address(), visit.anna);

    expect(words).toContain('Анкета закрыта.');
    expect(words).toContain('Кашель у ребёнка');
    expect((await answers({ why: 'Позже', version: '1' })).status).toBe(409);
  });

  test('is the patient’s own', async () => {
    expect((await product.get(address(), visit.doctor)).status).toBe(404);
    expect((await product.get(address(), visit.stranger)).status).toBe(404);
  });
});
