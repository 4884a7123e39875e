// Prepares the machine's own Node: installs the packages of the lock file and finds the Node 24 among them. Uses only built-in modules,
// because nothing is installed yet. Called by start.mjs and tests/run.mjs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.lock-hash');

/** Ends the process with one sentence. @param {string} sentence @returns {never} */
export function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Installs when the lock file has changed. Returns the Node 24 to run and an environment in which tools find it first. */
export function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    refuse(`Node 20.19 or later is needed to begin, this is ${process.versions.node}: see https://nodejs.org.`);

  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8').trim() !== lock) installAll(lock);

  const bundled = join(MODULES, '.bin/node');
  if (!existsSync(bundled) && major < 24) {
    refuse(
      `This platform (${process.platform} ${process.arch}) needs Node 24 installed, this is ${process.versions.node}: see https://nodejs.org.`,
    );
  }
  const node = existsSync(bundled) ? bundled : process.execPath;
  return { node, env: { ...process.env, PATH: `${join(MODULES, '.bin')}${delimiter}${process.env.PATH ?? ''}` } };
}

/** @param {string} lock */
function installAll(lock) {
  console.log('Installing what package-lock.json names; the first time takes a minute or two …');
  const options = { cwd: ROOT, stdio: /** @type {const} */ ('inherit'), shell: process.platform === 'win32' };
  const { status } = spawnSync('npm', ['ci', '--strict-allow-scripts', '--no-audit', '--no-fund'], options);
  if (status !== 0) refuse('The dependencies could not be installed: npm says why above.');
  writeFileSync(STAMP, lock);
}
