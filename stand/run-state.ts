// The running processes, written to run.json in the stand's folder: tests that kill processes read it, and the next start ends what an
// unclean end left running. Written by up.ts.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { endGroup } from './processes.ts';

const RunState = z.object({
  /** The process that starts and restarts the others. */
  up: z.number(),
  ports: z.record(z.string(), z.number()),
  /** By the name of the process. */
  pids: z.record(z.string(), z.number()),
});

export type RunState = z.output<typeof RunState>;

const fileIn = (dir: string): string => join(dir, 'run.json');

export function writeRunState(dir: string, state: RunState): void {
  writeFileSync(fileIn(dir), `${JSON.stringify(state, null, 2)}\n`);
}

export function forgetRunState(dir: string): void {
  rmSync(fileIn(dir), { force: true });
}

/**
 * Ends the processes that a killed stand left running; returns true when there may have been any. Throws an Error with one sentence when
 * the stand is running.
 */
export function endLeftovers(dir: string): boolean {
  if (!existsSync(fileIn(dir))) return false;
  const { up, pids } = RunState.parse(JSON.parse(readFileSync(fileIn(dir), 'utf8')));
  if (up !== process.pid && isOurs(up, /stand|tests|vitest/))
    throw new Error(`The stand in ${dir} is already running as process ${up}: stop it first.`);
  for (const pid of Object.values(pids)) if (isOurs(pid, /temporal|wrangler|stand|views/)) endGroup({ pid }, 'SIGKILL');
  forgetRunState(dir);
  return true;
}

/** The pid may belong to another program by now, so its command line must look like one of ours. */
export function isOurs(pid: number, command: RegExp): boolean {
  try {
    return command.test(execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}
