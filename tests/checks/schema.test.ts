// What the check of migrations refuses: a merged one that changed or went, a schema.sql that is not theirs, SQL that D1's splitter would cut.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
let folder = '';
let migrations = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  migrations = join(folder, 'migrations');
  mkdirSync(migrations);
  for (const name of readdirSync(join(root, 'worker/data/migrations')))
    copyFileSync(join(root, 'worker/data/migrations', name), join(migrations, name));
  copyFileSync(join(root, 'worker/data/schema.sql'), join(folder, 'schema.sql'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => {
  const env = { ...process.env, MIGRATIONS: migrations, SCHEMA: join(folder, 'schema.sql') };
  const { status, stdout } = spawnSync(process.execPath, ['--no-warnings', join(root, 'tests/checks/schema.ts'), ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, said: stdout };
};
const append = (name: string, text: string) => {
  const path = join(migrations, name);
  writeFileSync(path, `${name === '0001_schema.sql' ? readFileSync(path, 'utf8') : ''}${text}`);
};
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@clinic.test', ...args], { cwd: folder, stdio: 'ignore' });

test('nothing is refused as it is', () => {
  expect(run()).toEqual({ status: 0, said: '' });
});

test('a merged migration that changed is refused, also when its hash was changed with it', () => {
  git('init');
  git('add', '.');
  git('commit', '-m', 'Merge the schema');
  append('0001_schema.sql', 'CREATE INDEX more ON person (phone);\n');
  expect(run().said).toContain('a merged one never changes');

  expect(run('write').status).toBe(0);
  const { status, said } = run();

  expect(status).toBe(1);
  expect(said).toContain('0001_schema.sql was merged with another text');
});

test('a new migration is taken with its line and its schema', () => {
  git('init');
  git('add', '.');
  git('commit', '-m', 'Merge the schema');
  append('0099_phones.sql', 'CREATE INDEX person_phone ON person (phone) WHERE phone IS NOT NULL;\n');
  expect(run().status).toBe(1);

  run('write');

  expect(run()).toEqual({ status: 0, said: '' });
});

test('SQL that D1 would cut is refused: quotes and semicolons in comments, CASE in a trigger', () => {
  append(
    '0099_cut.sql',
    "-- the clinic's own\nCREATE TRIGGER cut BEFORE INSERT ON person\nBEGIN\n  SELECT CASE WHEN 1 THEN 1 END;\nEND;\n",
  );
  run('write');

  const { status, said } = run();

  expect(status).toBe(1);
  expect(said).toContain('no semicolon or quote in a comment');
  expect(said).toContain('no CASE in a trigger');
});
