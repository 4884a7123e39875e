// Prepares what the processes need: the browser's code, the tables of D1, the demo clinic. Each step runs again only when its sources have
// changed. Called by up.ts.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endGroup } from './processes.ts';
import { storeIn } from './backup/places.ts';
import type { Ground } from './programs.ts';
import type { Settings } from './settings.ts';

type Say = (line: string) => void;

export async function prepare(ground: Ground, say: Say, signal?: AbortSignal): Promise<void> {
  say('Building the pages’ code …');
  await tool(ground.root, signal, process.execPath, ['views/build.mjs'], standEnv(ground));
  const migrations = join(ground.root, 'worker/data/migrations');
  await once(ground, 'migrations', [migrations], async () => {
    say('Making the tables of the database …');
    await applyMigrations(ground.root, storeIn(ground.dir), standEnv(ground), signal);
  });
  const clinic = join(ground.root, 'stand/clinic');
  await once(ground, 'clinic', [clinic, migrations], async () => {
    say('Opening the demo clinic …');
    await tool(ground.root, signal, process.execPath, ['stand/clinic/load.ts'], standEnv(ground));
  });
}

/** Applies what is missing to the local D1 in the folder `store`. */
export async function applyMigrations(root: string, store: string, env: Settings = {}, signal?: AbortSignal): Promise<void> {
  const args = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', store];
  await tool(root, signal, join(root, 'node_modules/.bin/wrangler'), args, env);
}

/** Runs the work unless it was already done for exactly these sources. */
async function once(ground: Ground, name: string, folders: readonly string[], work: () => Promise<void>): Promise<void> {
  const stamp = join(ground.dir, `.done-${name}`);
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())) {
      hash.update(file.name).update(readFileSync(join(file.parentPath, file.name)));
    }
  }
  const sources = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  await work();
  writeFileSync(stamp, sources);
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
