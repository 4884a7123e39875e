// The stands of the journeys, each with its own ports and folder, so that a running `npm start` is not disturbed. `ordinary` has a clinic's
// usual settings; in `hasty` and in `shaky`, where things are broken, a hold lasts a quarter of a minute. In `meeting` and `shaky` the
// doors open a week before the start.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium } from 'playwright-core';
import type { Ports } from '../../stand/ports.ts';
import { type Stand, up } from '../../stand/up.ts';
import { type Equipment, findChromium } from '../chromium.ts';

const ROOT = join(import.meta.dirname, '../..');

const SETTINGS = {
  ordinary: { base: 18_100, holdMinutes: '10' },
  hasty: { base: 18_200, holdMinutes: '0.25' },
  shaky: { base: 18_300, holdMinutes: '0.25', doorMinutes: String(7 * 24 * 60), apart: ['calls'] },
  meeting: { base: 18_400, holdMinutes: '10', doorMinutes: String(7 * 24 * 60) },
} as const;

export type StandName = keyof typeof SETTINGS;
const STAND_NAMES = ['ordinary', 'hasty', 'shaky', 'meeting'] as const satisfies readonly StandName[];

const starting = new Map<StandName, Promise<Stand>>();
const running = new Map<StandName, Stand>();
let givingUp = new AbortController();
const browsers = new Map<Equipment, Promise<Browser>>();

/** Starts a browser and these stands, all by default, from empty folders. */
export async function raise(names: readonly StandName[] = STAND_NAMES): Promise<void> {
  await theBrowser('allowed');
  // The first one builds the pages' code; the others reuse it.
  const [first, ...others] = names;
  if (first !== undefined) await raiseOne(first);
  // Waits for all of them, so that one failure does not leave others behind that are still starting.
  const raised = await Promise.allSettled(others.map(raiseOne));
  for (const one of raised) if (one.status === 'rejected') throw one.reason;
}

/** Ends all that was raised, and what is still being raised when a run gives up. */
export async function lower(): Promise<void> {
  givingUp.abort();
  // What did not start has failed a test already, and has ended by itself.
  await Promise.allSettled([
    ...[...browsers.values()].map(async browser => await (await browser).close()),
    ...[...starting.values()].map(async stand => await (await stand).stop()),
  ]);
  for (const all of [browsers, starting, running]) all.clear();
  givingUp = new AbortController();
}

export const dirOf = (name: StandName): string => join(ROOT, '.stand/journeys', name);

export function standOf(name: StandName): Stand {
  const stand = running.get(name);
  if (stand === undefined) throw new Error(`The stand «${name}» is not up.`);
  return stand;
}

/** One browser of each kind, launched at its first use. */
export function theBrowser(equipment: Equipment): Promise<Browser> {
  const known = browsers.get(equipment);
  if (known !== undefined) return known;
  const launched = launch(equipment);
  browsers.set(equipment, launched);
  launched.catch(() => browsers.delete(equipment));
  return launched;
}

async function launch(equipment: Equipment): Promise<Browser> {
  const found = await findChromium(equipment);
  if (found.kind === 'missing') throw new Error(found.sentence);
  return await chromium.launch({ executablePath: found.path, args: [...found.args] });
}

export function pidOf(stand: StandName, name: string): number {
  const pid = standOf(stand).pids()[name];
  // To kill process 0 is to kill the whole group of this one.
  if (pid === undefined) throw new Error(`The stand «${stand}» has no process «${name}».`);
  return pid;
}

/** Kills a process with SIGKILL and waits until the stand has restarted it. */
export async function kill(stand: StandName, name: string): Promise<void> {
  const before = pidOf(stand, name);
  process.kill(before, 'SIGKILL');
  while (pidOf(stand, name) === before) await delay(50);
}

export const portsOf = (name: StandName): Ports => {
  const { base } = SETTINGS[name];
  const [WORKER, HOST, TEMPORAL, CONSOLE] = [base + 1, base + 2, base + 3, base + 4];
  return { WORKER, HOST, TEMPORAL, CONSOLE, GOSUSLUGI: base + 5, YOOKASSA: base + 6, CALLS: base + 7, MAIL: base + 8, SIGNER: base + 9 };
};

async function raiseOne(name: StandName): Promise<void> {
  const { holdMinutes, ...rest } = SETTINGS[name];
  const apart = 'apart' in rest ? rest.apart : [];
  const doors: Record<string, string> =
    'doorMinutes' in rest ? { CLINIC_JOIN_MINUTES: rest.doorMinutes, CLINIC_WAITING_MINUTES: rest.doorMinutes } : {};
  const settings = { CLINIC_HOLD_MINUTES: holdMinutes, ...doors };
  const started = up({ dir: dirOf(name), fresh: true, ports: portsOf(name), quiet: true, apart, settings, signal: givingUp.signal });
  starting.set(name, started);
  running.set(name, await started);
}
