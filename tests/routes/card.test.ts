// «Медицинская карта» for each reader: each reader at each address, what the access log then contains, uploads with every kind of invalid
// data, the archive opened again, and a reason that opens a card after a long time.
import { unzipSync, strFromU8 } from 'fflate';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { STAFF } from '../../stand/clinic/people.ts';
import { fromCardLook, fromCardRead } from '../../worker/data/from-card.ts';
import { ask } from '../../worker/data/db.ts';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, NOON, PRIMEROV, sessionFor } from '../cast.ts';
import { bindings, count, d1, db, freshClinic, patients, run } from '../data/d1.ts';
import { actsForChild, CONTENT, gave, JPEG, PDF, renders, signs, visited } from './cards.ts';
import { Product, reloadOf, wordsOf } from './product.ts';

let product: Product;
let anna: CastPerson;
let mother: CastPerson;
let stranger: CastPerson;
let doctor: CastPerson;
let others: readonly CastPerson[];
let consultationId: string;
let protocolId: string;
let chatFileId: string;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  const cast = await patients(3);
  doctor = await sessionFor(MAKETOVA.id, 60, NOON);
  const foreign = await sessionFor(PRIMEROV.id, 61, NOON);
  const staff = await Promise.all(STAFF.map((person, i) => sessionFor(person.id, 70 + i, NOON)));
  if (!cast[0] || !cast[1] || !cast[2]) throw new Error('no cast');
  [anna, mother, stranger] = [cast[0], cast[1], cast[2]];
  await run([doctor, foreign, ...staff].flatMap(({ statements }) => statements));
  others = [stranger, foreign, ...staff];
  consultationId = await visited(anna.id, NOON - 2 * DAY);
  protocolId = await signs(consultationId, anna.id, doctor, NOON - 2 * DAY + HOUR);
  chatFileId = await gave(consultationId, anna.id, 'ekg.jpg', NOON - 2 * DAY + 5 * MINUTE);
  await actsForChild(anna.id, mother.id, NOON - DAY);
});

const lines = (act: string, relation: string, personId: string) =>
  count('SELECT count(*) AS n FROM card_access WHERE act = ?1 AND relation = ?2 AND person_id = ?3', act, relation, personId);
const addresses = () => ({
  child: `/card?person=${anna.id}`,
  desk: `/desk/consultations/${consultationId}/card`,
  page: `/card/protocols/${protocolId}`,
  pdf: `/card/protocols/${protocolId}.pdf`,
  state: `/card/protocols/${protocolId}/pdf`,
  file: `/card/files/${chatFileId}`,
  access: `/card/access?person=${anna.id}`,
});

describe('a card is read', () => {
  test('by its patient: protocols, files, uploads, each opening a line', async () => {
    const { page, pdf, file } = addresses();
    const html = await (await product.get('/card', anna)).text();
    const said = wordsOf(html);

    expect(said).toContain('Дневник давления');
    expect(said).toContain('ekg.jpg');
    expect(html).toContain(`href="${page}"`);
    expect(wordsOf(await (await product.get(page, anna)).text())).toContain('Боль отдаёт к сердцу');
    const paper = await product.get(pdf, anna);
    expect(strFromU8(new Uint8Array(await paper.arrayBuffer()))).toBe(PDF);
    expect(paper.headers.get('content-disposition')).toBe(
      `attachment; filename="2026-11-22-protokol.pdf"; filename*=UTF-8''2026-11-22-%D0%BF%D1%80%D0%BE%D1%82%D0%BE%D0%BA%D0%BE%D0%BB.pdf`,
    );
    const picture = await product.get(file, anna);
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(JPEG);
    expect(picture.headers.get('content-disposition')).toMatch(/^attachment/);
    for (const act of ['card', 'protocol', 'download', 'file']) expect(await lines(act, 'self', anna.id), act).toBe(1);
  });

  test('by whoever acts for the child, with a switch between the two cards', async () => {
    const { child, page, pdf, file } = addresses();
    const html = await (await product.get(child, mother)).text();

    expect(wordsOf(html)).toContain('Медицинская карта: Анна Тестова1');
    expect(html).toContain('href="/card"');
    expect(wordsOf(await (await product.get('/card', mother)).text())).toContain('В карте пока ничего нет');
    for (const address of [page, pdf, file]) expect((await product.get(address, mother)).status, address).toBe(200);
    expect(await lines('protocol', 'guardian', mother.id)).toBe(1);
  });

  test('by the treating doctor in the desk’s frame, with nothing to fill or take away', async () => {
    const { desk, child, page, pdf, file } = addresses();
    const html = await (await product.get(desk, doctor)).text();

    expect(html).toContain('class="app staff"');
    expect(wordsOf(html)).toContain('Дневник давления');
    expect(html).not.toContain('action="/card/archive"');
    expect(html).not.toContain('action="/card/files"');
    expect((await product.get(child, doctor)).headers.get('location')).toBe(desk);
    for (const address of [page, pdf, file]) expect((await product.get(address, doctor)).status, address).toBe(200);
    expect(await lines('protocol', 'treating', doctor.id)).toBe(1);
    expect(await lines('card', 'treating', doctor.id)).toBe(1);
  });

  test('by nobody else: 404 at every address, and no line', async () => {
    const removal = { file: `/card/files/${await uploaded()}/removal` };
    for (const person of others) {
      for (const address of Object.values(addresses())) {
        const answer = await product.get(address, person);
        expect(answer.status, address).toBe(404);
        expect(await answer.text()).not.toContain('Тестова1');
      }
      for (const address of ['/card/archive', '/card/files']) {
        const form = new FormData();
        form.set('person', anna.id);
        form.set('file', new File([JPEG], 'a.jpg'));
        expect((await product.request(address, { method: 'POST', body: form, as: person })).status, address).toBe(404);
      }
      for (const address of [addresses().desk, removal.file, `/consultations/${consultationId}/protocol`])
        expect(
          (await product.request(address, { method: address.endsWith('protocol') ? 'GET' : 'POST', as: person })).status,
          address,
        ).toBe(404);
    }
    for (const person of [anna, mother, doctor]) {
      const madeUp = newId();
      for (const address of [
        `/card?person=${madeUp}`,
        '/card?person=me',
        `/card/protocols/${madeUp}`,
        `/card/protocols/${madeUp}.pdf`,
        `/card/files/${madeUp}`,
      ])
        expect((await product.get(address, person)).status, address).toBe(404);
    }
    // A doctor may read, but may not add files, download the archive or see who viewed the card.
    expect((await product.post('/card/archive', { person: anna.id }, doctor)).status).toBe(404);
    expect((await product.get(addresses().access, doctor)).status).toBe(404);
    expect((await product.post(removal.file, {}, doctor)).status).toBe(404);
    expect(await count('SELECT count(*) AS n FROM card_access')).toBe(0);
  });

  test('by nobody who is not signed in', async () => {
    for (const address of ['/card', ...Object.values(addresses())]) {
      const answer = await product.get(address);
      expect(answer.status, address).toBe(303);
      expect(answer.headers.get('location')).toMatch(/^\/sign-in/);
    }
  });

  test('in one round trip a page, the line of the journal included', async () => {
    const batch = vi.spyOn(bindings.DB, 'batch');
    const prepare = vi.spyOn(bindings.DB, 'prepare');
    for (const [address, person] of [
      ['/card', anna],
      [addresses().desk, doctor],
      [addresses().page, anna],
      ['/card/access', anna],
    ] as const) {
      batch.mockClear();
      prepare.mockClear();
      expect((await product.get(encodeURI(address), person)).status).toBe(200);
      expect(batch, address).toHaveBeenCalledTimes(1);
      expect(prepare.mock.calls.length).toBe(batch.mock.calls[0]?.[0].length);
    }
  });
});

describe('the timeline', () => {
  test('turns its page after thirty and loses none', async () => {
    for (let i = 0; i < 31; i++) await gave(consultationId, i % 2 === 0 ? anna.id : MAKETOVA.id, `file-${i}.jpg`, NOON - HOUR + i);
    const first = await (await product.get('/card', anna)).text();
    const next = /href="(\/card\?before=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = wordsOf(await (await product.get(next, anna)).text());

    expect(wordsOf(first)).not.toContain('file-0.jpg');
    expect(second).toContain('file-0.jpg');
    expect(second).toContain('Дневник давления');
    expect(second).not.toContain('file-1.jpg');
  });

  test.each([
    ['kind=protocol', ['Дневник давления'], ['ekg.jpg']],
    ['kind=file', ['ekg.jpg'], ['Дневник давления']],
    ['kind=upload', ['Своих файлов пока нет'], ['ekg.jpg']],
    ['year=2025', ['С такими условиями ничего нет'], ['ekg.jpg']],
    ['year=2026', ['ekg.jpg', 'Дневник давления'], []],
    [`doctor=${PRIMEROV.doctorId}`, ['С такими условиями ничего нет'], ['ekg.jpg']],
    ['kind=nonsense&year=1&doctor=x&before=y', ['ekg.jpg'], []],
  ])('with %s shows what fits', async (query, there, gone) => {
    const said = wordsOf(await (await product.get(`/card?${query}`, anna)).text());

    for (const text of there) expect(said).toContain(text);
    for (const text of gone) expect(said).not.toContain(text);
  });

  test('cuts the years at the clinic’s midnight, however long ago the directory was read', async () => {
    // Half past midnight of 1 January in Vladivostok is still the old year in Moscow.
    await d1.prepare("UPDATE clinic SET zone = 'Asia/Vladivostok'").run();
    await gave(consultationId, anna.id, 'новый-год.jpg', Date.parse('2025-12-31T14:30:00Z'));
    product.now += MINUTE;
    await product.get('/help', anna);

    for (const wait of [0, 10 * MINUTE]) {
      product.now += wait;
      expect(wordsOf(await (await product.get('/card?year=2026', anna)).text())).toContain('новый-год.jpg');
      expect(wordsOf(await (await product.get('/card?year=2025', anna)).text())).not.toContain('новый-год.jpg');
    }
  });

  const searches = (q: string) => product.post('/card/search', { q }, anna);

  test('is searched without its words in any address', async () => {
    const page = await (await searches('боли в сердце')).text();

    expect(page).toMatch(/<form role="search"[^>]* method="post" action="\/card\/search"/);
    expect([...page.matchAll(/(?:href|action)="([^"]*)"/g)].filter(([, address = '']) => /q=|%D0%B1/i.test(address))).toEqual([]);
    expect(await (await product.get(`/card?q=${encodeURIComponent('боли')}`, anna)).text()).not.toContain('<mark>');
  });

  test('shows where a search found its words, and says when it found none', async () => {
    const found = await (await searches('боли в сердце')).text();

    expect(found).toContain('<mark>Боль</mark>');
    expect(found).toContain('<mark>сердцу</mark>');
    expect(wordsOf(found)).toContain('Жалобы со слов пациента');
    expect(wordsOf(await (await searches('"*')).text())).toContain('В протоколах таких слов нет');
    expect(await (await searches('<b>боль')).text()).not.toContain('<b>боль');
  });

  test('leads from the history to the protocol that stands', async () => {
    const amended = await signs(consultationId, anna.id, doctor, NOON - DAY);

    expect(await (await product.get('/appointments/history', anna)).text()).toContain(`/consultations/${consultationId}/protocol`);
    expect((await product.get(`/consultations/${consultationId}/protocol`, anna)).headers.get('location')).toBe(
      `/card/protocols/${amended}`,
    );
  });
});

describe('a protocol', () => {
  const read = async (id: string) => wordsOf(await (await product.get(`/card/protocols/${id}`, anna)).text());

  test('says what the law keeps closed in one sentence, and nothing of it after a visit in person', async () => {
    expect(await read(protocolId)).toContain('Диагноз не ставили');

    await run([
      {
        sql: "INSERT INTO in_person_visit (id, patient_id, doctor_id, visited_on, entered_by, entered_at) VALUES ('v', ?, ?, '2026-11-22', ?, ?)",
        // Before the signature: a visit that is entered later opens nothing of what was signed.
        args: [anna.id, MAKETOVA.doctorId, doctor.id, NOON - 2 * DAY],
      },
    ]);
    const diagnosed = {
      ...CONTENT,
      diagnosis: { code: 'I10', title: 'Гипертензия' },
      questionnaire: [{ question: 'Аллергия?', answer: 'Нет' }],
      later: 1,
    };
    const said = await read(await signs(consultationId, anna.id, doctor, NOON - DAY, { content: diagnosed }));
    expect(said).not.toContain('Диагноз не ставили');
    expect(said).toContain('I10 Гипертензия');
    expect(said).toContain('Аллергия? Нет');
  });

  test('keeps every version, and says of an older one that it is', async () => {
    const amended = await signs(consultationId, anna.id, doctor, NOON - DAY);

    expect(await read(amended)).toContain('Почему дополнен: Уточнён срок');
    expect(await read(amended)).toContain('Версия 1 от');
    expect(await read(protocolId)).toContain('Это прежняя версия');
  });

  test('whose PDF is not there yet says so, asks again until an end, and shows it once it is', async () => {
    const id = await signs(consultationId, anna.id, doctor, NOON - DAY, { pdf: false });
    const html = await (await product.get(`/card/protocols/${id}`, anna)).text();
    const polled = reloadOf(html);

    expect(wordsOf(html)).toContain('PDF готовится.');
    const early = await product.get(`/card/protocols/${id}.pdf`, anna);
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '15']);
    expect((await product.get(polled, anna, true)).status).toBe(204);
    product.now = NOON + 10 * MINUTE;
    const late = await (await product.get(polled, anna, true)).text();
    expect(late).not.toContain('hx-get');
    expect(wordsOf(late)).toContain('дольше обычного');
    await renders(id, NOON);
    expect(await (await product.get(polled, anna, true)).text()).toContain(`/card/protocols/${id}.pdf`);
    // Neither waiting nor an answer without a file counts as a view.
    expect(await lines('protocol', 'self', anna.id)).toBe(1);
    expect(await lines('download', 'self', anna.id)).toBe(0);
  });
});

async function uploaded(given: { body?: BlobPart; name?: string; as?: CastPerson; json?: boolean; person?: string } = {}): Promise<string> {
  await sends(given);
  const row = await d1.prepare('SELECT id FROM card_file ORDER BY at DESC, id DESC').first<{ id: string }>();
  return row?.id ?? '';
}

function sends({
  body = JPEG,
  name = 'кровь.jpg',
  as = anna,
  json = false,
  person = '',
}: Parameters<typeof uploaded>[0] = {}): Promise<Response> {
  const form = new FormData();
  form.set('kind', 'analysis');
  if (person !== '') form.set('person', person);
  form.set('file', new File([body], name));
  return product.request('/card/files', { method: 'POST', body: form, as, headers: json ? { accept: 'application/json' } : {} });
}

describe('an upload', () => {
  test('stands in the card at once for the patient and for the doctor', async () => {
    expect((await sends()).headers.get('location')).toBe('/card?upload=kept');

    for (const [address, person] of [
      ['/card', anna],
      [addresses().desk, doctor],
    ] as const) {
      const said = wordsOf(await (await product.get(address, person)).text());
      expect(said).toContain('кровь.jpg');
      expect(said).toContain('Анализ');
    }
  });

  test.each([
    ['nothing', '', 'empty', 422],
    ['text that is called a picture', 'hello', 'type', 415],
    ['a web page that is called a PDF', '<html>%PDF-', 'type', 415],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'type', 415],
  ])('of %s is refused with a sentence', async (_, body, kind, status) => {
    const answer = await sends({ body, json: true });

    expect([answer.status, await answer.json()]).toEqual([status, { kind }]);
    expect((await sends({ body })).headers.get('location')).toBe(`/card?upload=${kind}`);
    expect(await count('SELECT count(*) AS n FROM card_file')).toBe(0);
  });

  test('of more than ten megabytes is refused before it is kept; of ten it is kept', async () => {
    const large = (bytes: number) => {
      const body = new Uint8Array(bytes);
      body.set(JPEG);
      return body;
    };

    expect((await sends({ body: large(10 * 1024 * 1024 + 1), json: true })).status).toBe(413);
    expect((await sends({ body: large(11 * 1024 * 1024) })).status).toBe(413);
    expect((await sends({ body: large(10 * 1024 * 1024), json: true })).status).toBe(201);
    expect(await count('SELECT count(*) AS n FROM card_file')).toBe(1);
  });

  test.each(['multipart/form-data', 'multipart/form-data; boundary=x', 'application/json', 'text/plain'])(
    'as broken %s is an empty form',
    async type => {
      const answer = await product.request('/card/files', { method: 'POST', body: 'garbage', as: anna, headers: { 'content-type': type } });

      expect(answer.headers.get('location')).toBe('/card?upload=empty');
    },
  );

  test('that is removed is there for nobody and comes back with one press', async () => {
    const id = await uploaded();
    const gone = await product.post(`/card/files/${id}/removal`, {}, anna);

    expect(gone.headers.get('location')).toBe(`/card?removed=${id}`);
    expect(wordsOf(await (await product.get(`/card?removed=${id}`, anna)).text())).toContain('Файл «кровь.jpg» убран.');
    for (const person of [anna, doctor]) expect((await product.get(`/card/files/${id}`, person)).status).toBe(404);
    expect(wordsOf(await (await product.get(addresses().desk, doctor)).text())).not.toContain('кровь.jpg');
    expect((await product.post(`/card/files/${id}/removal`, { back: '1' }, anna)).headers.get('location')).toBe('/card');
    expect((await product.get(`/card/files/${id}`, doctor)).status).toBe(200);
  });

  test('of the guardian is the child’s, and they come back to the child’s card', async () => {
    const answer = await sends({ as: mother, person: anna.id });

    expect(answer.headers.get('location')).toBe(`/card?person=${anna.id}&upload=kept`);
    expect(await count('SELECT count(*) AS n FROM card_file WHERE patient_id = ?1 AND person_id = ?2', anna.id, mother.id)).toBe(1);
  });
});

describe('the archive', () => {
  test('opens, and holds every PDF, every file and two lists that name what is missing', async () => {
    await signs(consultationId, anna.id, doctor, NOON - DAY, { pdf: false });
    await uploaded({ name: '=SUM(A1).jpg' });
    await uploaded({ name: '=SUM(A1).jpg' });
    const answer = await product.post('/card/archive', {}, anna);
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const html = wordsOf(strFromU8(files['index.html'] ?? new Uint8Array()));

    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(Object.keys(files).toSorted()).toEqual(
      [
        'index.html',
        'index.csv',
        'protocols/2026-11-22-protokol-v1.pdf',
        'files/2026-11-22 ekg.jpg',
        'files/2026-11-24 =SUM(A1).jpg',
        'files/2026-11-24 =SUM(A1) (2).jpg',
      ].toSorted(),
    );
    expect(strFromU8(files['protocols/2026-11-22-protokol-v1.pdf'] ?? new Uint8Array())).toBe(PDF);
    expect(files['files/2026-11-22 ekg.jpg']).toEqual(JPEG);
    expect(html).toContain('PDF ещё готовится');
    expect(html).toContain('22 ноября 2026 года');
    expect(strFromU8(files['index.csv'] ?? new Uint8Array())).toContain(`"'=SUM(A1).jpg"`);
    expect(await lines('archive', 'self', anna.id)).toBe(1);
  });

  test('that is too much for one answer is refused with what to do instead, and is no look', async () => {
    await run([
      {
        sql: "INSERT INTO room_file (id, consultation_id, person_id, name, type, bytes, at, key) VALUES (?, ?, ?, 'a.jpg', 'image/jpeg', ?, ?, 'big')",
        args: [newId(), consultationId, anna.id, 400 * 1024 * 1024, NOON],
      },
    ]);
    const answer = await product.post('/card/archive', {}, anna);

    expect(answer.status).toBe(409);
    expect(wordsOf(await answer.text())).toContain('Карта не помещается в один архив');
    expect(await lines('archive', 'self', anna.id)).toBe(0);
  });

  test('goes on without a file that R2 has lost, and says so', async () => {
    await bindings.FILES.delete(`rooms/${consultationId}/${chatFileId}`);
    const files = unzipSync(new Uint8Array(await (await product.post('/card/archive', {}, anna)).arrayBuffer()));

    expect(Object.keys(files)).toContain('protocols/2026-11-22-protokol-v1.pdf');
    expect(Object.keys(files)).not.toContain('files/2026-11-22 ekg.jpg');
    expect(wordsOf(strFromU8(files['index.html'] ?? new Uint8Array()))).toContain('файл не нашёлся, позвоните в клинику');
  });
});

describe('«Кто смотрел»', () => {
  test('says each look in words, folds one’s own away, and shows a reason in full', async () => {
    await product.get(addresses().page, doctor);
    await product.get(addresses().file, mother);
    await product.get(addresses().page, anna);
    const html = await (await product.get('/card/access', anna)).text();
    const [looks = '', own = ''] = wordsOf(html).split('Ваши просмотры');

    expect(looks).toContain(
      'вт, 24 ноября, 12:00 (МСК): врач Алла Макетова открыл протокол приёма 22 ноября'.replace('Алла Макетова', nameOf()),
    );
    expect(looks).toContain('представитель Анна Тестова2 открыл файл «ekg.jpg»');
    expect(looks).not.toContain('вы открыли');
    expect(own).toContain('вы открыли протокол приёма 22 ноября');
  });

  test('turns its page', async () => {
    for (let i = 0; i < 31; i++) {
      product.now = NOON + i * MINUTE;
      await product.get(addresses().page, doctor);
    }
    const first = await (await product.get('/card/access', anna)).text();
    const next = /href="(\/card\/access\?before=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';

    expect(wordsOf(first)).not.toContain('12:00 (МСК)');
    expect(wordsOf(await (await product.get(next, anna)).text())).toContain('12:00 (МСК)');
  });

  const nameOf = () => `${MAKETOVA.givenName} ${MAKETOVA.familyName}`;
});

describe('a doctor of long ago', () => {
  const LATER = NOON + 29 * DAY;
  const reason = 'Разбираем жалобу пациента';

  beforeEach(async () => {
    await run([{ sql: 'UPDATE session SET idle_until = ?, expires_at = ?', args: [LATER + 90 * DAY, LATER + 90 * DAY] }]);
    product.now = LATER;
  });

  test('is asked for a reason at the same address and sees nothing before it', async () => {
    for (const address of [addresses().desk, addresses().page, addresses().pdf, addresses().file]) {
      const said = wordsOf(await (await product.get(address, doctor)).text());
      expect(said, address).toContain('Пациент увидит причину');
      expect(said).not.toContain('Дневник давления');
    }
    expect(await count('SELECT count(*) AS n FROM card_access')).toBe(0);
  });

  test('with a reason reads for twelve hours, and the patient reads the reason', async () => {
    const { desk, page } = addresses();
    const given = await product.post(desk, { reason, next: page }, doctor);

    expect(given.headers.get('location')).toBe(page);
    expect(wordsOf(await (await product.get(page, doctor)).text())).toContain('Боль отдаёт к сердцу');
    expect(await lines('protocol', 'reason', doctor.id)).toBe(1);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'card.reason' AND person_id = ?1", doctor.id)).toBe(1);
    expect(wordsOf(await (await product.get('/card/access', anna)).text())).toContain(`Причина: ${reason}`);
    product.now = LATER + 12 * HOUR - 1;
    expect(wordsOf(await (await product.get(page, doctor)).text())).toContain('Боль отдаёт к сердцу');
    product.now = LATER + 12 * HOUR;
    expect(wordsOf(await (await product.get(page, doctor)).text())).not.toContain('Боль отдаёт к сердцу');
  });

  test.each(['', 'коротко', ' '.repeat(20), 'а'.repeat(501)])(
    'with a reason of too little or too much (%#) is asked again',
    async short => {
      const answer = await product.post(addresses().desk, { reason: short }, doctor);

      expect(answer.status).toBe(422);
      expect(await count('SELECT count(*) AS n FROM card_reason')).toBe(0);
    },
  );

  test('goes on to a page of ours only', async () => {
    expect((await product.post(addresses().desk, { reason, next: 'https://evil.example/' }, doctor)).headers.get('location')).toBe(
      addresses().desk,
    );
  });
});

test('beside the doctor’s work stands the latest of the card, while treating and with its line in the journal', async () => {
  const read = (as: CastPerson) => {
    const asker = { tokenHash: as.tokenHash, now: NOON };
    return ask(db, { fromCard: fromCardRead(asker, consultationId), ...fromCardLook(asker, consultationId) });
  };

  expect((await read(doctor)).fromCard.map(({ kind }) => kind)).toEqual(['file', 'protocol']);
  expect((await read(anna)).fromCard).toEqual([]);
  expect((await read(stranger)).fromCard).toEqual([]);
  expect(await count('SELECT count(*) AS n FROM card_access')).toBe(1);
});
