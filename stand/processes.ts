// Keeps one process of the stand running: starts it in its own process group, writes its output to a log, restarts it when it ends or stops
// answering, and ends it with all its children. Called by up.ts.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { watch } from './watch.ts';

export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly log: string;
  /** Whether it answers; asked until it does, and from then on every few seconds. Left out where nothing can be asked. */
  readonly answers?: () => Promise<boolean>;
  /** The name of the first child process, when the program keeps running without it but no longer answers. */
  readonly heart?: string;
}

export interface Kept {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Resolves when it first answers; rejects with one sentence when it keeps dying before. */
  readonly ready: Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Ears {
  readonly say: (line: string) => void;
  /** It has another pid now. */
  readonly changed: () => void;
}

const GRACE_MS = 6_000;
const DEATHS_BEFORE_READY = 3;

export function keep(program: Program, ears: Ears): Kept {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let isReady = false;
  const deaths: number[] = [];
  writeFileSync(program.log, '');

  const live = async () => {
    while (!stopping.signal.aborted) {
      const born = begin(program);
      child = born;
      ears.changed();
      const watched = new AbortController();
      const watching = ready.then(() => watch(program, born.pid ?? 0, watched.signal, () => endGroup(born, 'SIGKILL')));
      watching.catch(() => undefined);
      await ended(born);
      watched.abort();
      // A leader that was killed leaves its children: wrangler leaves workerd, which would keep the port.
      endGroup(born, 'SIGKILL');
      if (stopping.signal.aborted) return;
      deaths.push(Date.now());
      if (!isReady && deaths.length >= DEATHS_BEFORE_READY) return;
      ears.say(`${program.name} ended and is started again; its log is ${program.log}.`);
      const recent = deaths.filter(at => Date.now() - at < 60_000).length;
      await delay(Math.min(10_000, 100 * 2 ** recent), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };

  const becomeReady = async () => {
    for (let waited = 0; !stopping.signal.aborted; waited += 150) {
      if (!isReady && deaths.length >= DEATHS_BEFORE_READY) throw new Error(`${program.name} does not start: ${lastWords(program)}`);
      if (waited > 120_000) throw new Error(`${program.name} runs but does not answer: ${lastWords(program)}`);
      if (program.answers === undefined || (await program.answers())) break;
      await delay(150);
    }
    isReady = true;
  };

  const ready = becomeReady();
  ready.catch(() => undefined);
  const life = live();

  return {
    name: program.name,
    pid: () => child?.pid,
    ready,
    stop: async () => {
      stopping.abort();
      if (child !== undefined) endGroup(child, 'SIGTERM');
      await Promise.race([life, delay(GRACE_MS, undefined, { ref: false })]);
      if (child !== undefined) endGroup(child, 'SIGKILL');
      await life;
    },
  };
}

function begin({ command, args, env, cwd, log }: Program): ChildProcess {
  const out = openSync(log, 'a');
  try {
    return spawn(command, [...args], { cwd, env: { ...env }, detached: true, stdio: ['ignore', out, out] });
  } finally {
    closeSync(out);
  }
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise(resolve => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });

export function endGroup(child: Pick<ChildProcess, 'pid'>, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group, which is what was wanted.
  }
}

function lastWords({ log }: Program): string {
  const lines = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .filter(line => line.trim() !== '');
  return lines.length === 0 ? `it said nothing (${log}).` : `${lines.slice(-8).join('\n')}\n(${log})`;
}
