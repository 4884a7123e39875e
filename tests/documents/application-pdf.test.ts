// A printed application as the patient and finance see it: always one page, every letter visible, room to sign, and the same bytes for the same facts, because
// a signature by the code is of these bytes.
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { LONG_NAMES, LONGEST, PAGE, PLAIN, PLAIN_SHA256, ROUGH_APPLICATION } from './applications.ts';
import { openPress, type Press } from './print-shop.ts';
import { read } from './reader.ts';

let press: Press;
beforeAll(async () => {
  press = await openPress();
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

async function printed(facts: ApplicationFacts) {
  const bytes = await press.printApplication(facts, PAGE);
  const reading = await read(bytes);
  return { ...reading, bytes, text: reading.sheets.map(({ text }) => text.replace(/[\s\u00a0]+/g, ' ')).join(' ') };
}

describe.each(Object.entries({ PLAIN, LONG_NAMES, LONGEST, ROUGH_APPLICATION }))('%s', (_, facts) => {
  test('is one page with ink under every letter', async () => {
    const { sheets, text } = await printed(facts);

    expect(sheets).toHaveLength(1);
    expect(sheets.map(({ blank }) => blank).join('')).toBe('');
    expect(text).toContain('страница 1 из 1');
  });

  test('is tagged, in Russian, small, and carries no files', async () => {
    const { bytes, isTagged, attachments } = await printed(facts);

    expect(isTagged).toBe(true);
    expect(latin(bytes)).toContain('/Lang (ru-RU)');
    expect(latin(bytes)).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(latin(bytes)).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(bytes.length).toBeLessThanOrEqual(60_000);
    expect(attachments).toEqual([]);
  });

  test('has a box of at least 60 × 20 mm to sign in', async () => {
    const boxes = rectanglesIn((await printed(facts)).bytes).map(points => points.map(point => (point * 25.4) / 72));

    expect(boxes.some(([width = 0, height = 0]) => width >= 60 && height >= 20)).toBe(true);
  });
});

test('the same facts give the same bytes, whatever was printed in between, and the bytes of the edge', async () => {
  const first = await press.printApplication(PLAIN, PAGE);
  await press.printApplication(LONGEST, PAGE);
  const again = await press.printApplication(PLAIN, PAGE);
  const elsewhere = await (await openPress()).printApplication(PLAIN, PAGE);

  expect([first, again, elsewhere].map(sha256)).toEqual([PLAIN_SHA256, PLAIN_SHA256, PLAIN_SHA256]);
});

test('the paper says who asks whom for what, why, and where the money goes', async () => {
  const { text } = await printed(PLAIN);

  for (const words of [
    'Кому ООО «Пример» Генеральный директор Показова Вера Павловна 101000, Москва, Демонстрационная ул., 1 ИНН 0000012341, ОГРН 1260000000017',
    'Заявитель Тестова Анна Ивановна anna@example.ru телефон +7 900 000-00-00 Екатеринбург, Примерная ул., 5, кв. 12',
    'Заявление о возврате оплаты № В-2026-00042, версия 1, составлено 25 ноября 2026 года',
    'Прошу вернуть 2 300 ₽ (две тысячи триста рублей 00 копеек)',
    'врач Макетова Дарья, назначена на 25 ноября 2026 года, 14:30–15:00 (МСК)',
    'Номер: 01930000-0000-7000-8000-000000000777 Договор-оферта, версия 7, принят 24 ноября 2026 года',
    '2 300 ₽, 24 ноября 2026 года, 12:01 (МСК), карта •• 4477, чек № 118',
    'Связь прервалась, консультация не была закончена Через три минуты видео и звук пропали',
    'Тем же способом, которым была оплата',
    'Вместе на связи 2 минуты 48 секунд 14:33 сбой связи на стороне клиники',
    'Подпись Расшифровка подписи Дата',
    'Фотографируйте лист целиком, при дневном свете',
  ])
    expect(text).toContain(words);
});

test('the address to mail to is on the paper in one line, and in a link', async () => {
  const { sheets, bytes } = await printed(PLAIN);

  expect(sheets[0]?.text.split(/\r?\n/)).toContain(PLAIN.clinic.claimsAddress);
  expect(latin(bytes)).toContain(`/URI (mailto:${PLAIN.clinic.claimsAddress})`);
});

test('the code leads to the page of the application, and neither has the token of the address', async () => {
  const { bytes } = await printed(PLAIN);

  expect(latin(bytes)).toContain(`/URI (${PAGE})`);
  expect(PAGE).not.toContain('k7m2q4x9c3v5b8n1z6a0s7d4f2');
});

test('a thousand characters and long names are printed whole', async () => {
  const { text } = await printed(LONG_NAMES);

  expect(text).toContain(LONG_NAMES.text);
  expect(text).not.toContain('весь текст');
});

test('what no page could hold is cut, and the paper says where the rest is', async () => {
  const { text } = await printed(LONGEST);

  expect(text).toContain('… (весь текст — на странице заявления)');
  expect(text).not.toContain(LONGEST.text);
});

test('of many payments the paper shows some and the sum of the rest', async () => {
  const { text } = await printed(LONGEST);

  expect(text.match(/999 999,99 ₽, 24 ноября/g)).toHaveLength(3);
  expect(text).toContain('и ещё 4 платежа на 3 999 999,96 ₽');
});

test('of an account only the end is on the paper', async () => {
  const { text } = await printed(LONGEST);

  expect(text).toContain('БИК 044525225, счёт •••• 1234');
});

test('line breaks, invisible signs and markup do no harm', async () => {
  const { text, bytes } = await printed(ROUGH_APPLICATION);

  expect(text).toContain('Другая причина Первая вторая третья четвёртая ? ?? конец');
  expect(text).toContain('О’Коннор-Ёлкина Zoë <b>&amp;</b>');
  expect(latin(bytes)).not.toContain('<b>&');
});

test('with no receipt yet the paper says that it is being made', async () => {
  const { text } = await printed({ ...PLAIN, paid: PLAIN.paid.map(line => ({ ...line, receipt: null, method: null })) });

  expect(text).toContain('12:01 (МСК), чек оформляется');
});

/** Width and height in points of every rectangle drawn. */
function rectanglesIn(pdf: Uint8Array): number[][] {
  const streams = latin(pdf).matchAll(/\/Filter \/FlateDecode\s*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g);
  return [...streams].flatMap(([, stream = '']) => {
    const drawn = inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
    return [...drawn.matchAll(/[\d.-]+ [\d.-]+ ([\d.-]+) ([\d.-]+) re\b/g)].map(([, width, height]) => [Number(width), Number(height)]);
  });
}
