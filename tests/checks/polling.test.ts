// One helper for every fragment that reloads itself, so that none of them moves what a person holds.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Reloads that a person asks for by typing or choosing. */
const ASKED_FOR = ['views/online/doctors-page.tsx'];

test('a fragment reloads itself in one way only', () => {
  const own = globSync('views/**/*.{ts,tsx}', { cwd: ROOT }).filter(file =>
    /['\s]hx-(trigger|status)\S*[=:]/.test(readFileSync(join(ROOT, file), 'utf8')),
  );

  expect(own.filter(file => !ASKED_FOR.includes(file))).toEqual(['views/parts/polling.ts']);
});
