// The clinic's file of МКБ-10: what counts as a code, what is skipped and why.
import { expect, test } from 'vitest';
import { parseIcd } from '../../stand/icd-file.ts';

test.each([
  ['semicolon', 'I10;Эссенциальная гипертензия', 'I10', 'Эссенциальная гипертензия'],
  ['tab', 'J06.9\tОстрая инфекция', 'J06.9', 'Острая инфекция'],
  ['comma, which a title may hold too', 'F10,Расстройства, вызванные алкоголем', 'F10', 'Расстройства, вызванные алкоголем'],
  ['quotes', '"A17.0";"Туберкулёзный ""менингит""; иной"', 'A17.0', 'Туберкулёзный "менингит"; иной'],
  ['a dagger and a mark of the byte order', '\uFEFFa17.0†;Туберкулёзный  менингит', 'A17.0', 'Туберкулёзный менингит'],
])('a line by %s is read', (_case, line, code, title) => {
  expect(parseIcd(line)).toEqual({ codes: [{ code, title }], skipped: [] });
});

test('headings, blocks and codes without a title are skipped and told of by their line', () => {
  const { codes, skipped } = parseIcd('Код;Название\r\nA00-A09;Кишечные инфекции\r\n\r\nI10;\r\nI11;Гипертензивная болезнь\r\n');

  expect(codes).toEqual([{ code: 'I11', title: 'Гипертензивная болезнь' }]);
  expect(skipped.map(({ line }) => line)).toEqual([1, 2, 4]);
});
