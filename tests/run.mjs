// `npm test`: the first file that runs, on the machine's own Node with nothing installed. Installs, then runs all checks and tests in order
// and prints one line of totals. `node tests/run.mjs routes` runs only checks and tests with that name; `node tests/run.mjs bench`
// measures, `node tests/run.mjs long` takes most of an hour.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install, ROOT } from '../stand/install.mjs';
import { check } from './checks/checks.mjs';
import { run, seconds } from './command.mjs';

/** @typedef {{ passed: number, failed: number }} Sum */

const { node, env } = install();
const bin = (/** @type {string} */ name) => join(ROOT, 'node_modules/.bin', name);
const wanted = process.argv.slice(2);

const SUITES = [
  { project: 'worker', folders: ['rules', 'data', 'routes'] },
  { project: 'node', folders: ['checks', 'workflows', 'providers', 'documents', 'stand'] },
  { project: 'journeys', folders: ['journeys'] },
];

if (wanted[0] === 'long') {
  const { failed } = await tested({ project: 'long', folders: ['long'], names: wanted.slice(1) });
  env.STORIES = '10000';
  const stories = await tested({ project: 'worker', folders: ['data'], names: ['money-stories'] });
  process.exit(failed + stories.failed > 0 ? 1 : 0);
}
const BENCHES = { bench: 'tests/bench/bench.ts', 'bench:room': 'tests/bench/room.ts' };
const bench = Object.entries(BENCHES).find(([name]) => name === wanted[0]);
if (bench !== undefined) process.exit(await run(node, [bench[1]], env));

const began = Date.now();
/** @type {Sum[]} */
const sums = [];
if (wanted[0] === 'check') sums.push(await check(node, env, () => true));
else {
  sums.push(await check(node, env, name => isWanted(name)));
  for (const suite of SUITES) sums.push(await tested(suite));
}

const passed = sums.reduce((sum, part) => sum + part.passed, 0);
const failed = sums.reduce((sum, part) => sum + part.failed, 0);
console.log(`\nEverything took ${seconds(began)}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** @param {string} name @param {string[]} words */
function isWanted(name, words = wanted) {
  return words.length === 0 || words.some(word => name.includes(word));
}

/** @returns {Promise<Sum>} */
async function tested(/** @type {{ project: string, folders: string[], names?: string[] }} */ { project, folders, names = wanted }) {
  const files = folders.flatMap(testsIn).filter(file => isWanted(file, names));
  if (files.length === 0) return { passed: 0, failed: 0 };
  const at = Date.now();
  console.log(`\nTests of «${project}», ${files.length} files …`);
  const report = join(ROOT, 'artifacts', `tests-${project}.json`);
  mkdirSync(join(ROOT, 'artifacts'), { recursive: true });
  rmSync(report, { force: true });
  const code = await run(
    bin('vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files],
    env,
  );
  const sum = summed(report, code);
  console.log(`${code === 0 ? '✓' : '✗'} ${project}: ${sum.passed} passed, ${sum.failed} failed (${seconds(at)})`);
  return sum;
}

/**
 * A file that could not be loaded contains no failed test but counts as a failure; so does a run that exits with an error without one.
 * @returns {Sum}
 */
function summed(/** @type {string} */ report, /** @type {number} */ code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unloaded = testResults.filter((/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = numFailedTests + unloaded;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** @param {string} folder */
function testsIn(folder) {
  const names = readdirSync(join(ROOT, 'tests', folder), { recursive: true }).map(String);
  return names.filter(name => /\.test\.tsx?$/.test(name)).map(name => join('tests', folder, name));
}
