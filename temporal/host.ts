// DOOR: the host, one Node process without state: the gateway for the edge's outbox, the Temporal worker that carries activities to the edge,
// and the codec for the console. Run as many as you like; `node temporal/host.ts` reads the settings named in settings.ts.
import { serve, type ServerType } from '@hono/node-server';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { callsOf } from './calls.ts';
import { codecOf } from './codec.ts';
import { codecRoutes } from './codec-routes.ts';
import { connectionTo, reachOf } from './connection.ts';
import { dataConverterOf } from './data-converter.ts';
import { gatewayOf } from './gateway.ts';
import { rememberedNonces } from './nonces.ts';
import { listenerOf, parseSettings, type Settings } from './settings.ts';
import { keepSchedules } from './schedules.ts';
import { keepWorking } from './worker.ts';

const parsed = parseSettings(process.env);
if (parsed.kind === 'refused') {
  for (const complaint of parsed.complaints) console.error(complaint);
  process.exit(1);
}
run(parsed.settings);

function run(settings: Settings): void {
  const logger = new DefaultLogger(settings.LOG_LEVEL);
  Runtime.install({ logger, shutdownSignals: [], telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });

  const connection = connectionTo(reachOf(settings));
  const calls = callsOf(
    new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE, dataConverter: dataConverterOf(settings.CODEC_KEYS) }),
  );
  const working = keepWorking(settings, logger);
  const stopping = new AbortController();
  void keepSchedules({
    calls,
    zone: settings.CLINIC_ZONE,
    isWorking: working.isWorking,
    stopping: stopping.signal,
    warn: said => logger.warn(said),
  });

  const app = gatewayOf({
    calls,
    keys: settings.EDGE_KEYS,
    seenNonce: rememberedNonces(Date.now),
    now: Date.now,
    isWorking: working.isWorking,
  });
  const origins = settings.CODEC_CONSOLE_ORIGIN.split(',').filter(origin => origin !== '');
  const isStaff = askingEdge(settings.EDGE_URL ?? settings.PUBLIC_URL);
  if (origins.length > 0) app.route('/codec', codecRoutes(codecOf(settings.CODEC_KEYS), { origins, token: settings.CODEC_TOKEN, isStaff }));
  const server = serve({ fetch: app.fetch, ...listenerOf(settings) }, () => console.log(`The host listens on ${settings.HOST_LISTEN}.`));

  // Requests and running activities end first; the connection is closed last, when no call is left on it.
  const stop = async () => {
    stopping.abort();
    await Promise.all([closed(server), working.stop()]);
    await calls.close();
    process.exit(0);
  };
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void stop();
    });
  }
}

/** Asks the edge whether a session may read histories; only its cookie is passed on. */
function askingEdge(edge: string) {
  return async (cookie: string): Promise<boolean> => {
    const session = /(?:^|;\s*)(__Host-session=[\w-]{1,100})(?:;|$)/.exec(cookie)?.[1];
    if (session === undefined) return false;
    const asked = new URL('/desk/histories', edge);
    const answer = await fetch(asked, { headers: { cookie: session, accept: 'application/json' }, signal: AbortSignal.timeout(5_000) });
    return answer.status === 204;
  };
}

/** Longer than an answer takes. A client that has not sent its whole request by then is cut off. */
const CUT_OFF_MS = 4_000;
const SWEEP_MS = 50;

/** Resolves when every request that came is answered. */
async function closed(server: ServerType): Promise<void> {
  const connections = 'closeAllConnections' in server ? server : undefined;
  // Node closes those that are idle now; one whose answer ends later would be kept alive for five seconds.
  const sweeping = setInterval(() => connections?.closeIdleConnections(), SWEEP_MS);
  const cutOff = setTimeout(() => connections?.closeAllConnections(), CUT_OFF_MS);
  await new Promise(resolve => server.close(resolve));
  clearInterval(sweeping);
  clearTimeout(cutOff);
}
