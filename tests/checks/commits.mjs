// Subjects of commits, which a reader sees side by side in a list: 72 characters at most. checks.mjs runs it. Older ones than BASE are longer, and stay.
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { ROOT } from '../../stand/install.mjs';

const BASE = '017c2e336dfe044fa91a7d4802ee535c0e1eab67';
const LONGEST = 72;

const top = git('rev-parse', '--show-toplevel');
if (top === null || realpathSync(top) !== realpathSync(ROOT)) pass('There is no history here, as in an archive');
if (git('merge-base', '--is-ancestor', BASE, 'HEAD') === null) pass(`The history here does not reach back to ${BASE.slice(0, 7)}`);

const commits = (git('log', '--format=%h %s', `${BASE}..HEAD`) ?? '').split('\n').filter(line => line !== '');
const long = commits.flatMap(line => {
  const [hash = '', subject = ''] = line.split(/ (.*)/s);
  const { length } = [...subject];
  return length > LONGEST ? [`${hash} has a subject of ${length} characters, ${LONGEST} is the most: ${subject}`] : [];
});
for (const line of long) console.log(line);
process.exit(long.length > 0 ? 1 : 0);

/** What git says; null when it cannot, or says no. */
function git(/** @type {string[]} */ ...args) {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

/** @returns {never} */
function pass(/** @type {string} */ why) {
  console.log(`${why}: no subject was checked.`);
  process.exit(0);
}
