// What people paste and upload as their programs write it: codes with words around them, addresses of Cyrillic domains, files with another
// program's name of their type, letters of two characters.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unzipSync } from 'fflate';
import { conclude } from '../../worker/data/conclusions.ts';
import { stemsIn } from '../../worker/card/stems.ts';
import ARROW from '../cases/arrow-exif6.jpg?bytes';
import BOM_PDF from '../cases/lab-bom.pdf?bytes';
import NFD from '../cases/protocol-nfd.txt?bytes';
import { MAKETOVA, MINUTE, NOON } from '../cast.ts';
import { bindings, count, d1, db, freshClinic, patients, run } from '../data/d1.ts';
import { JPEG } from './cards.ts';
import { freshMeeting, type Meeting, metInCall } from './meeting.ts';
import { jarAfter, Product, wordsOf } from './product.ts';
import type { FakeSfu } from './sfu.ts';

describe('a code', () => {
  test.each([' 006235', '006-235', 'Код: 006235', '\u00a0006\u00a0235', '006235\r\n'])('pasted as %j signs in', async pasted => {
    await freshClinic();
    const product = new Product();
    const [anna] = await patients(1);
    const asked = await product.post('/sign-in/code', { email: anna?.email ?? '' });
    const code = /\b\d{6}\b/.exec(product.mails.at(-1)?.text ?? '')?.[0] ?? '';

    const cookies = jarAfter(asked);
    const answer = await product.post(
      '/sign-in/code',
      { code: pasted.replace('006', code.slice(0, 3)).replace('235', code.slice(3)) },
      null,
      { cookies },
    );

    expect(answer.headers.get('location')).toMatch(/^\/consents/);
  });

  test('field takes more than six characters, so that a paste is not cut before it is cleaned', async () => {
    await freshClinic();
    const product = new Product();
    const asked = await product.post('/sign-in/code', { email: 'anna@example.ru' });
    const page = await product.request('/sign-in/code', { cookies: jarAfter(asked) });
    const field = /<input[^>]*name="code"[^>]*>/.exec(await page.text())?.[0] ?? '';

    expect(field).toContain('id="code"');
    expect(field).not.toMatch(/maxlength|pattern|type="number"/i);
  });
});

describe('a Cyrillic domain', () => {
  test.each([
    ['ivan@почта.рф', 'ivan@xn--80a1acny.xn--p1ai'],
    ['ivan@xn--80a1acny.xn--p1ai', 'ivan@почта.рф'],
  ])('is signed in with as %s, whichever spelling the clinic knows', async (typed, known) => {
    await freshClinic();
    const product = new Product();
    const [anna] = await patients(1);
    await d1
      .prepare('UPDATE person SET email = ?2, email_key = ?3 WHERE id = ?1')
      .bind(anna?.id, known, 'ivan@xn--80a1acny.xn--p1ai')
      .run();

    const asked = await product.post('/sign-in/code', { email: ` ${typed} ` });
    const cookies = jarAfter(asked);
    const page = await product.request('/sign-in/code', { cookies });
    const code = /\b\d{6}\b/.exec(product.mails.at(-1)?.text ?? '')?.[0] ?? '';
    const entered = await product.post('/sign-in/code', { code }, null, { cookies });

    expect(wordsOf(await page.text())).toContain(typed);
    expect(entered.headers.get('location')).toMatch(/^\/consents/);
  });
});

describe('a file', () => {
  let product: Product;
  let sfu: FakeSfu;
  let visit: Meeting;
  beforeEach(async () => {
    ({ product, sfu, visit } = await freshMeeting());
  });
  afterEach(() => sfu.gone());
  const sends = (to: string, bytes: BlobPart, name: string, type: string) => {
    const body = new FormData();
    body.set('file', new File([bytes], name, { type }));
    return product.request(to, { method: 'POST', body, as: visit.anna, headers: { accept: 'application/json' } });
  };
  const places = () => [`/consultations/${visit.id}/room/files`, '/card/files'];

  test.each([
    ['application/octet-stream', BOM_PDF, 'анализ.pdf'],
    ['application/x-pdf', BOM_PDF, 'анализ.pdf'],
    ['application/pdf', BOM_PDF, 'анализ.pdf'],
    ['image/jpg', ARROW, 'стрелка.jpg'],
    ['image/pjpeg', ARROW, 'стрелка.jpg'],
    ['text/html', JPEG, 'точка.jpg'],
    ['', ARROW, 'стрелка.jpg'],
  ])('that calls itself «%s» is taken by its content, in the room as in the card', async (type, bytes, name) => {
    for (const place of places()) expect((await sends(place, bytes, name, type)).status, place).toBe(201);
  });

  test('of a picture keeps its orientation in both places', async () => {
    for (const place of places()) await sends(place, ARROW, 'стрелка.jpg', 'image/jpeg');

    const { objects } = await bindings.FILES.list();
    for (const { key } of objects) {
      const kept = [...new Uint8Array((await (await bindings.FILES.get(key))?.arrayBuffer()) ?? new ArrayBuffer())];
      expect(String.fromCharCode(...kept)).toContain('\x01\x12\0\x03\0\0\0\x01\0\x06');
    }
    expect(objects).toHaveLength(2);
  });

  test('of 30,000 × 30,000 pixels is refused by its header with the limit named, in both places', async () => {
    const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAAElFTkSuQmCC'), character => character.charCodeAt(0));
    new DataView(png.buffer).setUint32(16, 30_000);
    new DataView(png.buffer).setUint32(20, 30_000);

    for (const place of places()) expect(await (await sends(place, png, 'вид.png', 'image/png')).json()).toEqual({ kind: 'tooManyPixels' });
    expect(wordsOf(await (await product.get('/card?upload=tooManyPixels', visit.anna)).text())).toContain('больше 60 миллионов точек');
  });

  test('named in one or in two characters for a letter has one name, and two of it stand apart in the archive', async () => {
    product.now = NOON;
    for (const name of ['йод.pdf', 'и\u0306од.pdf', 'ЙОД.pdf']) await sends('/card/files', BOM_PDF, name, 'application/pdf');

    const archive = await product.post('/card/archive', {}, visit.anna);
    const paths = Object.keys(unzipSync(new Uint8Array(await archive.arrayBuffer()))).filter(path => path.startsWith('files/'));
    const bare = paths.map(path => path.toLowerCase());

    expect(bare.toSorted()).toEqual(['files/2026-11-24 йод (2).pdf', 'files/2026-11-24 йод (3).pdf', 'files/2026-11-24 йод.pdf']);
    expect(paths.every(path => path === path.normalize('NFC'))).toBe(true);
    expect(await count("SELECT count(*) AS n FROM card_file WHERE name = 'йод.pdf'")).toBe(2);
  });

  describe('protocol-nfd.txt, pasted into a protocol', () => {
    const text = new TextDecoder().decode(NFD);

    test('is kept composed and found by each of its words, typed either way', async () => {
      expect(text).not.toBe(text.normalize('NFC'));
      await run(metInCall(visit.id, visit.anna.id, MAKETOVA.id, product.now - MINUTE));
      await conclude(
        db,
        { consultationId: visit.id, personId: MAKETOVA.id, sessionId: 's', outcome: 'tookPlace', version: 1 },
        product.now,
      );
      const fields = { round: '1', version: '0', complaints: 'Кашель', conclusion: 'Осмотр', recommendations: text };
      const signed = await product.post(`/desk/consultations/${visit.id}/protocol`, fields, visit.doctor);

      expect(signed.status).toBe(303);
      expect(await count('SELECT count(*) AS n FROM protocol WHERE instr(content, ?1) > 0', text.trim().normalize('NFC'))).toBe(1);
      for (const word of ['йод', 'и\u0306од', 'отёк', 'отек', 'оте\u0308к', 'желчегонный', 'жёлчегонный']) {
        const found = wordsOf(await (await product.post('/card/search', { q: word }, visit.anna)).text());
        expect(found, word).not.toContain('Ничего не найдено');
        expect(found, word).toContain('исключён');
      }
    });

    test('has the stems of the composed text', () => {
      expect(stemsIn(text).map(({ stem }) => stem)).toEqual(stemsIn(text.normalize('NFC')).map(({ stem }) => stem));
    });
  });
});
