// Documents lead somewhere: every relative link and every path of the repository that they name exists, and README stays short.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const docs = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .map(name => `docs/${String(name)}`)
    .filter(name => name.endsWith('.md')),
];
/** Folders that the first admin page will make. */
const AHEAD = ['worker/routes/admin/', 'views/admin/'];

const textOf = (name: string) => readFileSync(join(root, name), 'utf8').replace(/```[\s\S]*?```/g, '');

describe.each(docs)('%s', name => {
  test('links to what is there', () => {
    const links = [...textOf(name).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);

    expect(links.filter(target => !existsSync(join(root, dirname(name), target)))).toEqual([]);
  });

  test('names paths that are there', () => {
    const paths = [...textOf(name).matchAll(/`((?:worker|workflows|views|temporal|stand|tests|docs)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );

    expect(paths.filter(path => !AHEAD.includes(path) && !existsSync(join(root, path)))).toEqual([]);
  });
});

test('README has at most 6 KB', () => {
  expect(Buffer.byteLength(readFileSync(join(root, 'README.md')))).toBeLessThanOrEqual(6 * 1024);
});
