// What pages and letters say of minutes, hours, percent, place and phone comes from the clinic's settings: with unusual ones no default is left.
import { beforeEach, describe, expect, test } from 'vitest';
import { letterOf } from '../../views/index.ts';
import type { LetterFacts } from '../../views/letters/letter.ts';
import { termsOf } from '../../workflows/rules/cancellation.ts';
import { LETTER_KINDS } from '../../workflows/rules/letter.ts';
import { askOne } from '../../worker/data/db.ts';
import { clinicRead } from '../../worker/data/clinic.ts';
import { DAY, MAKETOVA, MINUTE, NOON, TOMORROW_14_30 } from '../cast.ts';
import { d1, db, freshClinic } from '../data/d1.ts';
import { booked, type Meeting, meeting } from './meeting.ts';
import { Product, wordsOf } from './product.ts';

let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  await d1
    .prepare(
      `UPDATE clinic SET name_ru = 'Клиника «Иная»', name_en = 'Other clinic', legal_name = 'АО «Иное»', licence = 'Л777', address = '620000, Екатеринбург, Иная ул., 9',
        phone = '+7 343 111-22-33', zone = 'Asia/Yekaterinburg', hold_minutes = 17, waiting_minutes = 23, join_minutes = 9, free_hours = 31, kept_percent = 37`,
    )
    .run();
  // How long doctors see a patient is no default of the clinic.
  await d1.prepare('UPDATE service SET duration_minutes = 33 WHERE duration_minutes IN (10, 15)').run();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
  product.now = NOON;
});

/** What the demo clinic would say. */
const DEFAULTS = {
  ru: /(?<!\d)(?:10|15|2) минут|(?<!\d)24 час|10 ?%|Москв|\+7 000|Демонстрационная|«Пример»|Л041/,
  en: /(?<!\d)(?:10|15|2) min|(?<!\d)24 h|10 ?%|Moscow|\+7 000|Example|Л041/,
} as const;

/** Minutes that are rules and no settings: of reminders, of a late doctor, of the lines of help about Gosuslugi and of the time that a step takes. */
const RULES = {
  ru: /(?:за час и )?за 10 минут(?:\.| до)|[чЧ]ерез 10 минут(?! он)|не будет 10 минут|С 10 минут|за 5 минут|2 минуты Выбрать|3 минуты/g,
  en: /an hour and 10 minutes before|in 10 minutes|10 minutes after the start|After 10 minutes|From 10 minutes|in 5 minutes|2 minutes Choose|3 minutes/g,
} as const;

const leftIn = (lang: 'ru' | 'en', words: string): string | null => DEFAULTS[lang].exec(words.replace(RULES[lang], ' '))?.[0] ?? null;

const pages = () => [
  '/sign-in',
  '/online',
  `/doctors/${MAKETOVA.doctorId}`,
  '/appointments',
  `/consultations/${visit.id}`,
  `/consultations/${visit.id}/cancellation`,
  `/consultations/${visit.id}/reschedule`,
  `/consultations/${visit.id}/room`,
  `/consultations/${visit.id}/check`,
  '/card',
  '/help',
  ...['sign-in', 'choose', 'pay', 'connect', 'protocol', 'refund'].map(step => `/help/${step}`),
];

describe.each(['ru', 'en'] as const)('in %s no default setting is left', lang => {
  test('on any page of a patient', async () => {
    await booked(visit.stranger.id, NOON + 3 * DAY, false);
    for (const as of [visit.anna, visit.stranger])
      for (const path of pages()) {
        const words = wordsOf(await (await product.request(`${path}?lang=${lang}`, { as })).text());
        expect([path, leftIn(lang, words)]).toEqual([path, null]);
      }
  });

  test('in any letter', async () => {
    const clinic = await askOne(db, clinicRead());
    const facts: LetterFacts = {
      clinic,
      publicUrl: 'https://clinic.example',
      consultationId: visit.id,
      now: NOON,
      zone: null,
      bookedAt: NOON,
      hasEvent: true,
      startsAt: TOMORROW_14_30,
      endsAt: TOMORROW_14_30 + 30 * MINUTE,
      expiresAt: NOON + 17 * MINUTE,
      priceMinor: 230_000,
      terms: termsOf(230_000, TOMORROW_14_30, clinic),
      lateMs: null,
      cancelledBy: 'clinic',
      cancelReason: 'asked',
      movedFrom: TOMORROW_14_30 - DAY,
      returnMinor: 230_000,
      refund: { minor: 144_900, keptMinor: 85_100, reason: 'cancelled' },
      claim: {
        id: visit.id,
        number: 'В-2026-00042',
        address: 'zayavlenie+token@clinic.example',
        amountMinor: 230_000,
        dueAt: NOON + 10 * DAY,
        question: 'Пришлите лист целиком.',
        decision: { outcome: 'full', minor: 230_000, reason: 'Сбой на стороне клиники.' },
        isToAccount: false,
      },
    };
    for (const kind of LETTER_KINDS) {
      const { subject, text } = letterOf(kind, facts, lang);
      expect([kind, leftIn(lang, `${subject} ${text}`.replace(/\s+/g, ' '))]).toEqual([kind, null]);
    }
  });
});

test('the settings are said where they matter', async () => {
  const said = async (path: string) => wordsOf(await (await product.get(path, visit.anna)).text());

  expect(await said('/help/connect')).toContain('За 23 минуты до начала открывается зал ожидания, за 9 минут начинает работать кнопка');
  expect(await said('/help/pay')).toContain('Оплатить за 17 минут');
  expect(await said('/help')).toContain('По часам клиники (Екатеринбург).');
  expect(await said('/help')).toContain('+7 343 111-22-33');
});
