// Which fields the law closes, what prevents signing, how two texts differ, when a questionnaire is open.
import { describe, expect, test } from 'vitest';
import { pauseAfter } from '../../views/islands/protocol/pauses.ts';
import {
  diagnosisOf,
  differing,
  type Draft,
  EMPTY_DRAFT,
  filled,
  flawsOf,
  maySign,
  mayWrite,
  taking,
  tidied,
  visitMistake,
} from '../../workflows/rules/protocol-draft.ts';
import { EMPTY_PROTOCOL, FIELD_CHARACTERS, type Guard, guardOf, type ProtocolContent } from '../../workflows/rules/protocol.ts';
import { questionnaireIs } from '../../workflows/rules/questionnaire.ts';
import { factsWith, NOON } from '../cast.ts';

const LOCKED: Guard = { kind: 'locked' };
const OPEN: Guard = { kind: 'open', visitedOn: '2026-11-01' };
const whole: ProtocolContent = { ...EMPTY_PROTOCOL, complaints: 'Кашель', conclusion: 'Нужен осмотр', recommendations: 'Очный приём' };
const draft = (content: Partial<ProtocolContent> = {}, reason = ''): Draft => ({ content: { ...whole, ...content }, reason });

describe('the guard of the law', () => {
  test.each([
    ['without a visit on record', [], 'locked'],
    ['a visit the day after the consultation', ['2026-11-25'], 'locked'],
    ['a visit on the very day', ['2026-11-24'], '2026-11-24'],
    ['a visit before', ['2026-11-23'], '2026-11-23'],
    ['several: the latest that counts', ['2020-01-01', '2026-10-10', '2026-12-01'], '2026-10-10'],
  ])('%s', (_case, dates, expected) => {
    const guard = guardOf(
      dates.map(visitedOn => ({ visitedOn })),
      '2026-11-24',
    );

    expect(guard.kind === 'open' ? guard.visitedOn : guard.kind).toBe(expected);
  });
});

describe('what keeps a protocol from being signed', () => {
  const kinds = (given: Draft, how: Partial<Parameters<typeof flawsOf>[1]> = {}) =>
    flawsOf(given, { guard: LOCKED, round: 1, isListed: false, ...how }).map(({ field, kind }) => `${field} ${kind}`);
  const code = { code: 'I10', title: 'Эссенциальная гипертензия' };

  test.each<[string, Draft, Partial<Parameters<typeof flawsOf>[1]>, string[]]>([
    ['nothing when it is whole', draft(), {}, []],
    [
      'each needed field that is blank',
      draft({ complaints: ' \n', conclusion: '', recommendations: '' }),
      {},
      ['complaints empty', 'conclusion empty', 'recommendations empty'],
    ],
    ['a text of the limit is fine', draft({ anamnesis: 'а'.repeat(FIELD_CHARACTERS) }), {}, []],
    ['a text past the limit is not', draft({ anamnesis: 'а'.repeat(FIELD_CHARACTERS + 1) }), {}, ['anamnesis tooLong']],
    ['a visit in person without when', draft({ inPerson: { isNeeded: true, when: ' ' } }), {}, ['inPerson when']],
    ['when without the need says nothing', draft({ inPerson: { isNeeded: false, when: '' } }), {}, []],
    ['a diagnosis without a visit in person', draft({ diagnosis: code }), { isListed: true }, ['diagnosis locked']],
    ['a prescription without a visit in person', draft({ prescriptions: 'По таблетке' }), {}, ['prescriptions locked']],
    ['both with one', draft({ diagnosis: code, prescriptions: 'По таблетке' }), { guard: OPEN, isListed: true }, []],
    ['a code that the clinic’s list has not', draft({ diagnosis: code }), { guard: OPEN }, ['diagnosis unlisted']],
    ['an amendment without a reason', draft(), { round: 2 }, ['reason reason']],
    ['a reason of nine characters', draft({}, '123456789'), { round: 2 }, ['reason reason']],
    ['a reason of ten', draft({}, '1234567890'), { round: 2 }, []],
    ['a reason of five hundred', draft({}, 'а'.repeat(500)), { round: 2 }, []],
    ['a reason of more', draft({}, 'а'.repeat(501)), { round: 2 }, ['reason reason']],
  ])('%s', (_case, given, how, expected) => {
    expect(kinds(given, how)).toEqual(expected);
  });

  test('only a paid visit that was not cancelled is written about, and only one that took place is signed', () => {
    const paid = factsWith({ firmAt: NOON });
    const cases = [
      factsWith(),
      paid,
      { ...paid, outcome: 'tookPlace' as const },
      { ...paid, outcome: 'failed' as const },
      { ...paid, outcome: 'absent' as const },
      { ...paid, cancelledAt: NOON },
    ];

    expect(cases.map(mayWrite)).toEqual([false, true, true, false, false, false]);
    expect(cases.map(maySign)).toEqual([false, false, true, false, false, false]);
  });
});

describe('the date of a visit in person', () => {
  const given = { today: '2026-11-24', birthDate: '1958-05-05' };

  test.each([
    ['2026-11-24', null],
    ['2026-11-25', 'future'],
    ['2016-11-24', null],
    ['2016-11-23', 'tooOld'],
    ['', 'malformed'],
    ['24.11.2026', 'malformed'],
  ])('%s', (visitedOn, expected) => {
    expect(visitMistake(visitedOn, given)).toBe(expected);
  });

  test('nobody visits before being born', () => {
    expect(visitMistake('2020-01-01', { ...given, birthDate: '2020-01-02' })).toBe('beforeBirth');
    expect(visitMistake('2020-01-02', { ...given, birthDate: '2020-01-02' })).toBeNull();
  });
});

describe('two texts', () => {
  test('differ in the fields in which they differ, in the order of the page', () => {
    const mine = draft({ recommendations: 'Мой', diagnosis: { code: 'I10', title: '' } }, 'почему');
    const other = draft({ recommendations: 'Другой', inPerson: { isNeeded: true, when: '' } });

    expect(differing(mine, other)).toEqual(['reason', 'diagnosis', 'recommendations', 'inPerson']);
    expect(differing(mine, mine)).toEqual([]);
  });

  test('line ends that a form puts in are no difference', () => {
    expect(differing(draft({ anamnesis: 'а\r\nб' }), draft({ anamnesis: 'а\nб' }))).toEqual([]);
  });

  test('one field is taken, the rest stays', () => {
    const mine = draft({ complaints: 'Мои', anamnesis: 'Мой' }, 'моя');
    const other = draft({ complaints: 'Те', anamnesis: 'Тот' }, 'та');

    expect(taking(mine, other, 'complaints')).toEqual(draft({ complaints: 'Те', anamnesis: 'Мой' }, 'моя'));
    expect(taking(mine, other, 'reason')).toEqual(draft({ complaints: 'Мои', anamnesis: 'Мой' }, 'та'));
  });

  test('a template fills what is empty and open, and nothing else', () => {
    const body = { complaints: 'Из шаблона', anamnesis: 'Из шаблона', prescriptions: 'Из шаблона' };

    const after = filled(whole, body, ['complaints', 'anamnesis']);

    expect(after).toEqual({ ...whole, anamnesis: 'Из шаблона' });
  });

  test('what is signed has no spaces around its texts and no forgotten «when»', () => {
    const content = tidied({ ...whole, complaints: ' Кашель\r\nНасморк \n', inPerson: { isNeeded: false, when: 'скоро' } });

    expect(content.complaints).toBe('Кашель\nНасморк');
    expect(content.inPerson).toEqual({ isNeeded: false, when: '' });
  });

  test.each([
    ['', null],
    ['  ', null],
    ['i10 Эссенциальная  гипертензия', { code: 'I10', title: 'Эссенциальная гипертензия' }],
    ['J06.9', { code: 'J06.9', title: '' }],
  ])('a line of a diagnosis: «%s»', (line, expected) => {
    expect(diagnosisOf(line)).toEqual(expected);
  });

  test('an empty draft is like itself', () => {
    expect(differing(EMPTY_DRAFT, EMPTY_DRAFT)).toEqual([]);
  });
});

test('pauses between tries grow to half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(pauseAfter)).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test.each([
  ['before the payment', {}, 'notYet'],
  ['after it', { firmAt: NOON }, 'open'],
  ['after the end of the visit', { firmAt: NOON, concludedAt: NOON, outcome: 'tookPlace' as const }, 'closed'],
  ['after a cancellation', { firmAt: NOON, cancelledAt: NOON }, 'closed'],
  ['after a lapse', { lapsedAt: NOON }, 'closed'],
])('the questionnaire %s is %s', (_case, given, expected) => {
  expect(questionnaireIs(factsWith(given))).toBe(expected);
});
