// The schema as it is: made of worker/data/migrations by running them in SQLite. `npm run schema` writes worker/data/schema.sql, the checks of
// `npm test` compare it. A merged migration never changes: migrations.sum holds the hash of each, and the checks refuse another hash, a line that
// was removed, and SQL that D1's splitter of remote migrations would cut.
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = process.env.MIGRATIONS ?? join(ROOT, 'worker/data/migrations');
const SCHEMA = process.env.SCHEMA ?? join(ROOT, 'worker/data/schema.sql');
const SUMS = join(FOLDER, 'migrations.sum');
const HEAD = '-- The schema as it is. Generated from worker/data/migrations by `npm run schema`, not to be edited.\n';

const files = readdirSync(FOLDER)
  .filter(name => name.endsWith('.sql'))
  .sort();
const texts = new Map(files.map(name => [name, readFileSync(join(FOLDER, name), 'utf8')]));

if (process.argv[2] === 'write') {
  writeFileSync(SCHEMA, schemaOf());
  writeFileSync(SUMS, files.map(name => `${sumOf(name)}  ${name}\n`).join(''));
  process.exit(0);
}

const faults = [...schemaFaults(), ...sumFaults(), ...splitterFaults()];
for (const fault of faults) console.log(fault);
process.exit(faults.length > 0 ? 1 : 0);

/** Every object of the migrated database, a table with its indexes and triggers together. */
function schemaOf(): string {
  const db = new DatabaseSync(':memory:');
  for (const text of texts.values()) db.exec(text);
  const rows = db
    .prepare("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
    .all() as unknown as { type: string; name: string; tbl_name: string; sql: string }[];
  // A search index keeps its words in tables of its own, which SQLite makes by itself.
  const virtual = rows.filter(({ sql }) => sql.startsWith('CREATE VIRTUAL')).map(({ name }) => `${name}_`);
  const own = rows.filter(({ name }) => !virtual.some(prefix => name.startsWith(prefix)));
  const tables = own.filter(({ type }) => type === 'table').sort((a, b) => (a.name < b.name ? -1 : 1));
  const parts = tables.flatMap(({ name }) => own.filter(row => row.tbl_name === name));
  const rest = own.filter(row => !parts.includes(row)).sort((a, b) => (a.name < b.name ? -1 : 1));
  return HEAD + [...parts, ...rest].map(({ type, sql }) => `${type === 'table' || type === 'view' ? '\n' : ''}${sql};\n`).join('');
}

function schemaFaults(): string[] {
  const kept = readText(SCHEMA);
  return kept === schemaOf() ? [] : ['worker/data/schema.sql is not what the migrations make: run `npm run schema`.'];
}

function sumFaults(): string[] {
  const kept = linesOf(readText(SUMS));
  const changed = files.filter(name => !kept.includes(`${sumOf(name)}  ${name}`));
  const gone = kept.filter(line => !files.some(name => line.endsWith(`  ${name}`)));
  return [
    ...changed.map(
      name => `${name} is not in migrations.sum as it is: a new one is added by \`npm run schema\`, a merged one never changes.`,
    ),
    ...gone.map(line => `${line.split('  ')[1]} is gone: a merged migration stays.`),
    ...mergedSums()
      .filter(line => !kept.includes(line))
      .map(line => `${line.split('  ')[1]} was merged with another text: a change of the schema is a new migration.`),
  ];
}

/** Lines of migrations.sum in every commit that touched it; none where there is no history, as in an archive. */
function mergedSums(): string[] {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: FOLDER, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const path = `${git('rev-parse', '--show-prefix').trim()}migrations.sum`;
    const commits = linesOf(git('log', '--format=%H', '--', 'migrations.sum'));
    return [...new Set(commits.flatMap(commit => linesOf(git('show', `${commit}:${path}`))))];
  } catch {
    return [];
  }
}

/** D1 cuts a remote migration at semicolons. It knows BEGIN … END of a trigger, but takes the END of a CASE for it, and reads quotes in comments. */
function splitterFaults(): string[] {
  return [...texts].flatMap(([name, text]) => [
    ...[...text.matchAll(/--[^\n]*[;'"`][^\n]*/g)].map(([comment]) => `${name}: no semicolon or quote in a comment: ${comment}`),
    ...[...text.matchAll(/CREATE TRIGGER[\s\S]*?\nEND;|CREATE TRIGGER[^;]*;\s*END;/g)]
      .filter(([trigger]) => /\bCASE\b/.test(trigger))
      .map(([trigger]) => `${name}: no CASE in a trigger: ${trigger.slice(0, 60)}`),
  ]);
}

function sumOf(name: string): string {
  return createHash('sha256')
    .update(texts.get(name) ?? '')
    .digest('hex');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line !== '');
}
