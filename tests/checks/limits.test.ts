// The table of limits and what enforces it say the same.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { limitsEn } from '../../views/words/limits.en.ts';
import { limitsRu } from '../../views/words/limits.ru.ts';
import { LIMITS, windowEndOf } from '../../workflows/rules/limits.ts';
import { HOUR, MINUTE, NOON } from '../cast.ts';

const wrangler = readFileSync(join(import.meta.dirname, '../../wrangler.toml'), 'utf8');

test('each binding of wrangler.toml has the figures of one line of the table', () => {
  const bindings = [...wrangler.matchAll(/name = "(\w+)"\nnamespace_id = "\d+"\nsimple = \{ limit = (\d+), period = (\d+) \}/g)];
  const table = Object.values(LIMITS).flatMap(({ by, count, windowMs }) =>
    typeof by === 'object' ? [`${by.edge} ${count / by.batch} ${windowMs}`] : [],
  );

  expect(new Set(bindings.map(([, name, limit, period]) => `${name} ${limit} ${Number(period) * 1000}`))).toEqual(new Set(table));
});

describe.each([
  ['Russian', limitsRu],
  ['English', limitsEn],
])('in %s', (_, words: Record<string, string>) => {
  test('each limit has a sentence of its own kind', () => {
    expect(Object.entries(words).filter(([, sentence]) => !/^.{20,}[.]$/.test(sentence))).toEqual([]);
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(LIMITS).toSorted());
  });
});

test('a window ends at a whole multiple of its length', () => {
  expect(windowEndOf('codesToAddress', NOON)).toBe(NOON + 15 * MINUTE);
  expect(windowEndOf('codesToAddress', NOON + 14 * MINUTE)).toBe(NOON + 15 * MINUTE);
  expect(windowEndOf('codesOfNetwork', NOON + 1)).toBe(NOON + HOUR);
});
