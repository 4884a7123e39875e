// DOOR: starts everything for a developer's machine or for a journey: Temporal with its console, the emulators of the outside systems, the
// edge, the host. `npm start` runs it; tests call `up()` with their own folder and ports.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endRestore } from './backup/exchange.ts';
import type { Emulator } from './outside.ts';
import { PORT_NAMES, type PortName, type Ports, portsFrom, takenPorts } from './ports.ts';
import { prepare } from './preparation.ts';
import { keep, type Kept } from './processes.ts';
import { at, type Ground, programsOf } from './programs.ts';
import { endLeftovers, forgetRunState, writeRunState } from './run-state.ts';
import { secretsIn } from './secrets.ts';
import type { Settings } from './settings.ts';
import { tableOf } from './table.ts';
import { findTemporal } from './temporal.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

export interface Stand {
  readonly urls: Urls;
  /** The current processes by name; a killed one is restarted with another pid. */
  readonly pids: () => Readonly<Record<string, number>>;
  readonly stop: () => Promise<void>;
}

export type Urls = Readonly<Record<'cabinet' | 'host' | 'console' | 'gosuslugi' | 'yookassa' | 'calls' | 'mail' | 'signer', string>>;

export interface Wishes {
  /** The folder for all data; STAND_DIR or .stand by default. */
  readonly dir?: string;
  /** Forgets what is stored there; no by itself. */
  readonly fresh?: boolean;
  readonly ports?: Partial<Ports>;
  readonly quiet?: boolean;
  /** Settings by name that replace the stand's own. */
  readonly settings?: Settings;
  /** Emulators that run in a process of their own; all in one by default. */
  readonly apart?: readonly Emulator[];
  /** Rebuilds and reloads pages when their files change; off by default. */
  readonly watch?: boolean;
  /** Ends everything when it aborts, also during the start. */
  readonly signal?: AbortSignal;
}

/** Resolves when everything answers. Throws an Error with a sentence that says what to do when something does not. */
export async function up(wishes: Wishes = {}): Promise<Stand> {
  const { quiet = false, signal } = wishes;
  const say = quiet ? () => undefined : (line: string) => console.log(line);
  const ground = await groundOf(wishes, say);
  await prepare(ground, say, signal);

  const kept: Kept[] = [];
  const pids = () => Object.fromEntries(kept.flatMap(({ name, pid }) => (pid() === undefined ? [] : [[name, pid() ?? 0]])));
  const changed = () => writeRunState(ground.dir, { up: process.pid, ports: { ...ground.ports }, pids: pids() });
  const ending = new AbortController();
  const stop = async () => {
    clearInterval(cron);
    ending.abort();
    await Promise.all(kept.map(process_ => process_.stop()));
    forgetRunState(ground.dir);
  };
  const cron = setInterval(() => void ringCron(ground.ports, ending.signal), 60_000);

  const aborted = abortOf(signal);
  for (const program of programsOf(ground)) kept.push(keep(program, { say, changed }));
  changed();
  try {
    for (const process_ of kept) {
      say(`Waiting for ${process_.name} …`);
      await Promise.race([process_.ready, aborted]);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  await ringCron(ground.ports, ending.signal);
  return { urls: urlsOf(ground.ports), pids, stop };
}

async function groundOf(wishes: Wishes, say: (line: string) => void): Promise<Ground> {
  const { fresh = false, settings = {}, apart = [], watch = false, signal } = wishes;
  const dir = resolve(ROOT, wishes.dir ?? (process.env['STAND_DIR'] || '.stand'));
  const ports = { ...portsFrom(process.env), ...wishes.ports };
  const hadLeftovers = endLeftovers(dir);
  if (fresh) rmSync(dir, { recursive: true, force: true });
  endRestore(dir, say);
  mkdirSync(join(dir, 'logs'), { recursive: true });
  const isElsewhere = Boolean(settings['TEMPORAL_ADDRESS'] || process.env['TEMPORAL_ADDRESS']);
  let taken = await takenPorts(ports, usedPorts(isElsewhere));
  // Processes that were just killed need a moment to release their ports.
  for (let tries = 0; hadLeftovers && taken.length > 0 && tries < 20; tries++) {
    await delay(150);
    taken = await takenPorts(ports, usedPorts(isElsewhere));
  }
  if (taken.length > 0) throw new Error(taken.join('\n'));

  const found = isElsewhere ? null : await findTemporal('temporal', say, signal);
  if (found?.kind === 'missing') throw new Error(found.sentence);
  return {
    root: ROOT,
    dir,
    ports,
    secrets: secretsIn(dir),
    settings: { LIVE_RELOAD: watch ? '1' : '0', ...settings },
    temporal: found?.path ?? null,
    apart,
    bundle: join(dir, 'workflows.cjs'),
    watch,
  };
}

/** Temporal's ports only when the stand starts it, an emulator's only when the emulator exists. */
const usedPorts = (isElsewhere: boolean): PortName[] =>
  PORT_NAMES.filter(name => !isElsewhere || (name !== 'TEMPORAL' && name !== 'CONSOLE'));

const abortOf = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    const end = () => reject(new Error('The start was ended.'));
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
  });

const urlsOf = (ports: Ports): Urls => ({
  cabinet: at(ports.WORKER),
  host: at(ports.HOST),
  console: at(ports.CONSOLE),
  gosuslugi: at(ports.GOSUSLUGI),
  yookassa: at(ports.YOOKASSA),
  calls: at(ports.CALLS),
  mail: at(ports.MAIL),
  signer: at(ports.SIGNER),
});

/**
 * wrangler dev does not trigger the cron by itself. An edge that is restarting misses one minute, which the product must tolerate anyway.
 */
const ringCron = (ports: Ports, ending: AbortSignal): Promise<unknown> =>
  fetch(`${at(ports.WORKER)}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`, { signal: AbortSignal.any([ending, AbortSignal.timeout(30_000)]) })
    .then(response => response.text())
    .catch(() => undefined);

if (import.meta.main) await stay();

/** `npm start`: runs until a signal comes. */
async function stay(): Promise<void> {
  const stopping = new AbortController();
  const asked = new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(stopping.abort()));
  });
  try {
    const stand = await up({ watch: true, signal: stopping.signal });
    console.log(tableOf(stand.urls));
    await asked;
    console.log('Ending …');
    await stand.stop();
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
