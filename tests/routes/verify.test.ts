// «Проверка протокола» as anyone with the document sees it, and what it does not reveal.
import { beforeEach, describe, expect, test } from 'vitest';
import { renderProtocol } from '../../worker/protocol/render.ts';
import { newVerifyCode } from '../../worker/documents/verify-code.ts';
import { MINUTE } from '../cast.ts';
import { bindings, d1 } from '../data/d1.ts';
import { CONTENT } from '../documents/protocols.ts';
import type { Meeting } from './meeting.ts';
import { type Product, wordsOf } from './product.ts';
import { freshlySigned, type Signed, signs } from './signed-protocols.ts';

let product: Product;
let visit: Meeting;
let signed: Signed;

beforeEach(async () => {
  ({ product, visit, signed } = await freshlySigned());
});

const page = async (path: string) => {
  const response = await product.get(path);
  const html = await response.text();
  return { status: response.status, headers: response.headers, html, words: wordsOf(html) };
};
const render = (protocolId = signed.protocolId) => renderProtocol(product.ports, bindings.FILES, { protocolId });

describe('a code that is on a paper', () => {
  test('tells who signed it, when and with what, and both checksums', async () => {
    await render();
    const file = await d1.prepare('SELECT hash FROM rendition').first<{ hash: string }>();

    const { status, words, html } = await page(`/verify/${signed.code}`);

    expect(status).toBe(200);
    expect(words).toContain('Протокол с этим кодом подписан.');
    expect(words).toMatch(/Подписан \d+ [а-я]+ \d{4} года, \d\d:\d\d \(МСК\)/);
    expect(words).toContain('Врач Дарья Макетова, педиатр');
    expect(words).toContain('Версия 1, первая');
    expect(words).toContain('Простая электронная подпись врача');
    expect(words).toContain(signed.contentHash);
    expect(words).toContain(file?.hash);
    expect(html).toContain(`data-compare="${file?.hash}"`);
    expect(words).not.toContain('дополнение от');
  });

  test('tells nothing of the patient and nothing medical', async () => {
    await render();
    const { html } = await page(`/verify/${signed.code}`);

    const secrets = [CONTENT.complaints, CONTENT.conclusion, 'Тестова', 'Анна', '1958', 'пенициллин', visit.id, visit.anna.id];
    expect(secrets.filter(secret => html.includes(secret))).toEqual([]);
  });

  test('may be typed in groups, in small letters, with O for 0', async () => {
    const typed = `${signed.code.slice(0, 6)}-${signed.code.slice(6, 13)} ${signed.code.slice(13)}`.toLowerCase().replaceAll('0', 'o');

    const answer = await product.get(`/verify?code=${encodeURIComponent(typed)}`);

    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/verify/${signed.code}`]);
  });

  test('tells of an amendment, and the amendment that it is one', async () => {
    const amendment = await signs(visit, { amends: signed });

    const first = await page(`/verify/${signed.code}`);
    const second = await page(`/verify/${amendment.code}`);

    expect(first.words).toContain('К протоколу есть дополнение от');
    expect(first.html).not.toContain(amendment.code);
    expect(second.words).not.toContain('К протоколу есть дополнение');
    expect(second.words).toContain('Версия 2, дополнение');
  });

  test('says that the file is being made until it is', async () => {
    expect((await page(`/verify/${signed.code}`)).words).toContain('Файл PDF ещё готовится.');
  });

  test('names the certificate of a qualified signature', async () => {
    product.signature = {
      certificateOf: () => Promise.resolve({ owner: 'Макетова Дарья', serial: '01ab', validUntil: product.now + MINUTE }),
      sign: () => Promise.resolve(Uint8Array.of(0x30, 0)),
    };
    await render();

    expect((await page(`/verify/${signed.code}`)).words).toContain(
      'квалифицированная электронная подпись. Сертификат: Макетова Дарья, 01ab',
    );
  });

  test('speaks English too and stays out of search engines', async () => {
    const { headers, words, html } = await page(`/verify/${signed.code}?lang=en`);

    expect(words).toContain('The record with this code is signed.');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(html).toContain('<meta name="robots" content="noindex, nofollow"');
  });
});

describe('any other code', () => {
  test.each([
    ['that was never given', newVerifyCode()],
    ['that is too short', '7QK42'],
    ['with a letter that codes do not have', 'U'.repeat(26)],
    ['that is an attack', encodeURIComponent("' OR 1=1 --")],
  ])('%s: there is no such protocol', async (_, code) => {
    const { status, words, headers } = await page(`/verify/${code}`);

    expect(status).toBe(404);
    expect(words).toContain('Такого протокола нет');
    expect(headers.get('x-robots-tag')).toContain('noindex');
  });

  test('cannot be tried without end from one place', async () => {
    const ends: number[] = [];
    for (let n = 0; n < 130; n++)
      ends.push((await product.request(`/verify/${newVerifyCode()}`, { headers: { 'cf-connecting-ip': '203.0.113.7' } })).status);

    expect(ends.filter(status => status === 429).length).toBeGreaterThan(0);
    expect((await page(`/verify/${signed.code}`)).status).toBe(200);
  });
});

test('codes are 26 characters of an alphabet without letters that look alike, each time others', () => {
  const codes = Array.from({ length: 200 }, newVerifyCode);

  expect(codes.every(code => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(200);
});
