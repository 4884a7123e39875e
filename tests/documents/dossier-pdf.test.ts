// The dossier of a claim as a bookkeeper or a court reads it: everything is in it, on the page that the contents name, and what could not be put in is said.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ClaimScreen } from '../../workflows/rules/claim-desk.ts';
import type { Dossier, DossierFile } from '../../worker/documents/dossier-pdf.ts';
import { DAY, MINUTE, NOON } from '../cast.ts';
import { PAGE, PLAIN } from './applications.ts';
import { type DossierPress, openDossierPress, openPress } from './print-shop.ts';
import { read } from './reader.ts';

let press: DossierPress;
let application: Uint8Array;
beforeAll(async () => {
  press = await openDossierPress();
  application = await (await openPress()).printApplication(PLAIN, PAGE);
});

const caseOf = (name: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '../cases', name)));
const file = (name: string, type: string, bytes: Uint8Array | null, isTooLarge = false): DossierFile => ({
  name,
  type,
  at: NOON,
  source: 'letter',
  sha256: 'a'.repeat(64),
  bytes,
  isTooLarge,
});

const SCREEN: ClaimScreen = {
  claim: {
    id: 'c',
    number: PLAIN.number,
    version: 4,
    consultationId: PLAIN.consultation.id,
    facts: {
      demandedAt: NOON,
      dueAt: NOON + 10 * DAY,
      withdrawnAt: null,
      decidedAt: NOON + DAY,
      formVersion: 1,
      formAt: NOON,
      reason: 'brokeOff',
      amountMinor: 230_000,
      signedVersion: 1,
      askedAt: null,
      sentAt: NOON,
      decision: { outcome: 'full', amountMinor: 230_000, inForceAt: NOON + DAY },
      goingMinor: 0,
      byHandMinor: 0,
      returnedMinor: 230_000,
      stuckMinor: 0,
    },
    via: 'same',
    accountLast4: null,
    application: PLAIN,
    patient: 'Анна Тестова',
    availableMinor: 0,
    secondAboveMinor: 1_000_000,
    ruleMinutes: 5,
    decision: { id: 'd', outcome: 'full', amountMinor: 230_000, reason: 'Сбой связи на нашей стороне', by: 'Фаина Сметная', isOwn: false },
  },
  photos: [],
  events: [
    { kind: 'form', at: NOON, by: 'Анна Тестова', version: 1, minor: 230_000 },
    { kind: 'signature', at: NOON + MINUTE, by: null, way: 'letter' },
    { kind: 'decision', at: NOON + DAY, by: 'Фаина Сметная', outcome: 'full', minor: 230_000, text: 'Сбой связи на нашей стороне' },
  ],
  ledger: [
    {
      id: 'p',
      kind: 'payment',
      at: NOON,
      minor: 230_000,
      state: 'done',
      method: 'bank_card:4477',
      document: null,
      receipt: { state: 'succeeded', number: '118' },
    },
    { id: 'r', kind: 'refund', at: NOON + DAY, minor: 230_000, state: 'done', method: null, document: '77', receipt: null },
  ],
  incoming: [],
  letters: [],
  earlier: [],
  call: {
    togetherMinutes: 2,
    faults: { clinic: 1, sfu: 0, patient: 0, unknown: 0 },
    hasRecord: true,
    opinion: { kind: 'grants', because: 'clinicFault' },
  },
};

const dossier = (files: readonly DossierFile[]): Dossier => ({
  screen: SCREEN,
  clinic: { legalName: 'ООО «Пример»', zone: 'Europe/Moscow' },
  at: NOON + 2 * DAY,
  application,
  files,
});

async function printed(files: readonly DossierFile[]) {
  const bytes = await press.printDossier(dossier(files));
  const { sheets } = await read(bytes);
  return { bytes, sheets, pages: sheets.map(({ text }) => text.replace(/[\s\u00a0]+/g, ' ')) };
}

const PHOTO = 'arrow-exif6.jpg';

describe('a dossier', () => {
  test('has the contents, the application, each picture on a page of its own, and what is told in words, in this order', async () => {
    const { pages } = await printed([
      file('лист.jpg', 'image/jpeg', caseOf(PHOTO)),
      file('анализы.pdf', 'application/pdf', caseOf('lab-bom.pdf')),
    ]);

    expect(pages[0]).toContain('Досье заявления В-2026-00042');
    expect(pages[0]).toContain('Состояние Деньги вернули');
    expect(pages[1]).toContain('Заявление о возврате оплаты');
    expect(pages[2]).toContain('Снимок 1: лист.jpg');
    expect(pages[2]).toContain(`SHA-256 файла: ${'a'.repeat(64)}`);
    expect(pages[3]).toContain('Снимок 2: анализы.pdf');
    const last = pages.slice(4).join(' ');
    for (const words of [
      'Вернуть всё: 2 300 ₽. Фаина Сметная Сбой связи на нашей стороне',
      'Вместе 2 мин, 1 сбой у клиники',
      'Оплата 2 300 ₽, Карта •• 4477, проведено, чек № 118, остаток у клиники 2 300 ₽',
      'Возврат 2 300 ₽, проведено, платёжное поручение № 77, остаток у клиники 0 ₽',
      'Письма о заявлении Нет.',
    ])
      expect(last).toContain(words);
  });

  test('names in its contents the page on which each thing is', async () => {
    const { pages } = await printed([file('лист.jpg', 'image/jpeg', caseOf(PHOTO))]);

    for (const [, page = '', name = ''] of (pages[0] ?? '').matchAll(/стр\. (\d+) (Заявление|Снимок 1|Ход дела и решение|Деньги и чеки)/g))
      expect(pages[Number(page) - 1], name).toContain(name);
    expect(pages[0]?.match(/стр\. \d+/g)).toHaveLength(6);
    pages.forEach((text, i) => i === 1 || expect(text).toContain(`страница ${i + 1} из ${pages.length}`));
  });

  test('says what is not in it, and why', async () => {
    const { pages } = await printed([
      file('битый.jpg', 'image/jpeg', new Uint8Array([0xff, 0xd8, 0xff])),
      file('битый.pdf', 'application/pdf', new TextEncoder().encode('%PDF-1.7 nothing')),
      file('огромный.png', 'image/png', null, true),
      file('пропавший.png', 'image/png', null),
    ]);

    expect(pages[0]).toContain('не вошёл Снимок 1: битый.jpg: файл не читается');
    expect(pages[0]).toContain('не вошёл Снимок 2: битый.pdf: файл не читается');
    expect(pages[0]).toContain('огромный.png: файл слишком велик для досье');
    expect(pages[0]).toContain('пропавший.png: файла нет в хранилище');
    expect(pages).toHaveLength(3);
  });

  test('of forty pictures names the right pages although its contents take two', async () => {
    const photo = caseOf(PHOTO);
    const { pages } = await printed(Array.from({ length: 40 }, (_, i) => file(`лист ${i}.jpg`, 'image/jpeg', photo)));

    expect(pages.length).toBe(2 + 1 + 40 + 1);
    expect(`${pages[0]} ${pages[1]}`).toContain('стр. 4 Снимок 1: лист 0.jpg');
    expect(pages[3]).toContain('Снимок 1: лист 0.jpg');
  });

  test('without pictures is still one', async () => {
    expect((await printed([])).pages).toHaveLength(3);
  });
});
