// Checks whether a running program still works: calls `answers` every few seconds, and also watches the one process without which the
// program no longer answers, because its end is noticed sooner. Called by processes.ts for every program.
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Program } from './processes.ts';

/** Milliseconds, except where it says otherwise. */
export interface Pace {
  /** How long a program may run before it answers for the first time. */
  readonly start: number;
  /** Between two questions while it starts. */
  readonly ask: number;
  /** Between two questions after that. */
  readonly probe: number;
  /** How many questions in a row may stay without an answer. */
  readonly deafProbes: number;
  /** Between two looks at the heart. */
  readonly beat: number;
  /** From the request to end until the end is forced. */
  readonly grace: number;
}

export const PACE: Pace = { start: 300_000, ask: 150, probe: 3_000, deafProbes: 3, beat: 300, grace: 6_000 };

export type Verdict = 'neverAnswered' | 'fellSilent' | 'unwatched';

/** Calls `answered` after the first answer. Resolves when the program is of no use any more; with `unwatched` when `signal` aborts. */
export async function watch(
  { answers, heart }: Program,
  leader: number,
  pace: Pace,
  signal: AbortSignal,
  answered: () => void,
): Promise<Verdict> {
  if (answers !== undefined && !(await beganToAnswer(answers, pace, signal))) return signal.aborted ? 'unwatched' : 'neverAnswered';
  answered();
  if (answers === undefined) return 'unwatched';

  const silent = new AbortController();
  const either = AbortSignal.any([signal, silent.signal]);
  const asked = async () => (await stoppedAnswering(answers, pace, either)) && silent.abort();
  const felt = async () => heart !== undefined && (await stoppedBeating(leader, heart, pace, either)) && silent.abort();
  await Promise.all([asked(), felt()]);
  return signal.aborted ? 'unwatched' : 'fellSilent';
}

type Answers = NonNullable<Program['answers']>;

async function beganToAnswer(answers: Answers, pace: Pace, signal: AbortSignal): Promise<boolean> {
  const until = performance.now() + pace.start;
  while (!signal.aborted && performance.now() < until) {
    if (await answers(signal)) return true;
    await pause(pace.ask, signal);
  }
  return false;
}

async function stoppedAnswering(answers: Answers, pace: Pace, signal: AbortSignal): Promise<boolean> {
  for (let missed = 0; missed < pace.deafProbes; ) {
    await pause(pace.probe, signal);
    missed = (await answers(signal)) ? 0 : missed + 1;
    if (signal.aborted) return false;
  }
  return true;
}

async function stoppedBeating(leader: number, name: string, pace: Pace, signal: AbortSignal): Promise<boolean> {
  const heart = await oldestOf(leader, name);
  while (heart !== undefined && !signal.aborted && isAlive(heart)) await pause(pace.beat, signal);
  return heart !== undefined && !signal.aborted;
}

/** The oldest process of this name in the leader's group; undefined where the system has no `ps`. */
async function oldestOf(leader: number, name: string): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,pgid=,comm=']).catch(() => ({ stdout: '' }));
  const listed = stdout.split('\n').map(line => /^\s*(\d+)\s+(\d+)\s+(.*\S)/.exec(line) ?? []);
  const pids = listed.filter(([, , group, command]) => Number(group) === leader && command?.split('/').at(-1) === name);
  return pids.length === 0 ? undefined : Math.min(...pids.map(([, pid]) => Number(pid)));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal }).catch(() => undefined);
