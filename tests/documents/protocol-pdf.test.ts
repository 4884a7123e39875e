// A printed protocol as its reader sees it: every letter is visible, nothing is missing and nothing is added; printing twice gives the same
// bytes.
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { EMPTY_PROTOCOL } from '../../workflows/rules/protocol.ts';
import type { ProtocolDocument } from '../../worker/documents/protocol-document.ts';
import { openPress, type Press } from './print-shop.ts';
import { AMENDED, CODE, CONTENT, LOCKED, LONG, ROUGH, SHORT, SHORT_SHA256 } from './protocols.ts';
import { read } from './reader.ts';

let press: Press;
beforeAll(async () => {
  press = await openPress();
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** The printed text with line breaks folded, and the reading of the file. */
async function printed(document: ProtocolDocument) {
  const bytes = await press.printProtocol(document);
  const reading = await read(bytes);
  const texts = reading.sheets.map(({ text }) => text.replace(/[\s\u00a0]+/g, ' '));
  return { ...reading, bytes, texts, text: texts.join(' ') };
}

const ALL = { SHORT, LONG, AMENDED, LOCKED, ROUGH };

describe.each(Object.entries(ALL))('%s', (_, document) => {
  test('has ink under every letter', async () => {
    const { sheets } = await printed(document);

    expect(sheets.map(({ blank }) => blank).join('')).toBe('');
    expect(sheets.reduce((sum, { letters }) => sum + letters, 0)).toBeGreaterThan(800);
  });

  test('is tagged, in Russian, small, and numbers its pages', async () => {
    const { bytes, isTagged, texts } = await printed(document);

    expect(isTagged).toBe(true);
    expect(latin(bytes)).toContain('/Lang (ru-RU)');
    expect(latin(bytes)).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(latin(bytes)).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(bytes.length).toBeLessThanOrEqual(100_000);
    texts.forEach((text, i) => expect(text).toContain(`страница ${i + 1} из ${texts.length}`));
  });

  test('carries what was signed, byte for byte', async () => {
    expect((await printed(document)).attachments).toEqual([document.canonical]);
  });
});

test('the same document gives the same bytes, whatever was printed in between, and the bytes of the edge', async () => {
  const first = await press.printProtocol(SHORT);
  await press.printProtocol(ROUGH);
  const again = await press.printProtocol(SHORT);
  const anotherPress = await openPress();
  await anotherPress.printProtocol(LONG);
  const elsewhere = await anotherPress.printProtocol(SHORT);

  expect([first, again, elsewhere].map(sha256)).toEqual([SHORT_SHA256, SHORT_SHA256, SHORT_SHA256]);
});

describe('the paper says', () => {
  test('whose it is, who met whom, when and for how long', async () => {
    const { text, sheets } = await printed(SHORT);

    expect(sheets).toHaveLength(1);
    for (const words of [
      'Клиника «Пример» ООО «Пример». Лицензия Л041-00000-00/00000000 101000, Москва, Демонстрационная ул., 1. Тел. +7 000 000-00-00',
      'Протокол консультации с применением телемедицинских технологий Подписан 25 ноября 2026 года',
      'Тестова Анна Ивановна, дата рождения 14 марта 1958 года',
      'Макетова Дарья, педиатр, номер в реестре медработников 00000000000',
      '25 ноября 2026 года, 14:30–15:00 (МСК), по видео',
      'на связи с 14:31, окончена в 14:58, вместе 26 минут',
    ])
      expect(text).toContain(words);
  });

  test('of a meeting of seconds that it was shorter than a minute', async () => {
    const { text } = await printed({ ...SHORT, visit: { ...SHORT.visit, togetherMinutes: 0 } });

    expect(text).toContain('окончена в 14:58, вместе меньше минуты');
  });

  test('what was written, in its order, and nothing of what was left empty', async () => {
    const { text } = await printed(SHORT);
    const order = [
      'Жалобы со слов пациента',
      CONTENT.complaints,
      'Анамнез',
      'Заключение',
      'Рекомендации',
      'Очный приём',
      'Нужен: к терапевту',
    ];

    expect(order.map(words => text.indexOf(words))).toEqual(order.map(words => text.indexOf(words)).toSorted((a, b) => a - b));
    expect(order.every(words => text.includes(words))).toBe(true);
    for (const heading of ['Объективно', 'Представленные', 'Диагноз', 'Назначение', 'обследования', 'Ответы пациента', 'дополнение'])
      expect(text).not.toContain(heading);
  });

  test('why a diagnosis is not there when the law keeps it closed, once', async () => {
    const { text } = await printed(LOCKED);

    expect(text.match(/статья 36\.2/g)).toHaveLength(1);
    expect(text).toContain('врач не ставит диагноз и не назначает лекарства по видео');
  });

  test('the diagnosis, the medicines and the patient’s answers when there are any', async () => {
    const { text } = await printed(LONG);

    expect(text).toContain('Диагноз (МКБ-10) I11.9 Гипертензивная [гипертоническая] болезнь');
    expect(text).toContain('Назначение лекарств Лозартан 50 мг');
    expect(text).toContain('Есть ли аллергия? На пенициллин: крапивница в 2009 году');
    expect(text).not.toContain('Что ещё важно?');
  });

  test('that it amends another, of when, and why', async () => {
    const { text } = await printed(AMENDED);

    expect(text).toContain('Версия 2, подписана 25 ноября 2026 года');
    expect(text).toContain('Первая версия подписана 24 ноября 2026 года и сохранена');
    expect(text).toContain('Почему дополнен: Уточнён срок: общий анализ крови сдан 5 ноября, а не 15 ноября.');
  });

  test('who signed, when, over what, and where that is checked', async () => {
    const { text, bytes } = await printed(SHORT);

    expect(text).toContain('Подписан простой электронной подписью врача Кто: Макетова Дарья Когда: 25 ноября 2026 года, 15:20 (МСК)');
    expect(text.replaceAll(' ', '')).toContain(SHORT.signature.contentHash);
    expect(text).toContain('7QK4M-92MXB-5RT8W-ZC3DN-0EFGHJ');
    expect(text).toContain(`https://clinic.example/verify/${CODE}`);
    expect(latin(bytes)).toContain(`/URI (https://clinic.example/verify/${CODE})`);
  });
});

describe('whatever a person pastes', () => {
  test('a paragraph longer than a page goes on over the next, a word longer than a line is broken', async () => {
    const { sheets, text } = await printed(ROUGH);

    expect(sheets).toHaveLength(3);
    expect(text.match(/Боль/g)).toHaveLength(130);
    expect(text.match(/вечеру/g)).toHaveLength(130);
    expect(text.replaceAll(' ', '')).toContain('Сверхдлинноеслово'.repeat(12));
  });

  test('narrow spaces stay spaces, accents stay on their letters, what the typeface lacks becomes a question mark', async () => {
    const { text } = await printed(ROUGH);

    expect(text).toContain('Боли в груди нет ?, пульс 72 уд/мин ?, за\u0301мок и замо\u0301к, é и é, fin, ЛПНП ↑, ??, .');
    expect(text).toContain('АД < 140/90 & пульс > 60; HbA1c 5,7 %; 10⁹/л; β-ХГЧ; ½ таблетки; №5; ≤ 6,0');
    expect(text).toContain('Первая строка Вторая строка Третья строка');
    expect(text).toContain('О’Коннор-Ёлкина Zoë <b>&amp;</b>');
  });

  test('markup in a name does not reach the file’s metadata', async () => {
    const bytes = await press.printProtocol({ ...SHORT, doctor: { ...SHORT.doctor, name: '<x>&Co' } });

    expect(latin(bytes)).not.toContain('<x>');
    expect(Buffer.from(bytes).toString('utf8')).toContain('‹x›иCo');
  });

  test('nothing but what must be written is still a paper', async () => {
    const { sheets } = await printed({ ...SHORT, content: EMPTY_PROTOCOL, canonical: '{}', visit: { ...SHORT.visit, metAt: null } });

    expect(sheets[0]?.text).toContain('одновременно не были');
  });
});
