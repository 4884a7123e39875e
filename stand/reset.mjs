// `npm run reset`: deletes everything that the stand has stored, so that the next start loads the demo clinic again. Keeps the downloaded
// Temporal programs. Refuses while the stand runs.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dir = process.env.STAND_DIR ?? fileURLToPath(new URL('../.stand', import.meta.url));
const state = join(dir, 'run.json');

if (existsSync(state)) {
  const { up } = JSON.parse(readFileSync(state, 'utf8'));
  if (isAlive(up)) {
    console.error(`The stand is running as process ${up}: stop it first (Ctrl-C in its window).`);
    process.exit(1);
  }
}
const kept = new Set(['bin']);
const gone = existsSync(dir) ? readdirSync(dir).filter(name => !kept.has(name)) : [];
for (const name of gone) rmSync(join(dir, name), { recursive: true, force: true });
console.log(
  gone.length === 0
    ? 'There was nothing to forget.'
    : 'Forgotten: databases, workflows, letters, keys and logs. The next start is a first start.',
);

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
