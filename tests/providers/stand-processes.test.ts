// How the stand keeps a process: with real ones, whose answers a test gives by hand. No test measures a time: what counts is how often was asked.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keep, type Kept, type Program } from '../../stand/processes.ts';
import { PACE, type Pace } from '../../stand/watch.ts';
import { until } from '../patience.ts';

/** Everything soon, except what a test waits for. */
const QUICK: Pace = { ...PACE, ask: 1, probe: 1, beat: 10, grace: 1_000 };
const LIVES = 'setInterval(() => {}, 1_000)';

let dir: string;
let kept: Kept | undefined;
/** How often it was started, and what was said of it. */
let births: number;
let said: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'stand-'));
  births = 0;
  said = [];
});
afterEach(async () => {
  await kept?.stop();
  rmSync(dir, { recursive: true });
});

function keeps(code: string, answers: Program['answers'], pace: Pace = QUICK): Kept {
  const log = join(dir, 'program.log');
  const program = { name: 'program', command: process.execPath, args: ['-e', code], env: {}, cwd: dir, log, answers };
  kept = keep(program, { say: line => said.push(line), changed: () => (births += 1) }, pace);
  return kept;
}

/** Says no so many times, and then yes. */
function afterSilenceOf(questions: number): () => Promise<boolean> {
  let asked = 0;
  return async () => ++asked > questions;
}

const LONG = 20 * PACE.deafProbes;

test('a process that takes its time to start is waited for', async () => {
  await keeps(LIVES, afterSilenceOf(LONG)).ready;

  expect(births).toBe(1);
  expect(said).toEqual([]);
});

test('so is one that was started again: its silence counts only after its first answer', async () => {
  let isUp = false;
  const slow = afterSilenceOf(LONG);
  const one = keeps(LIVES, async () => births < 2 || (isUp = await slow()));
  await one.ready;

  process.kill(one.pid() ?? 0, 'SIGKILL');
  await until(() => expect(isUp).toBe(true));

  expect(births).toBe(2);
  expect(said).toEqual([expect.stringContaining('program ended and is started again')]);
});

test('one that answered and then falls silent is started again', async () => {
  let isSilent = false;
  const one = keeps(LIVES, async () => !isSilent);
  await one.ready;

  isSilent = true;
  await until(() => expect(births).toBe(2));

  expect(said).toEqual([expect.stringContaining('program does not answer any more and is started again')]);
});

test('one that misses a question now and then is left alone', async () => {
  let asked = 0;
  const one = keeps(LIVES, async () => ++asked % PACE.deafProbes === 0);
  await one.ready;

  await until(() => expect(asked).toBeGreaterThan(LONG));

  expect(births).toBe(1);
});

test('one that runs and never answers is given up with a sentence, at the end of a generous time', async () => {
  const { ready } = keeps('console.log("I am busy."); setInterval(() => {}, 1_000)', async () => false, { ...QUICK, start: 500 });

  await expect(ready).rejects.toThrow(/^program has run for \d+ minutes and does not answer: /);
  expect(births).toBe(1);
});

test('one that dies before it answers is given up after three tries, with its last words', async () => {
  const { ready } = keeps('console.log("I cannot."); process.exit(1)', async () => false);

  await expect(ready).rejects.toThrow('program does not start: I cannot.');
  expect(births).toBe(3);
});

test('one that does not want to end is ended, and nobody is asked any more', async () => {
  let asked = 0;
  const isDeafToTheSignal = () => readFileSync(join(dir, 'program.log'), 'utf8').includes('up');
  const code = `process.on('SIGTERM', () => {}); console.log('up'); ${LIVES}`;
  const one = keeps(code, async () => ++asked > 0 && isDeafToTheSignal(), { ...QUICK, grace: 100 });
  await one.ready;
  const pid = one.pid() ?? 0;

  await one.stop();
  const before = asked;

  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await new Promise(resolve => setImmediate(resolve));
  expect(asked).toBe(before);
  await expect(one.ready).resolves.toBeUndefined();
});

test('one that is ended before it answers says so to whoever waits for it', async () => {
  const one = keeps(LIVES, async () => false);

  await one.stop();

  await expect(one.ready).rejects.toThrow('program was ended before it answered.');
});
