// The processes of the stand: how each one is started and how to check that it answers. up.ts keeps them running.
import { connect } from 'node:net';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
import { type Emulator, EMULATORS } from './outside.ts';
import type { Ports } from './ports.ts';
import type { Program } from './processes.ts';
import { edgeSettings, hostSettings, type Settings, writeEnvFile } from './settings.ts';
import type { Secrets } from './secrets.ts';

export interface Ground {
  readonly root: string;
  readonly dir: string;
  readonly ports: Ports;
  readonly secrets: Secrets;
  /** Settings that replace the stand's own. */
  readonly settings: Settings;
  /** The program of the Temporal server; null when TEMPORAL_ADDRESS names a running one. */
  readonly temporal: string | null;
  /** Emulators that run in a process of their own, so that a test can end one alone. */
  readonly apart: readonly Emulator[];
  /** The file with the bundle of the workflows. */
  readonly bundle: string;
  /** Pages are rebuilt and reloaded when their files change. */
  readonly watch: boolean;
}

export function programsOf(ground: Ground): Program[] {
  return [
    ...(ground.temporal === null ? [] : [temporalServer(ground, ground.temporal)]),
    ...outside(ground),
    host(ground),
    worker(ground),
    ...(ground.watch ? [pages(ground)] : []),
  ];
}

const PORT_OF = { gosuslugi: 'GOSUSLUGI', yookassa: 'YOOKASSA', calls: 'CALLS', mail: 'MAIL', signer: 'SIGNER' } as const;

function temporalServer(ground: Ground, command: string): Program {
  const { dir, ports } = ground;
  const attributes = Object.values(SEARCH_ATTRIBUTES).flatMap(({ name, type }) => ['--search-attribute', `${name}=${TYPES[type]}`]);
  const database = ['-f', join(dir, 'temporal.db'), '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
  const console_ = ['--ui-port', String(ports.CONSOLE), '--ui-disable-news-fetch', '--ui-codec-endpoint', `${at(ports.HOST)}/codec`];
  const args = ['server', 'start-dev', '--port', String(ports.TEMPORAL), ...console_, ...database, ...attributes, '--log-level', 'error'];
  return { ...common(ground, 'temporal'), command, args, answers: signal => accepts(ports.TEMPORAL, signal) };
}

const TYPES = { KEYWORD: 'Keyword', DATETIME: 'Datetime' } as const;

/** The emulators in one process, except those that are wanted apart. */
function outside(ground: Ground): Program[] {
  const together = EMULATORS.filter(name => !ground.apart.includes(name));
  const alone = EMULATORS.filter(name => ground.apart.includes(name));
  return [emulators(ground, 'outside', together), ...alone.map(name => emulators(ground, name, [name]))];
}

function emulators(ground: Ground, name: string, names: readonly Emulator[]): Program {
  const settings = edgeSettings(ground.ports, ground.secrets, ground.settings);
  const base = common(ground, name);
  return {
    ...base,
    command: process.execPath,
    // Megabytes. Without this limit V8 lets the young generation of a busy emulator grow to a hundred within half an hour.
    args: ['--max-semi-space-size=8', join(ground.root, 'stand/outside.ts'), ...names],
    env: { ...base.env, ...settings },
    answers: async signal => {
      const answered = await Promise.all(names.map(one => replies(`${at(ground.ports[PORT_OF[one]])}/__stand`, signal)));
      return answered.every(Boolean);
    },
  };
}

function host(ground: Ground): Program {
  const base = common(ground, 'host');
  const env = { WORKFLOW_BUNDLE: ground.bundle, ...base.env, ...hostSettings(ground.ports, ground.secrets, ground.settings) };
  return {
    ...base,
    command: process.execPath,
    args: [...SMALL, join(ground.root, 'temporal/host.ts')],
    env,
    answers: signal => replies(`${at(ground.ports.HOST)}/healthz`, signal),
  };
}

/** For a process that is mostly idle: V8 then keeps little of what it needed at the start. wrangler takes 80 MB less for a second of work more. */
const SMALL = ['--max-semi-space-size=2', '--optimize-for-size'];
/**
 * For esbuild, which is written in Go and keeps 180 MB after it has bundled the edge: it collects when a quarter was added to what it needs. A limit in
 * megabytes does the same until the bundle outgrows it; then it collects all the time and takes half a core (measured, with 90 MiB).
 */
const FEW_MEGABYTES = { GOGC: '25' };

function worker(ground: Ground): Program {
  const { dir, ports, root } = ground;
  const envFile = join(dir, 'worker.env');
  writeEnvFile(envFile, edgeSettings(ports, ground.secrets, ground.settings));
  const base = common(ground, 'worker');
  // The tracing store slows local requests by half and more; the other settings stop requests to the network that the stand does not need.
  const env = {
    ...base.env,
    X_LOCAL_OBSERVABILITY: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_SEND_METRICS: 'false',
    CI: '1',
    ...FEW_MEGABYTES,
  };
  const where = ['--ip', '127.0.0.1', '--port', String(ports.WORKER), '--inspector-port', '0', '--persist-to', join(dir, 'wrangler')];
  const args = [
    ...SMALL,
    '--no-warnings',
    join(root, 'node_modules/wrangler/wrangler-dist/cli.js'),
    'dev',
    ...where,
    '--env-file',
    envFile,
    '--show-interactive-dev-session=false',
    '--log-level',
    'log',
  ];
  // The first workerd is the proxy in front of the cabinet's own. wrangler restarts the proxy when it ends, but the new one never answers.
  return {
    ...base,
    command: process.execPath,
    args,
    env,
    answers: signal => replies(`${at(ports.WORKER)}/healthz`, signal),
    heart: 'workerd',
  };
}

const pages = (ground: Ground): Program => {
  const base = common(ground, 'pages');
  return {
    ...base,
    env: { ...base.env, ...FEW_MEGABYTES },
    command: process.execPath,
    args: [...SMALL, join(ground.root, 'views/build.mjs'), '--watch'],
  };
};

function common({ root, dir, ports }: Ground, name: string) {
  const numbers = Object.fromEntries(Object.entries(ports).map(([port, number]) => [`PORT_${port}`, String(number)]));
  const inherited = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return { name, cwd: root, log: join(dir, 'logs', `${name}.log`), env: { ...inherited, ...numbers, STAND_DIR: dir } };
}

export const at = (port: number): string => `http://127.0.0.1:${port}`;

/** True for any answer below 500; its content is not checked. */
const replies = (url: string, signal: AbortSignal): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]), redirect: 'manual' })
    .then(async response => {
      await response.body?.cancel();
      return response.status < 500;
    })
    .catch(() => false);

const accepts = (port: number, signal: AbortSignal): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', signal });
    socket.setTimeout(5_000, () => socket.destroy());
    socket.once('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
