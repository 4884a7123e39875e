// `npm start`: the first file that runs. Runs on the machine's own Node with nothing installed, installs the packages and starts
// stand/up.ts.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install, refuse, ROOT } from './install.mjs';

const { node, env } = install();
if (!hasTemporal())
  refuse(
    'Python 3 with pip is needed once, to fetch the Temporal server: install it, or the Temporal CLI 1.9 or later, or set TEMPORAL_ADDRESS.',
  );

// It mostly waits, so V8 need not keep much memory for it.
const child = spawn(node, ['--max-semi-space-size=2', join(ROOT, 'stand/up.ts'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env,
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 143)));
// Ctrl-C reaches the child too, but a signal sent only to this process does not; getting it twice does no harm.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));

// Node 24 can also download Temporal without Python, but only from a host that many networks block; so a missing Python is reported at
// once.
function hasTemporal() {
  if (process.env.TEMPORAL_ADDRESS || existsSync(join(ROOT, '.stand/bin/temporal'))) return true;
  const answers = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
    spawnSync(command, args, { stdio: 'ignore' }).status === 0;
  return answers('temporal', '--version') || answers('python3', '-m', 'pip', '--version') || answers('python', '-m', 'pip', '--version');
}
