// `npm run resume`: starts the workflows of all unfinished consultations again, when Temporal has lost its database. It writes the lines of the
// outbox into the stand's D1 and prints the command for the clinic's own D1; with `-- --sql FILE` it only writes the statements. A workflow
// that still runs is not started twice. After `npm run restore` it is not needed.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resumes } from '../worker/data/resumptions.ts';
import { storeIn } from './backup/places.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [option, file] = process.argv.slice(2);
if (option !== undefined && (option !== '--sql' || file === undefined)) {
  console.error('npm run resume, or: npm run resume -- --sql FILE');
  process.exit(1);
}
const dir = resolve(ROOT, process.env['STAND_DIR'] || '.stand');
const sql = file === undefined ? join(dir, 'resume.sql') : resolve(process.env['INIT_CWD'] ?? '.', file);
writeFileSync(
  sql,
  `${resumes(Date.now())
    .map(statement => `${statement};`)
    .join('\n')}\n`,
);
if (file === undefined) {
  const where = ['--local', '--persist-to', storeIn(dir)];
  execFileSync(join(ROOT, 'node_modules/.bin/wrangler'), ['d1', 'execute', 'DB', ...where, '--yes', '--file', sql], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false' },
  });
  console.log('The workflows of the stand are started again within minutes.');
}
console.log(`Into the clinic’s own database, within the hour: npx wrangler d1 execute DB --remote --file ${relative(process.cwd(), sql)}`);
