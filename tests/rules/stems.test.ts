// Words in a search: forms of a word are equal, ё equals е, and only letters and digits of a query are used.
import { describe, expect, test } from 'vitest';
import { excerptOf } from '../../worker/card/excerpts.ts';
import { isWanted, queryOf, stemsIn } from '../../worker/card/stems.ts';
import { EMPTY_PROTOCOL } from '../../workflows/rules/protocol.ts';

const finds = (query: string, text: string): boolean => {
  const asked = queryOf(query);
  if (asked === null) return false;
  const stems = stemsIn(text).map(({ stem }) => stem);
  return asked.stems.every(stem => stems.includes(stem)) && stems.some(stem => stem.startsWith(asked.last));
};

describe('a search', () => {
  test.each([
    ['боли в сердце', 'Боль отдаёт к сердцу'],
    ['анализы крови', 'Сдать анализ: кровь из вены'],
    ['ещё', 'еще раз'],
    ['ЗЕЛЁНЫЙ', 'чай зеленый'],
    ['давл', 'повышение давления'],
    ['И10', 'и10 гипертензия'],
    ['145', 'давление 145/90'],
  ])('for «%s» finds «%s»', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  test.each([
    ['сердце печень', 'боль в сердце'],
    ['серд боль', 'сердце болит'],
  ])('for «%s» does not find «%s»: every word counts, and only the last may be a beginning', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });

  test.each(['', '   ', '"*()', '-:^', '«»'])('for %j is a search for nothing', query => {
    expect(queryOf(query)).toBeNull();
  });

  test('of small words alone is a search for them', () => {
    expect(queryOf('в на')).toEqual({ stems: ['в'], last: 'на' });
  });

  test('leaves no sign that means something to the index', () => {
    const query = queryOf('NEAR("боль" OR col:x)* ^y {z} -q +w') ?? { stems: [], last: '' };

    expect([...query.stems, query.last].join('')).toMatch(/^[\p{L}\p{N}]+$/u);
  });
});

describe('an excerpt', () => {
  const query = queryOf('боли сердце') ?? { stems: [], last: '' };
  const content = { ...EMPTY_PROTOCOL, complaints: 'Боль.', conclusion: `${'слово '.repeat(40)}боль в сердце ${'слово '.repeat(60)}` };

  test('is of the field that holds the most of the words, cut at words, with them marked', () => {
    const found = excerptOf({ content, questionnaire: [] }, query);

    expect(found?.field).toBe('conclusion');
    expect(found?.pieces.filter((_, i) => i % 2 === 1)).toEqual(['боль', 'сердце']);
    expect(found?.pieces.join('')).toMatch(/^… слово .*боль в сердце.* слово …$/);
    expect(found?.pieces.join('').length).toBeLessThan(200);
  });

  test('is of the answers before the visit when nothing else holds the word', () => {
    const answered = { content: EMPTY_PROTOCOL, questionnaire: [{ question: 'Что беспокоит?', answer: 'Болит' }] };

    expect(excerptOf(answered, queryOf('болит') ?? query)).toEqual({ field: 'questionnaire', pieces: ['', 'Болит', ''] });
  });

  test('is none when no field holds a word', () => {
    expect(excerptOf({ content: EMPTY_PROTOCOL, questionnaire: [] }, query)).toBeNull();
    expect(isWanted(query, 'печен')).toBe(false);
  });
});
