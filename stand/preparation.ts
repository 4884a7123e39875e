// Prepares what the processes need: the browser's code, the bundle of the workflows, the tables of D1, the demo clinic. Each step runs again only when its sources have
// changed. Called by up.ts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { endGroup } from './processes.ts';
import { storeIn } from './backup/places.ts';
import type { Ground } from './programs.ts';
import type { Settings } from './settings.ts';

type Say = (line: string) => void;

export async function prepare(ground: Ground, say: Say, signal?: AbortSignal): Promise<void> {
  const node = (...args: string[]) => tool(ground.root, signal, process.execPath, args, standEnv(ground));
  say('Building the pages’ code …');
  // Waits for all of them, so that one failure leaves no other running.
  const ends = await Promise.allSettled([node('views/build.mjs'), bundle(ground, node), storage(ground, say, node, signal)]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

type Node = (...args: string[]) => Promise<void>;

/** The workflows for the host, which then needs no bundler: it starts sooner and takes 100 MB less. */
async function bundle({ root, dir, bundle: file }: Ground, node: Node): Promise<void> {
  const sources = ['workflows', 'temporal', 'package-lock.json'].map(name => join(root, name));
  await once(dir, 'workflows', sources, () => node('temporal/bundle.ts', file));
}

/** The tables, and then the demo clinic in them. */
async function storage(ground: Ground, say: Say, node: Node, signal: AbortSignal | undefined): Promise<void> {
  const migrations = join(ground.root, 'worker/data/migrations');
  await once(ground.dir, 'migrations', [migrations], async () => {
    say('Making the tables of the database …');
    await applyMigrations(ground.root, storeIn(ground.dir), standEnv(ground), signal);
  });
  await once(ground.dir, 'clinic', [join(ground.root, 'stand/clinic'), migrations], async () => {
    say('Opening the demo clinic …');
    await node('stand/clinic/load.ts');
  });
}

/** Applies what is missing to the local D1 in the folder `store`. */
export async function applyMigrations(root: string, store: string, env: Settings = {}, signal?: AbortSignal): Promise<void> {
  const args = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', store];
  await tool(root, signal, join(root, 'node_modules/.bin/wrangler'), args, env);
}

/** Runs the work unless it was already done for exactly these sources, files or folders. */
async function once(dir: string, name: string, sources: readonly string[], work: () => Promise<void>): Promise<void> {
  const stamp = join(dir, `.done-${name}`);
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn)) hash.update(basename(file)).update(readFileSync(file));
  const found = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === found) return;
  await work();
  writeFileSync(stamp, found);
}

function filesIn(source: string): string[] {
  if (statSync(source).isFile()) return [source];
  const entries = readdirSync(source, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

const standEnv = ({ dir, ports, settings }: Ground): Settings => ({ ...settings, STAND_DIR: dir, PORT_WORKER: String(ports.WORKER) });

/** Runs to the end, or ends it with everything that it started when `signal` aborts. */
async function tool(
  root: string,
  signal: AbortSignal | undefined,
  command: string,
  args: readonly string[],
  given: Settings,
): Promise<void> {
  const quiet = { CI: '1', CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' };
  const env = { ...process.env, ...given, ...quiet };
  const child = spawn(command, [...args], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (words: string) => (said += words));
  const end = () => endGroup(child, 'SIGTERM');
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  const code = await new Promise<number | null>(resolve => {
    child.once('error', error => {
      said += String(error);
      resolve(null);
    });
    child.once('close', resolve);
  });
  signal?.removeEventListener('abort', end);
  if (signal?.aborted) throw new Error('The start was ended.');
  if (code !== 0) throw new Error(`«${args.join(' ')}» failed:\n${said.trim().split('\n').slice(-12).join('\n')}`);
}
