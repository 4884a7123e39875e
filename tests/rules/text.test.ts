// How texts are kept, whatever program typed them.
import { describe, expect, test } from 'vitest';
import { isBirthDate, isDate } from '../../worker/booking/zone.ts';
import { addressIn, asciiOf } from '../../worker/letters/address.ts';
import { cleaned, cleanedJson, codeDigits, jsonIn, lineOf, namedAs } from '../../workflows/rules/text.ts';

describe('a text', () => {
  test.each([
    ['и\u0306од', 'йод'],
    ['a\r\nb\rc\u2028d\u0085e\vf', 'a\nb\nc\nd\ne\nf'],
    ['a\0b\u001bc\u009dd\tе', 'abcd\tе'],
    ['\ud800x\udfff', '\ufffdx\ufffd'],
    ['👩‍⚕️ Ӄ ♀', '👩‍⚕️ Ӄ ♀'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(cleaned(typed)).toBe(kept);
  });

  test('of one line has no other white space than single spaces', () => {
    expect(lineOf('  Дневник\u00a0 давления\r\n\tутром ')).toBe('Дневник давления утром');
  });

  test('that names somebody has nothing invisible', () => {
    expect(namedAs('\ufeffА\u200bн\u00adна \u202eвонавИ\u2066 ')).toBe('Анна вонавИ');
  });
});

describe('JSON', () => {
  test('is cleaned to its last text, and names no prototype', () => {
    const clean = cleanedJson(JSON.parse('{"__proto__":{"a":1},"и\\u0306":["x\\u0000\\r\\n",1,null,{"b":true}]}'));

    expect(clean).toEqual({ й: ['x\n', 1, null, { b: true }] });
    expect(Object.keys(clean as object)).toEqual(['й']);
  });

  test.each(['', '{', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, '['.repeat(100_000)])('that nobody reads is null', text => {
    expect(jsonIn(text)).toBeNull();
  });
});

test.each([' 006235', '006-235', 'Код: 006235', '\u00a0006\u00a0235', '006235\r\n', '００６２３５', '006 235 — код, действует 10 минут'])(
  'the code pasted as %j is 006235',
  pasted => {
    expect(codeDigits(pasted)).toBe('006235');
  },
);

test.each([
  ['00623', '00623'],
  ['0062351', '0062351'],
  ['шесть', ''],
])('%j is no code of six digits', (typed, digits) => {
  expect(codeDigits(typed)).toBe(digits);
});

describe('a date', () => {
  test.each(['2026-02-30', '2025-02-29', '0000-03-14', '1899-12-31', '2026-13-01', '+002026-01-01', '26-01-01', '2026-1-1', ''])(
    '«%s» does not exist',
    text => {
      expect(isDate(text)).toBe(false);
    },
  );

  test('of birth is today or before', () => {
    expect(isBirthDate('2026-11-23', '2026-11-23')).toBe(true);
    expect(isBirthDate('2026-11-24', '2026-11-23')).toBe(false);
    expect(isBirthDate('1958-02-30', '2026-11-23')).toBe(false);
  });
});

describe('an address', () => {
  test.each([
    ['ivan@почта.рф', 'ivan@xn--80a1acny.xn--p1ai'],
    ['ivan@xn--80a1acny.xn--p1ai', 'ivan@xn--80a1acny.xn--p1ai'],
    ['anna.o+1@mail.example.ru', 'anna.o+1@mail.example.ru'],
  ])('%s is kept as it was typed and sent as %s', (typed, sent) => {
    expect(addressIn(typed)).toBe(typed);
    expect(asciiOf(typed)).toBe(sent);
  });

  test('loses spaces, invisible characters and capitals', () => {
    expect(addressIn(' \u200bIvan@ПОЧТА.рф\u00a0')).toBe('ivan@почта.рф');
    expect(addressIn('ivan@почтаи\u0306.рф')).toBe('ivan@почтай.рф');
  });

  test.each([
    '',
    '@',
    'ivan',
    'ivan@',
    '@mail.ru',
    'ivan@mail',
    'a b@mail.ru',
    'ivan@ma il.ru',
    'ivan@127.0.0.1',
    'ivan@mail.ru/x',
    'ivan@-.рф',
    `${'a'.repeat(250)}@mail.ru`,
    'a..b@mail.ru',
    'ivan@mail.ru,olga@mail.ru',
    'иван@почта.рф',
  ])('«%s» is none', typed => {
    expect(addressIn(typed)).toBeNull();
  });
});
