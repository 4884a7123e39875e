// Checks whether a running program still works: calls `answers` every few seconds, and also watches the one process without which the
// program no longer answers, because its end is noticed sooner. Called by processes.ts for every program.
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Program } from './processes.ts';

const PROBE_MS = 3_000;
const DEAF_PROBES = 3;
const BEAT_MS = 300;

/** Calls `isDeaf` when the program no longer answers. Ends with `signal`. */
export async function watch({ answers, heart }: Program, leader: number, signal: AbortSignal, isDeaf: () => void): Promise<void> {
  if (answers === undefined) return;
  await Promise.all([probe(answers, signal, isDeaf), ...(heart === undefined ? [] : [feel(leader, heart, answers, signal, isDeaf)])]);
}

async function probe(answers: () => Promise<boolean>, signal: AbortSignal, isDeaf: () => void): Promise<void> {
  for (let missed = 0; missed < DEAF_PROBES && !signal.aborted; ) {
    await pause(PROBE_MS, signal);
    missed = signal.aborted || (await answers()) ? 0 : missed + 1;
  }
  if (!signal.aborted) isDeaf();
}

async function feel(leader: number, name: string, answers: () => Promise<boolean>, signal: AbortSignal, isDeaf: () => void): Promise<void> {
  while (!signal.aborted && !(await answers())) await pause(BEAT_MS, signal);
  const heart = await oldestOf(leader, name);
  while (heart !== undefined && !signal.aborted && isAlive(heart)) await pause(BEAT_MS, signal);
  if (heart !== undefined && !signal.aborted) isDeaf();
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

const pause = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { ref: false, signal }).catch(() => undefined);
