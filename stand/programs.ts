// The processes of the stand: how each one is started and how to check that it answers. up.ts keeps them running.
import { connect } from 'node:net';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
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
  /** Pages are rebuilt and reloaded when their files change. */
  readonly watch: boolean;
}

export function programsOf(ground: Ground): Program[] {
  return [
    ...(ground.temporal === null ? [] : [temporalServer(ground, ground.temporal)]),
    ...EMULATORS.map(name => emulator(ground, name)),
    host(ground),
    worker(ground),
    ...(ground.watch ? [pages(ground)] : []),
  ];
}

const EMULATORS = ['gosuslugi', 'yookassa', 'calls', 'mail', 'signer'] as const;

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

function emulator(ground: Ground, name: (typeof EMULATORS)[number]): Program {
  const settings = edgeSettings(ground.ports, ground.secrets, ground.settings);
  const base = common(ground, name);
  return {
    ...base,
    command: process.execPath,
    // Megabytes. Without this limit V8 lets the young generation of a busy emulator grow to a hundred within half an hour.
    args: ['--max-semi-space-size=8', join(ground.root, 'stand', name, 'main.ts')],
    env: { ...base.env, ...settings },
    answers: signal => replies(`${at(ground.ports[PORT_OF[name]])}/__stand`, signal),
  };
}

function host(ground: Ground): Program {
  const base = common(ground, 'host');
  const env = { ...base.env, ...hostSettings(ground.ports, ground.secrets, ground.settings) };
  return {
    ...base,
    command: process.execPath,
    args: [join(ground.root, 'temporal/host.ts')],
    env,
    answers: signal => replies(`${at(ground.ports.HOST)}/healthz`, signal),
  };
}

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
  };
  const where = ['--ip', '127.0.0.1', '--port', String(ports.WORKER), '--inspector-port', '0', '--persist-to', join(dir, 'wrangler')];
  const args = ['dev', ...where, '--env-file', envFile, '--show-interactive-dev-session=false', '--log-level', 'log'];
  const command = join(root, 'node_modules/.bin/wrangler');
  // The first workerd is the proxy in front of the cabinet's own. wrangler restarts the proxy when it ends, but the new one never answers.
  return { ...base, command, args, env, answers: signal => replies(`${at(ports.WORKER)}/healthz`, signal), heart: 'workerd' };
}

const pages = (ground: Ground): Program => ({
  ...common(ground, 'pages'),
  command: process.execPath,
  args: [join(ground.root, 'views/build.mjs'), '--watch'],
});

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
