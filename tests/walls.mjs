// Checks walls between folders that a single import statement does not show: who imports a route, and where SQL is. tests/run.mjs runs it
// after oxlint, which checks the other walls (.oxlintrc.json).
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['worker', 'workflows', 'views', 'temporal'];
const SQL =
  /['"`]\s*(SELECT\s[\s\S]*?\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+(TABLE|INDEX|TRIGGER))\s/;

const breaches = SOURCES.flatMap(filesIn).flatMap(breachesOf);
for (const breach of breaches) console.log(breach);
process.exit(breaches.length > 0 ? 1 : 0);

/** @param {string} file A path from the root. @returns {string[]} */
function breachesOf(file) {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const routes = importsOf(file, text).filter(path => path.startsWith('worker/routes/'));
  return [
    ...(file === 'worker/index.ts' ? [] : routes.map(path => `${file} imports ${path}: only worker/index.ts mounts a route.`)),
    ...(SQL.test(text) && !file.startsWith('worker/data/') ? [`${file} holds SQL: it stands in worker/data only.`] : []),
  ];
}

/** What a file imports by a relative path, as paths from the root. @returns {string[]} */
function importsOf(/** @type {string} */ file, /** @type {string} */ text) {
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map(match => match[1] ?? '');
  return named.map(path => relative(ROOT, join(ROOT, dirname(file), path)).replaceAll('\\', '/'));
}

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  const names = readdirSync(join(ROOT, folder), { recursive: true }).map(String);
  return names.filter(name => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')).map(name => `${folder}/${name}`);
}
