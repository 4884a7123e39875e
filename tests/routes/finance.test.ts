// «Возвраты»: finance finds what waits, sees one claim on one screen, and answers it; nobody decides on what they have not seen, and nobody else sees it.
import { beforeEach, describe, expect, test } from 'vitest';
import { clinicSettingsRead } from '../../worker/data/clinic-settings.ts';
import { askOne } from '../../worker/data/db.ts';
import { sweepFiles } from '../../worker/files/sweep.ts';
import { recordExternal, recordRefund } from '../../worker/data/refunds.ts';
import { type CastPerson, DAY, HOUR, MINUTE, NOON, TOMORROW_14_30 } from '../cast.ts';
import { CLAIM, claimOf, type Finance, financeAt, sets, signsByPhoto } from '../data/claim.ts';
import { bindings, count, d1, db, freshClinic } from '../data/d1.ts';
import { pays, PRICE } from '../data/visit.ts';
import { type Meeting, meeting } from './meeting.ts';
import { Product, wordsOf } from './product.ts';

let product: Product;
let visit: Meeting;
let staff: Finance;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  product.now = NOON + HOUR;
  visit = await meeting(TOMORROW_14_30);
  staff = await financeAt(NOON);
  await pays('p', visit.id, NOON, NOON);
});

const text = async (path: string, as: CastPerson | null = staff.finance) => wordsOf(await (await product.get(path, as)).text());
const posts = (path: string, form: Record<string, string>, as: CastPerson = staff.finance) =>
  product.request(path, { method: 'POST', as, body: new URLSearchParams(form) });
const address = `/finance/claims/${CLAIM}`;
const REASON = 'Связь прервалась на нашей стороне';
const decides = (given: Record<string, string> = {}, as = staff.finance) =>
  posts(`${address}/decision`, { version: '1', outcome: 'full', reason: REASON, ...given }, as);
const refunds = async () => (await d1.prepare('SELECT * FROM refund ORDER BY seq').all<Record<string, unknown> & { id: string }>()).results;

describe('the queue', () => {
  test('is empty in words when nothing waits', async () => {
    expect(await text('/finance/claims')).toContain('Открытых заявлений нет');
    expect(await text('/finance/claims?tab=bank')).toContain('Банк не отклонил ни одного возврата');
  });

  test('counts what it shows, in the lists in which it stands', async () => {
    await claimOf(visit, { demandedAt: NOON - 7 * DAY });

    const page = await text('/finance/claims');
    expect(page).toContain('В-2026-00042');
    expect(page).toContain('Анна Тестова1');
    expect(page).toContain('Все открытые 1');
    expect(page).toContain('Ждут подписи 1');
    expect(page).toContain('День 7 и позже 1');
    expect(page).not.toMatch(/Новые \d|Решить \d/);
    expect(await text('/finance/claims?tab=toDecide')).toContain('Решать сейчас нечего');
  });

  test('shows a signed claim as one to decide, and a decided one among the ended', async () => {
    await claimOf(visit);
    await signsByPhoto(CLAIM, NOON + MINUTE);
    expect(await text('/finance/claims?tab=toDecide')).toContain('В-2026-00042');

    await decides({ version: '2' });

    expect(await text('/finance/claims')).not.toContain('В-2026-00042');
    expect(await text('/finance/claims?tab=ended')).toContain('В-2026-00042');
  });

  test('shows refunds that the bank refused, that go by hand and that were made elsewhere, until somebody has seen to them', async () => {
    await recordExternal(
      db,
      { provider: 'yookassa', paymentProviderId: 'at-p', providerId: 'x', amountMinor: 1000, state: 'succeeded' },
      NOON,
    );
    await claimOf(visit, { via: 'account', amountMinor: 100_000 });
    await decides();

    expect(await text('/finance/claims?tab=external')).toContain('Возврат сделан в кабинете платёжной системы');
    expect(await text('/finance/claims?tab=bank')).toContain('Ждёт платёжного поручения');
    const [external, owed] = await refunds();
    expect((await posts(`/finance/refunds/${external?.id ?? ''}/review`, { note: 'Вернула Вера по звонку' })).status).toBe(303);
    const paid = await posts(`/finance/refunds/${owed?.id ?? ''}/by-hand`, { document: '118', documentOn: '2026-11-24' });
    expect(paid.headers.get('location')).toBe(`/finance/refunds/${owed?.id ?? ''}?said=done`);
    expect(await text('/finance/claims?tab=external')).toContain('Возвратов, сделанных в обход кабинета, нет');
    expect(await text('/finance/claims?tab=bank')).toContain('платить вручную нечего');
    expect(await text(address)).toContain('платёжное поручение № 118');
  });

  test('of two hundred open claims stays one page of fourteen kilobytes, and one round trip', async () => {
    await d1.exec('DROP INDEX refund_claim_one_open');
    for (let i = 0; i < 200; i++)
      await claimOf(visit, { id: `c${i}`, number: `В-2026-1${String(i).padStart(4, '0')}`, demandedAt: NOON - i });

    const page = await product.get('/finance/claims', staff.finance);
    const zipped = new Response(page.body?.pipeThrough(new CompressionStream('gzip')));

    expect((await zipped.arrayBuffer()).byteLength).toBeLessThan(14_336);
    expect(await text('/finance/claims')).toContain('Все открытые 200');
  });
});

describe('one claim', () => {
  test('is on one screen: application, money, call, course, letters, earlier claims', async () => {
    await claimOf(visit);

    const page = await text(address);
    for (const words of [
      'Заявление В-2026-00042',
      'День 1 из 10',
      'Тестова Анна Ивановна',
      'Просит вернуть 2 300 ₽',
      'Через три минуты видео и звук пропали',
      'Тем же способом, которым оплачено',
      'Снимков нет',
      'Оплата сегодня, 12:00 (МСК)',
      'В звонке никого не было',
      'Мнение правила: решает человек, приём ещё не закончился',
      'Заявление на 2 300 ₽',
      'Писем ещё не было',
      'Это первое',
      'Вернуть всё, 2 300 ₽',
      'Сумму больше 10 000 ₽ подтверждает второй сотрудник',
    ])
      expect(page).toContain(words);
  });

  test.each(['anna', 'stranger', 'doctor'] as const)('is not there for %s', async who => {
    await claimOf(visit);

    expect((await product.get(address, visit[who])).status).toBe(404);
    expect((await decides({}, visit[who])).status).toBe(404);
    expect((await product.get(`${address}/application.pdf`, visit[who])).status).toBe(404);
    expect(await refunds()).toEqual([]);
  });

  test('that is granted sends the money and says so', async () => {
    await claimOf(visit);

    expect((await decides()).headers.get('location')).toBe(address);
    expect(await refunds()).toMatchObject([{ amount_minor: PRICE, source: 'claim' }]);
    expect(await text(address)).toContain('Деньги в пути');
    expect(await text(address)).toContain(REASON);
  });

  test('is granted in part by a sum as people type it', async () => {
    await claimOf(visit);

    await decides({ outcome: 'part', sum: '1 500,50' });

    expect(await refunds()).toMatchObject([{ amount_minor: 150_050 }]);
  });

  test.each([
    [{ outcome: '' }, 'Выберите, что решаем'],
    [{ outcome: 'part', sum: '' }, 'Укажите сумму в рублях'],
    [{ outcome: 'part', sum: 'тысяча' }, 'Укажите сумму в рублях'],
    [{ outcome: 'refused', reason: 'нет' }, 'Напишите причину'],
  ])('keeps what was typed when the form is wrong: %j', async (given, words) => {
    await claimOf(visit);

    const answer = await decides({ sum: '12', reason: REASON, ...given });

    expect(answer.status).toBe(422);
    const page = wordsOf(await answer.text());
    expect(page).toContain(words);
    expect(await refunds()).toEqual([]);
  });

  test('from an older page answers with what stands now and by whom, and keeps the text', async () => {
    await claimOf(visit);
    await decides({ outcome: 'refused', reason: 'Приём состоялся полностью' }, staff.owner);

    const answer = await decides({ reason: 'Мой длинный и хороший текст' });

    expect(answer.status).toBe(409);
    const page = wordsOf(await answer.text());
    expect(page).toContain('Пока вы читали, заявление изменилось. Сейчас: Отказать.');
    expect(page).toContain('Мой длинный и хороший текст');
    expect(await refunds()).toEqual([]);
  });

  test('of which more is asked than is left says how much is left', async () => {
    await claimOf(visit);
    await recordExternal(
      db,
      { provider: 'yookassa', paymentProviderId: 'at-p', providerId: 'x', amountMinor: 200_000, state: 'succeeded' },
      NOON,
    );

    const answer = await decides();

    expect(answer.status).toBe(409);
    expect(wordsOf(await answer.text())).toContain('Сейчас можно вернуть не больше 300 ₽');
  });

  test('above the limit waits for a second person, and not for the same one', async () => {
    await sets('claimSecondAboveMinor', '100000');
    await claimOf(visit);
    await decides();
    const { id = '' } = (await d1.prepare('SELECT id FROM claim_decision').first<{ id: string }>()) ?? {};
    expect(await text(address)).toContain('Своё решение подтвердить нельзя');

    const word = { version: '2', decision: id, word: 'agree' };
    expect((await posts(`${address}/second`, word)).status).toBe(409);
    expect((await posts(`${address}/second`, word, staff.owner)).status).toBe(303);
    expect(await refunds()).toMatchObject([{ amount_minor: PRICE }]);
  });

  test('asks the patient for more', async () => {
    await claimOf(visit);
    await signsByPhoto(CLAIM, NOON);

    expect((await posts(`${address}/question`, { version: '2', text: 'Не видно подписи' })).status).toBe(303);
    expect(await text(address)).toContain('Ждём дополнения от пациента');
    expect((await posts(`${address}/question`, { version: '2', text: 'Ещё раз то же' })).status).toBe(409);
  });

  test('gives its application as the PDF of its facts', async () => {
    await claimOf(visit);

    const pdf = await product.get(`${address}/application.pdf`, staff.finance);

    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(new TextDecoder('latin1').decode(await pdf.arrayBuffer()).slice(0, 8)).toBe('%PDF-1.7');
  });

  test('gives its dossier, and the journal knows who took it', async () => {
    await claimOf(visit);
    await decides();

    const pdf = await product.get(`${address}/dossier.pdf`, staff.finance);

    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(new TextDecoder('latin1').decode(await pdf.arrayBuffer()).slice(0, 5)).toBe('%PDF-');
    expect((await product.get(`${address}/dossier.pdf`, visit.anna)).status).toBe(404);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'claim.dossier' AND person_id = ?", staff.finance.id)).toBe(1);
  });

  test('shows the account only to who asks, and the journal knows who asked', async () => {
    await claimOf(visit, { via: 'account' });
    expect(await text(address)).toContain('На счёт •••• 1234');
    // The form is frozen except for its being erased, so the test seals what the form would have.
    await d1.exec('DROP TRIGGER claim_form_stays');
    const sealed = await product.ports.world.seal.seal('{"account":"40817810099910004312"}', `claim account ${CLAIM}`);
    await d1.prepare('UPDATE claim_form SET account_sealed = ?').bind(sealed).run();

    const shown = await posts(`${address}/account`, {});

    expect(wordsOf(await shown.text())).toContain('Номер счёта: 40817810099910004312');
    expect(shown.headers.get('cache-control')).toContain('no-store');
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'claim.readAccount' AND person_id = ?", staff.finance.id)).toBe(1);
    expect(await text(address)).not.toContain('40817810099910004312');
  });
});

describe('a picture of the signed sheet', () => {
  const FILE = '01930000-0000-7000-8000-00000000f11e';
  beforeEach(async () => {
    await claimOf(visit);
    await bindings.FILES.put('claims/photo', 'bytes');
    await d1
      .prepare(
        `INSERT INTO claim_file (id, claim_id, at, source, person_id, name, type, bytes, sha256, key)
        VALUES (?1, ?2, ?3, 'upload', ?4, 'лист.jpg', 'image/jpeg', 5, 'h', 'claims/photo')`,
      )
      .bind(FILE, CLAIM, NOON, visit.anna.id)
      .run();
  });

  test('can be turned and enlarged, and is served to finance only', async () => {
    expect(await text(address)).toContain('Снимок 1 из 1: лист.jpg');
    expect(await (await product.get(`${address}/files/${FILE}`, staff.finance)).text()).toBe('bytes');
    expect((await product.get(`${address}/files/${FILE}`, visit.anna)).status).toBe(404);
  });

  test('that nobody asked for is put away with a line in the journal', async () => {
    expect((await posts(`${address}/files/${FILE}/removal`, {})).status).toBe(303);
    expect((await posts(`${address}/files/${FILE}/removal`, {})).status).toBe(303);

    expect(await text(address)).toContain('лист.jpg — лишний документ, убран сегодня');
    expect((await product.get(`${address}/files/${FILE}`, staff.finance)).status).toBe(404);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'claim.removeFile'")).toBe(1);
  });

  test('that was put away is gone from the store a day later, and one that was not stays', async () => {
    await sweepFiles(db, bindings.FILES, product.now + 2 * DAY);
    expect(await count('SELECT count(*) AS n FROM claim_file WHERE purged_at IS NOT NULL')).toBe(0);
    await posts(`${address}/files/${FILE}/removal`, {});

    await sweepFiles(db, bindings.FILES, product.now + DAY - 1);
    expect(await bindings.FILES.head('claims/photo')).not.toBeNull();
    await sweepFiles(db, bindings.FILES, product.now + DAY);

    expect(await bindings.FILES.head('claims/photo')).toBeNull();
    expect(await count('SELECT count(*) AS n FROM claim_file WHERE purged_at IS NOT NULL')).toBe(1);
  });
});

describe('a refused refund', () => {
  const refused = async (reason: string) => {
    await claimOf(visit);
    await decides();
    const id = (await refunds())[0]?.id ?? '';
    await recordRefund(db, { id, providerId: null, state: 'canceled', reason }, product.now);
    return id;
  };

  test('says in words why and what to do, and is tried again', async () => {
    const id = await refused('insufficient_funds');

    const page = await text(`/finance/refunds/${id}`);
    expect(page).toContain('На счёте магазина у платёжной системы не хватает денег. Пополните счёт и попробуйте ещё раз.');
    expect((await posts(`/finance/refunds/${id}/again`, {})).status).toBe(303);
    expect((await posts(`/finance/refunds/${id}/again`, {})).status).toBe(409);
    expect(await refunds()).toHaveLength(2);
    expect(await text(`/finance/refunds/${id}`)).toContain('Вместо него есть другой возврат');
  });

  test('for a reason that is new to us says the provider’s word', async () => {
    const id = await refused('brand_new_reason');

    expect(await text(`/finance/refunds/${id}`)).toContain('Её слово: brand_new_reason');
  });

  test('is linked from the list of troubles for who may act, and only named for the front desk', async () => {
    const id = await refused('general_decline');

    const [own, desk] = [await product.get('/desk', staff.finance), await product.get('/desk', visit.doctor)];
    expect(await own.text()).toContain(`/finance/refunds/${id}`);
    expect(await desk.text()).not.toContain('/finance/refunds/');
  });

  test.each([
    [{ document: '', documentOn: '2026-11-24' }, 'Укажите номер платёжного поручения'],
    [{ document: '1', documentOn: '2026-11-25' }, 'Укажите день платёжного поручения'],
    [{ document: '1', documentOn: '2026-11-01' }, 'Укажите день платёжного поручения'],
    [{ document: '1', documentOn: 'вчера' }, 'Укажите день платёжного поручения'],
  ])('is not paid by hand with a wrong payment order: %j', async (form, words) => {
    const id = await refused('general_decline');

    const answer = await posts(`/finance/refunds/${id}/by-hand`, form);

    expect(answer.status).toBe(422);
    expect(wordsOf(await answer.text())).toContain(words);
    expect(await refunds()).toHaveLength(1);
  });
});

describe('the owner’s settings', () => {
  const entry = {
    seen: '7',
    inn: '7707329152',
    ogrn: '1047707030513',
    head: 'Главный врач Показов Борис',
    claimsAddress: 'Vozvrat@Clinic.example',
    bank: 'р/с 1, БИК 2',
    claimSecondAboveMinor: '5 000',
    claimTogetherMinutes: '3',
    since: '2026-11-24',
  };
  const saves = (given: Record<string, string> = {}, as = staff.owner) => posts('/finance/settings', { ...entry, ...given }, as);

  test('are the owner’s alone', async () => {
    expect((await product.get('/finance/settings', staff.finance)).status).toBe(404);
    expect((await saves({}, staff.finance)).status).toBe(404);
  });

  test('are kept as typed, with who and from when, and the earlier ones stay', async () => {
    expect((await saves()).headers.get('location')).toBe('/finance/settings?said=saved');

    const page = await text('/finance/settings', staff.owner);
    expect(page).toContain('5 000 ₽');
    expect(page).toContain('0000012341');
    expect(page).toContain('7707329152');
    expect(await count("SELECT count(*) AS n FROM clinic_setting WHERE key = 'claimsAddress' AND value = 'vozvrat@clinic.example'")).toBe(
      1,
    );
    expect(await count('SELECT count(*) AS n FROM clinic_setting WHERE person_id = ?', staff.owner.id)).toBe(7);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'clinic.set'")).toBe(7);
  });

  test('that did not change make no entry', async () => {
    await saves();

    expect((await saves({ seen: '14' })).headers.get('location')).toBe('/finance/settings?said=nothing');
    expect(await count('SELECT count(*) AS n FROM clinic_setting')).toBe(14);
  });

  test('of a day ahead are not in force yet', async () => {
    await saves({ since: '2026-12-01' });

    const midnight = Date.parse('2026-12-01T00:00:00+03:00');
    const limitAt = async (at: number) => (await askOne(db, clinicSettingsRead(at))).claimSecondAboveMinor;
    expect([await limitAt(midnight - 1), await limitAt(midnight)]).toEqual([1_000_000, 500_000]);
  });

  test.each([
    [{ inn: '7707329153' }, 'контрольные цифры не сходятся'],
    [{ ogrn: '1047707030514' }, 'контрольная цифра не сходится'],
    [{ claimsAddress: 'a+b@clinic.example' }, 'без знака +'],
    [{ claimSecondAboveMinor: 'много' }, 'Укажите сумму в рублях'],
    [{ claimTogetherMinutes: '61' }, 'от 0 до 60'],
    [{ since: '2026-11-23' }, 'сегодняшний или будущий день'],
  ])('that are wrong are said and not kept: %j', async (given, words) => {
    const answer = await saves(given);

    expect(answer.status).toBe(422);
    expect(wordsOf(await answer.text())).toContain(words);
    expect(await count('SELECT count(*) AS n FROM clinic_setting')).toBe(7);
  });

  test('that somebody else has changed meanwhile are not overwritten', async () => {
    await saves();

    const answer = await saves({ head: 'Кто-то другой' });

    expect(answer.status).toBe(409);
    expect(wordsOf(await answer.text())).toContain('настройки изменил другой человек');
    expect(await count("SELECT count(*) AS n FROM clinic_setting WHERE value = 'Кто-то другой'")).toBe(0);
  });
});
