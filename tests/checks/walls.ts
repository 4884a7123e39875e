// The walls of the layout: which folder may import what, where SQL and the database may stand, who mounts a route. `npm test` and `npm run check` run
// this file; walls.test.ts breaks each wall once.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = ['worker', 'workflows', 'views', 'temporal', 'stand'];

const SQL =
  /['"`]\s*(WITH\s+(RECURSIVE\s+)?\w+\s+(\(\w+\)\s+)?AS\s+(MATERIALIZED\s*)?\(|SELECT\s[\s\S]*?\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|TRIGGER))/;
const DATABASE = /\bD1Database\b|\.prepare\(|\benv\.DB\b/;

/** A file whose path fits `inside` may not import what `refuses` fits: a path from the root, or a package's name. */
const IMPORTS: readonly { readonly inside: RegExp; readonly refuses: RegExp; readonly says: string }[] = [
  {
    inside: /^workflows\/rules\//,
    refuses: /^(?!workflows\/rules\/)/,
    says: 'a rule is a function of facts and now, so rules import only each other',
  },
  {
    inside: /^workflows\/[^/]+$/,
    refuses: /^(?!workflows\/|@temporalio\/workflow$)/,
    says: 'a workflow is deterministic: it imports rules and @temporalio/workflow',
  },
  {
    inside: /^views\//,
    refuses: /^(worker|stand|temporal|tests)\/|^workflows\/(?!rules\/)/,
    says: 'a view draws what it is given: it imports rules',
  },
  { inside: /^views\/(?!build)/, refuses: /^(hono|zod|resend|@temporalio|http-message-sig|node:)/, says: 'a view knows no server' },
  {
    inside: /^worker\/data\//,
    refuses: /^(views|worker\/(routes|http))\//,
    says: 'the database returns facts: it imports no view, no route and nothing of a request',
  },
  {
    inside: /^worker\//,
    refuses: /^(stand|temporal|tests)\/|^@temporalio/,
    says: 'the worker knows neither the stand nor Temporal, only addresses',
  },
  { inside: /^(?!worker\/index\.ts$)/, refuses: /^worker\/routes\//, says: 'only worker/index.ts mounts a route' },
];

/** What `fits` may stand in the files of `outside` only. */
const WORDS: readonly { readonly fits: RegExp; readonly outside: RegExp; readonly says: string }[] = [
  { fits: SQL, outside: /^worker\/data\/|^stand\//, says: 'SQL stands in worker/data' },
  {
    fits: /\breq\.(query|queries|json|text|formData|parseBody|arrayBuffer|blob)\(|\bformData\(\)|\braw\.(body|text|json)\b/,
    outside: /^(?!worker\/(routes|rooms|http)\/)|^worker\/http\/form\.ts$/,
    says: 'what comes in is read by worker/http/form.ts, which cleans it',
  },
  {
    fits: /\bJSON\.parse\(/,
    outside:
      /^(?!worker\/)|^worker\/data\/|^worker\/(auth\/cookies|rooms\/(check-pass|room)|http\/form|protocol\/signed-content|providers\/video\/calls|routes\/machines\/activities)\.ts$/,
    says: "JSON of others is parsed by jsonIn (workflows/rules/text.ts), which cleans it; our own sealed or stored JSON and the call server's stay as they are",
  },
  { fits: DATABASE, outside: /^worker\/data\/|^stand\//, says: 'the database is reached through worker/data/db.ts' },
];

/** What is wrong with one file (its path from the root), a sentence each. */
export function breachesOf(file: string, text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '');
  const imported = importsOf(file, code);
  return [
    ...IMPORTS.filter(wall => wall.inside.test(file)).flatMap(wall =>
      imported.filter(path => wall.refuses.test(path)).map(path => `${file} imports ${path}: ${wall.says}.`),
    ),
    ...WORDS.filter(wall => !wall.outside.test(file) && wall.fits.test(code)).map(wall => `${file}: ${wall.says}.`),
  ];
}

/** What a file imports: paths from the root, names of packages. */
function importsOf(file: string, code: string): string[] {
  const named = [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(match => match[1] ?? '');
  return named.map(name => (name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), name)).replaceAll('\\', '/') : name));
}

function filesIn(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const names = readdirSync(join(ROOT, folder), { recursive: true }).map(String);
  return names.filter(name => /\.(tsx?|mjs)$/.test(name) && !name.endsWith('.d.ts')).map(name => `${folder}/${name.replaceAll('\\', '/')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = SOURCES.flatMap(filesIn).flatMap(file => breachesOf(file, readFileSync(join(ROOT, file), 'utf8')));
  for (const breach of breaches) console.log(breach);
  process.exit(breaches.length > 0 ? 1 : 0);
}
