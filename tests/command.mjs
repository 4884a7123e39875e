// One command run to its end, and how long that took. checks.mjs and run.mjs call it.
import { spawn } from 'node:child_process';
import { ROOT } from '../stand/install.mjs';

/**
 * Runs to the end, loudly or into `said`. Ctrl-C ends it too, because it shares our group; a SIGTERM to us alone is passed on.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env @param {string[]} [said] @returns {Promise<number>}
 */
export function run(command, args, env, said) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: said === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    const passOn = () => {
      child.once('close', () => process.exit(143));
      child.kill('SIGTERM');
    };
    const end = (/** @type {number} */ code) => {
      process.off('SIGTERM', passOn);
      resolve(code);
    };
    process.on('SIGTERM', passOn);
    child.stdout?.on('data', chunk => said?.push(String(chunk)));
    child.stderr?.on('data', chunk => said?.push(String(chunk)));
    child.once('error', error => end((said?.push(String(error)), 1)));
    child.once('close', code => end(code ?? 1));
  });
}

/** @param {number} since */
export const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`;
