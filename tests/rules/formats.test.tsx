// Dates, times and money as a patient reads them, in every zone of Russia and in one with daylight saving time.
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import * as format from '../../views/format.ts';
import { doctorTitle } from '../../views/parts/person.tsx';
import { Time } from '../../views/parts/time.tsx';
import { DOCTOR } from '../cast.ts';
import type { Lang } from '../../workflows/rules/lang.ts';

const MOSCOW = 'Europe/Moscow';
const clinic = { zone: MOSCOW };
const noon = Date.UTC(2026, 10, 24, 9, 0); // Tuesday 24 November 2026, noon in Moscow
const halfPastTwo = Date.UTC(2026, 10, 25, 11, 30); // the next day, 14:30 in Moscow

const clocks = (over: Partial<format.Clocks> = {}): format.Clocks => ({ lang: 'ru', now: noon, zone: null, clinic, ...over });
/** No-break spaces as plain ones, so that the tables are readable. */
const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, ' ') ?? null;

describe('money', () => {
  test.each<[number, Lang, string]>([
    [0, 'ru', '0\u202f₽'],
    [250_000, 'ru', '2\u202f500\u202f₽'],
    [235_050, 'ru', '2\u202f350,50\u202f₽'],
    [235_050, 'en', '2\u202f350.50\u202f₽'],
    [-240_000, 'ru', '\u22122\u202f400\u202f₽'],
    [99_900, 'ru', '999\u202f₽'],
    [123_456_705, 'ru', '1\u202f234\u202f567,05\u202f₽'],
  ])('%i kopecks in %s', (minor, lang, written) => {
    expect(format.rub(minor, lang)).toBe(written);
  });
});

describe('the clocks of Russia', () => {
  test.each([
    ['Asia/Yekaterinburg', true],
    ['Mars/Base', false],
    ["Europe/Moscow'; DROP", false],
    ['', false],
  ])('zone «%s»: %s', (zone, known) => {
    expect(format.isZone(zone)).toBe(known);
  });

  test.each([
    ['Europe/Kaliningrad', '13:30 у вас', 'Калининград, МСК−1'],
    ['Europe/Samara', '15:30 у вас', 'Самара, МСК+1'],
    ['Asia/Yekaterinburg', '16:30 у вас', 'Екатеринбург, МСК+2'],
    ['Asia/Omsk', '17:30 у вас', 'Омск, МСК+3'],
    ['Asia/Krasnoyarsk', '18:30 у вас', 'Красноярск, МСК+4'],
    ['Asia/Irkutsk', '19:30 у вас', 'Иркутск, МСК+5'],
    ['Asia/Yakutsk', '20:30 у вас', 'Якутск, МСК+6'],
    ['Asia/Vladivostok', '21:30 у вас', 'Владивосток, МСК+7'],
    ['Asia/Magadan', '22:30 у вас', 'Магадан, МСК+8'],
    ['Asia/Kamchatka', '23:30 у вас', 'Петропавловск-Камчатский, МСК+9'],
  ])('14:30 in Moscow is %s %s', (zone, own, name) => {
    expect(plain(format.ownClockOf(halfPastTwo, clocks({ zone })))).toBe(own);
    expect(format.ownZoneNameOf(halfPastTwo, zone, clocks())).toBe(name);
    expect(plain(format.bothClocksOf(halfPastTwo, clocks({ zone })))).toBe(`14:30 (МСК), ${own}`);
  });

  test.each(['Europe/Moscow', 'Europe/Simferopol', 'Europe/Minsk', null, 'Mars/Phobos', ''])('one clock is enough in %s', zone => {
    expect(plain(format.bothClocksOf(halfPastTwo, clocks({ zone })))).toBe('14:30 (МСК)');
  });

  test('an evening in Moscow is the next day in Kamchatka, and it is said', () => {
    const evening = Date.UTC(2026, 10, 25, 15, 0);
    expect(plain(format.ownClockOf(evening, clocks({ zone: 'Asia/Kamchatka' })))).toBe('03:00 у вас, 26 ноября');
    expect(plain(format.ownClockOf(evening, clocks({ zone: 'Asia/Kamchatka', lang: 'en' })))).toBe('03:00 your time, 26 November');
  });

  test.each([
    ['winter', Date.UTC(2026, 0, 15, 11, 30), '12:30 у вас', 'Берлин, МСК−2'],
    ['summer', Date.UTC(2026, 6, 15, 11, 30), '13:30 у вас', 'Берлин, МСК−1'],
    ['an hour before the change', Date.UTC(2026, 2, 29, 0, 59), '01:59 у вас', 'Берлин, МСК−2'],
    ['the minute of the change', Date.UTC(2026, 2, 29, 1, 0), '03:00 у вас', 'Берлин, МСК−1'],
  ])('a zone that moves its clocks, %s', (_when, at, own, name) => {
    expect(plain(format.ownClockOf(at, clocks({ zone: 'Europe/Berlin' })))).toBe(own);
    expect(format.ownZoneNameOf(at, 'Europe/Berlin', clocks())).toBe(name);
  });

  test('half-hour zones and zones without a Russian name', () => {
    expect(format.ownZoneNameOf(halfPastTwo, 'Asia/Kolkata', clocks())).toBe('Kolkata, МСК+2:30');
    expect(format.ownZoneNameOf(halfPastTwo, 'America/New_York', clocks({ lang: 'en' }))).toBe('New York, MSK−8');
  });
});

describe('days', () => {
  test.each<[Lang, string, string]>([
    ['ru', 'ср, 25 ноября', 'завтра, 14:30 (МСК)'],
    ['en', 'Wed, 25 November', 'tomorrow, 14:30 (MSK)'],
  ])('in %s', (lang, day, moment) => {
    expect(plain(format.dayOf(halfPastTwo, clocks({ lang })))).toBe(day);
    expect(plain(format.momentOf(halfPastTwo, clocks({ lang })))).toBe(moment);
  });

  test.each([
    ['the last minute of today', Date.UTC(2026, 10, 24, 20, 59), 'сегодня'],
    ['the first of tomorrow', Date.UTC(2026, 10, 24, 21, 0), 'завтра'],
    ['the last of tomorrow', Date.UTC(2026, 10, 25, 20, 59), 'завтра'],
    ['the first of the day after', Date.UTC(2026, 10, 25, 21, 0), 'чт, 26 ноября'],
    ['yesterday', Date.UTC(2026, 10, 23, 12, 0), 'пн, 23 ноября'],
  ])('the clinic’s midnight divides days: %s', (_when, at, day) => {
    expect(plain(format.nearDayOf(at, clocks()))).toBe(day);
  });

  test('the reader’s own midnight does not', () => {
    const lateInKamchatka = clocks({ zone: 'Asia/Kamchatka', now: Date.UTC(2026, 10, 24, 13, 0) }); // 01:00 of the 25th there
    expect(format.nearDayOf(Date.UTC(2026, 10, 24, 15, 0), lateInKamchatka)).toBe('сегодня');
  });

  test('the year is written only when it is another', () => {
    expect(plain(format.dayOf(Date.UTC(2027, 0, 1, 9, 0), clocks()))).toBe('пт, 1 января 2027');
    expect(plain(format.dayOf(Date.UTC(2026, 11, 31, 20, 59), clocks()))).toBe('чт, 31 декабря');
  });

  test('a letter never says «today»', () => {
    expect(plain(format.exactMomentOf(noon, clocks()))).toBe('вт, 24 ноября, 12:00 (МСК)');
  });

  test.each<[number, string]>([
    [1, '15 января'],
    [2, '15 февраля'],
    [3, '15 марта'],
    [5, '15 мая'],
    [8, '15 августа'],
    [12, '15 декабря'],
  ])('month %i is in the genitive', (month, written) => {
    expect(plain(format.plainDay(`2026-${String(month).padStart(2, '0')}-15`, 'ru'))).toBe(written);
  });

  test('a talon, a strip and a document', () => {
    expect(plain(format.stubDayOf(noon, clocks()))).toBe('сегодня, 24 ноября');
    expect(format.stripDayOf('2026-11-25', 'ru')).toEqual({ weekday: 'ср', day: '25\u00a0нояб.' });
    expect(plain(format.documentDateOf(noon, MOSCOW, 'ru'))).toBe('24 ноября 2026 года');
    expect(format.longDayOf('2026-11-25', clocks())).toBe('среда, 25\u00a0ноября');
  });

  test('the day stays with its month, the clock with its zone', () => {
    expect(format.momentOf(halfPastTwo + 86_400_000, clocks())).toBe('чт, 26\u00a0ноября, 14:30\u00a0(МСК)');
  });
});

describe('machine-readable time', () => {
  test.each([
    [MOSCOW, '2026-11-25T14:30+03:00'],
    ['Asia/Kamchatka', '2026-11-25T23:30+12:00'],
    ['America/New_York', '2026-11-25T06:30-05:00'],
    ['America/St_Johns', '2026-11-25T08:00-03:30'],
    ['UTC', '2026-11-25T11:30+00:00'],
  ])('%s', (zone, written) => {
    expect(format.isoOf(halfPastTwo, zone)).toBe(written);
    expect(Date.parse(written)).toBe(halfPastTwo);
  });

  test('stands in the page with its offset', () => {
    const frame = { clinic: { zone: MOSCOW } } as Parameters<typeof Time>[0]['frame'];
    expect(
      render(
        <Time frame={frame} at={halfPastTwo}>
          14:30
        </Time>,
      ),
    ).toBe('<time datetime="2026-11-25T14:30+03:00">14:30</time>');
  });
});

describe('small things', () => {
  test.each([
    ['Терапевт', 'терапевт'],
    ['Врач УЗИ', 'врач УЗИ'],
    ['ЛОР-врач', 'ЛОР-врач'],
    ['Я', 'Я'],
    ['', ''],
  ])('a specialty «%s» after a doctor’s name is «%s»', (specialty, written) => {
    const doctor = { ...DOCTOR, specialty: { ...DOCTOR.specialty, name: { ru: specialty, en: specialty } } };
    for (const lang of ['ru', 'en'] as const) expect(doctorTitle(doctor, lang).split(', ')[1]).toBe(written);
  });

  test('a range has an en dash and no spaces', () => {
    expect(format.rangeOf({ startsAt: halfPastTwo, endsAt: halfPastTwo + 30 * 60_000 }, MOSCOW)).toBe('14:30–15:00');
  });

  test.each([
    [461_000, '07:41'],
    [600_000, '10:00'],
    [999, '00:01'],
    [0, '00:00'],
    [-5_000, '00:00'],
  ])('a countdown of %i ms', (ms, written) => {
    expect(format.countdownOf(ms)).toBe(written);
  });

  test.each([
    ['1958-11-25', 67],
    ['1958-11-24', 68],
    ['2008-02-29', 18],
  ])('born on %s', (birthDate, years) => {
    expect(format.ageOn(birthDate, '2026-11-24')).toBe(years);
  });

  test('lateness is in whole minutes, never zero', () => {
    expect([1, 60_000, 60_001].map(format.minutesOf)).toEqual([1, 1, 2]);
  });
});
