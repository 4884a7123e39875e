// The odd input of tests/routes names every field and parameter that a route reads, so that a new one is tried too.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIELDS, PARAMETERS } from '../routes/odd-input.ts';

const WORKER = join(import.meta.dirname, '../../worker');
const sources = readdirSync(WORKER, { recursive: true })
  .map(String)
  .filter(name => /^(routes|http|protocol|booking|claims)\/.*\.tsx?$/.test(name))
  .map(name => readFileSync(join(WORKER, name), 'utf8'));

const readBy = (pattern: RegExp): string[] => [
  ...new Set(sources.flatMap(text => [...text.matchAll(pattern)].map(found => found.slice(1).find(Boolean) ?? ''))),
];

test('every field of a form is among the odd ones', () => {
  const read = readBy(
    /\bform\.(?:get|has|getAll)\('(\w+)'|\((?:await )?\w+(?:\(c\))?\)\.get\('(\w+)'|\b(?:lineIn|countIn)\([^,]+, '(\w+)'/g,
  );

  expect(read.length).toBeGreaterThan(20);
  expect(read.filter(name => !FIELDS.includes(name) && !['doctorId', 'startsAt'].includes(name))).toEqual([]);
});

test('every parameter of an address is among the odd ones', () => {
  const read = readBy(/\bparameterOf\(c, '(\w+)'/g);

  expect(read.length).toBeGreaterThan(20);
  expect(read.filter(name => !PARAMETERS.includes(name))).toEqual([]);
});
