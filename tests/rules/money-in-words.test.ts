// A sum in words says the same sum as its figures.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moneyInWords } from '../../workflows/rules/money-in-words.ts';

const CASES: readonly (readonly [minor: number, words: string])[] = [
  [0, 'ноль рублей 00 копеек'],
  [1, 'ноль рублей 01 копейка'],
  [122, 'один рубль 22 копейки'],
  [211, 'два рубля 11 копеек'],
  [100_000, 'одна тысяча рублей 00 копеек'],
  [230_000, 'две тысячи триста рублей 00 копеек'],
  [1_100_000, 'одиннадцать тысяч рублей 00 копеек'],
  [1_214_514, 'двенадцать тысяч сто сорок пять рублей 14 копеек'],
  [2_100_000, 'двадцать одна тысяча рублей 00 копеек'],
  [11_200_104, 'сто двенадцать тысяч один рубль 04 копейки'],
  [100_000_000, 'один миллион рублей 00 копеек'],
  [200_101_900, 'два миллиона одна тысяча девятнадцать рублей 00 копеек'],
  [
    99_999_999_999_999,
    'девятьсот девяносто девять миллиардов девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять рублей 99 копеек',
  ],
];

test.each(CASES)('%i kopecks are «%s»', (minor, words) => expect(moneyInWords(minor)).toBe(words));

describe('for every sum', () => {
  const sums = fc.integer({ min: 0, max: 99_999_999_999_999 });

  test('the words add up to the sum again', () => {
    fc.assert(fc.property(fc.oneof(sums, fc.integer({ min: 0, max: 2_000_000 })), minor => sumOf(moneyInWords(minor)) === minor));
  });

  test('the noun agrees with its number, as Intl knows the plurals of Russian', () => {
    const rules = new Intl.PluralRules('ru');
    const forms: Record<string, string> = { one: 'рубль', few: 'рубля', many: 'рублей' };
    fc.assert(fc.property(sums, minor => moneyInWords(minor).split(' ').at(-3) === forms[rules.select(Math.floor(minor / 100))]));
  });
});

test.each([-1, 0.5, Number.NaN, 100_000_000_000_000])('%s is no sum', minor => expect(() => moneyInWords(minor)).toThrow(RangeError));

const VALUES = new Map(
  `ноль 0 один 1 одна 1 два 2 две 2 три 3 четыре 4 пять 5 шесть 6 семь 7 восемь 8 девять 9 десять 10 одиннадцать 11 двенадцать 12 тринадцать 13
  четырнадцать 14 пятнадцать 15 шестнадцать 16 семнадцать 17 восемнадцать 18 девятнадцать 19 двадцать 20 тридцать 30 сорок 40 пятьдесят 50 шестьдесят 60
  семьдесят 70 восемьдесят 80 девяносто 90 сто 100 двести 200 триста 300 четыреста 400 пятьсот 500 шестьсот 600 семьсот 700 восемьсот 800 девятьсот 900`
    .split(/\s+/)
    .reduce<[string, number][]>((pairs, word, i, all) => (i % 2 === 0 ? [...pairs, [word, Number(all[i + 1])]] : pairs), []),
);

/** Reads the words back. */
function sumOf(words: string): number {
  const [, said = '', kopecks = ''] = /^(.*) рубл\S+ (\d\d) копе\S+$/.exec(words) ?? [];
  let [whole, group] = [0, 0];
  for (const word of said.split(' ')) {
    const size = word.startsWith('миллиард') ? 1e9 : word.startsWith('миллион') ? 1e6 : word.startsWith('тысяч') ? 1000 : 0;
    if (size > 0) [whole, group] = [whole + group * size, 0];
    else group += VALUES.get(word) ?? Number.NaN;
  }
  return (whole + group) * 100 + Number(kopecks);
}
