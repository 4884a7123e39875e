// Keeps one process of the stand running: starts it in its own process group, writes its output to a log, restarts it when it ends or stops
// answering, and ends it with all its children. Called by up.ts.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { PACE, type Pace, type Verdict, watch } from './watch.ts';

export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly log: string;
  /** Whether it answers; asked until it does, and from then on every few seconds. Left out where nothing can be asked. Gives up with `signal`. */
  readonly answers?: (signal: AbortSignal) => Promise<boolean>;
  /** The name of the first child process, when the program keeps running without it but no longer answers. */
  readonly heart?: string;
}

export interface Kept {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Resolves when it first answers; rejects with one sentence when it keeps dying before, or runs for long and does not. */
  readonly ready: Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Ears {
  readonly say: (line: string) => void;
  /** It has another pid now. */
  readonly changed: () => void;
}

const DEATHS_BEFORE_READY = 3;

export function keep(program: Program, ears: Ears, pace: Pace = PACE): Kept {
  const stopping = new AbortController();
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);
  let child: ChildProcess | undefined;
  writeFileSync(program.log, '');

  const live = async () => {
    let isReady = false;
    const deaths: number[] = [];
    while (!stopping.signal.aborted) {
      child = begin(program);
      ears.changed();
      const verdict = await livedThrough(program, child, pace, stopping.signal, () => {
        isReady = true;
        ready.resolve();
      });
      if (stopping.signal.aborted) return;
      const complaint = complaintOf(program, verdict, pace);
      deaths.push(Date.now());
      if (!isReady && verdict === 'neverAnswered') return ready.reject(new Error(`${complaint}: ${lastWords(program)}`));
      if (!isReady && deaths.length >= DEATHS_BEFORE_READY)
        return ready.reject(new Error(`${program.name} does not start: ${lastWords(program)}`));
      ears.say(`${complaint} and is started again; its log is ${program.log}.`);
      const recent = deaths.filter(at => Date.now() - at < 60_000).length;
      await delay(Math.min(10_000, 100 * 2 ** recent), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const life = live();

  return {
    name: program.name,
    pid: () => child?.pid,
    ready: ready.promise,
    stop: async () => {
      stopping.abort();
      ready.reject(new Error(`${program.name} was ended before it answered.`));
      const end = (signal: 'SIGTERM' | 'SIGKILL') => child !== undefined && endGroup(child, signal);
      end('SIGTERM');
      const forcing = setTimeout(end, pace.grace, 'SIGKILL');
      await life;
      clearTimeout(forcing);
    },
  };
}

/** From birth to death. A program that is of no use any more is killed; what was the end of it, `unwatched` when it died by itself. */
async function livedThrough(
  program: Program,
  born: ChildProcess,
  pace: Pace,
  stopping: AbortSignal,
  answered: () => void,
): Promise<Verdict> {
  const died = new AbortController();
  const watched = watch(program, born.pid ?? 0, pace, AbortSignal.any([stopping, died.signal]), answered);
  void watched.then(verdict => verdict !== 'unwatched' && endGroup(born, 'SIGKILL'));
  await ended(born);
  died.abort();
  // A leader that was killed leaves its children: wrangler leaves workerd, which would keep the port.
  endGroup(born, 'SIGKILL');
  return await watched;
}

function complaintOf({ name }: Program, verdict: Verdict, pace: Pace): string {
  switch (verdict) {
    case 'neverAnswered':
      return `${name} has run for ${Math.round(pace.start / 60_000)} minutes and does not answer`;
    case 'fellSilent':
      return `${name} does not answer any more`;
    case 'unwatched':
      return `${name} ended`;
  }
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
