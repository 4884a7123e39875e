// What is checked before anything is tested, within half a minute: that the pages build, format, types, lint. run.mjs runs it for `npm run check`, and
// first of all for `npm test`.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../stand/install.mjs';
import { run, seconds } from '../command.mjs';

/** @typedef {{ name: string, command: string, args: string[], isHeard?: boolean }} Check `isHeard`: what it says is shown though it passes. */

const SOURCES = ['worker', 'workflows', 'views', 'temporal', 'stand', 'tests', 'vitest.config.ts', 'biome.json', '.oxlintrc.json'];
const bin = (/** @type {string} */ name) => join(ROOT, 'node_modules/.bin', name);

/** Those that write what others read come first; of the rest the longest. @param {string} node @returns {Check[][]} */
const stagesOn = node => [
  [
    { name: 'types: bindings of wrangler.toml', command: bin('wrangler'), args: ['types', 'worker/worker-configuration.d.ts'] },
    { name: 'pages: built', command: node, args: ['views/build.mjs'] },
    { name: 'format: biome', command: bin('biome'), args: ['format', ...SOURCES] },
    { name: 'format: subjects of commits', command: node, args: ['tests/checks/commits.mjs'], isHeard: true },
    { name: 'lint: the walls', command: node, args: ['--no-warnings', 'tests/checks/walls.ts'] },
    { name: 'schema: migrations and schema.sql', command: node, args: ['--no-warnings', 'tests/checks/schema.ts'] },
    { name: 'types: islands', command: bin('tsc'), args: ['-p', 'views/islands'] },
  ],
  [
    { name: 'lint: oxlint', command: bin('oxlint'), args: ['--type-aware', '--deny-warnings', '.'] },
    { name: 'types: worker', command: bin('tsc'), args: ['-p', 'worker'] },
    { name: 'types: temporal, stand, tests', command: bin('tsc'), args: ['-p', 'temporal'] },
  ],
];

/**
 * Runs those with a wanted name, as many at once as the machine has processors.
 * @param {string} node @param {NodeJS.ProcessEnv} env @param {(name: string) => boolean} isWanted
 */
export async function check(node, env, isWanted) {
  const sum = { passed: 0, failed: 0 };
  for (const stage of stagesOn(node)) {
    const waiting = stage.filter(({ name }) => isWanted(name));
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) sum[await outcomeOf(next, env)] += 1;
    };
    await Promise.all(Array.from({ length: availableParallelism() }, lane));
  }
  return sum;
}

/** @param {Check} check @param {NodeJS.ProcessEnv} env @returns {Promise<'passed' | 'failed'>} */
async function outcomeOf({ name, command, args, isHeard }, env) {
  const at = Date.now();
  /** @type {string[]} */
  const said = [];
  const code = await run(command, args, env, said);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds(at)})`);
  const words = said.join('').trim();
  if ((code !== 0 || isHeard === true) && words !== '') console.log(words.replace(/^/gm, '  '));
  return code === 0 ? 'passed' : 'failed';
}
