// `npm run icd -- FILE`: loads МКБ-10 from the clinic's official file (code and title, by semicolon, comma or tab) into the stand's D1, and
// prints the command for the clinic's own D1. Lines that it cannot read are skipped and reported; existing codes get their new title.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseIcd } from './icd-file.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Codes per statement, so that no statement exceeds D1's limit. */
const BATCH = 200;

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name the file: npm run icd -- icd10.csv');
  process.exit(1);
}
const { codes, skipped } = parseIcd(readFileSync(resolve(file), 'utf8'));
for (const { line, why } of skipped.slice(0, 20)) console.log(`Line ${line} skipped: ${why}`);
if (skipped.length > 20) console.log(`… and ${skipped.length - 20} more lines skipped.`);
if (codes.length === 0) {
  console.error('No code was found in the file, nothing was loaded.');
  process.exit(1);
}
load(codes);

function load(found: ReturnType<typeof parseIcd>['codes']): void {
  const dir = resolve(ROOT, process.env['STAND_DIR'] || '.stand');
  // The file is kept, for the clinic's own database.
  const sql = join(dir, 'icd.sql');
  writeFileSync(sql, statements(found));
  const where = ['--local', '--persist-to', join(dir, 'wrangler')];
  execFileSync(join(ROOT, 'node_modules/.bin/wrangler'), ['d1', 'execute', 'DB', ...where, '--yes', '--file', sql], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false' },
  });
  console.log(`Loaded ${found.length} codes, skipped ${skipped.length} lines.`);
  console.log(`Into the clinic’s own database: npx wrangler d1 execute DB --remote --file ${relative(process.cwd(), sql)}`);
}

function statements(found: ReturnType<typeof parseIcd>['codes']): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const rows = found.map(
    ({ code, title }) => `(${[code, title, `${code} ${title}`.toLowerCase().replaceAll('ё', 'е')].map(quoted).join(', ')})`,
  );
  const batches = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, i) => rows.slice(i * BATCH, (i + 1) * BATCH));
  return batches.map(batch => `INSERT OR REPLACE INTO icd_code (code, title, search) VALUES\n${batch.join(',\n')};\n`).join('');
}
