// DOOR: the host, one Node process without state: the gateway for the edge's outbox, the Temporal worker that carries activities to the edge,
// and the codec for the console. Run as many as you like; `node temporal/host.ts` reads the settings named in settings.ts.
import { serve } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { codecOf } from './codec.ts';
import { codecRoutes } from './codec-routes.ts';
import { reachOf } from './connection.ts';
import { dataConverterOf } from './data-converter.ts';
import { gatewayOf } from './gateway.ts';
import { rememberedNonces } from './nonces.ts';
import { listenerOf, parseSettings, type Settings } from './settings.ts';
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

  const connection = Connection.lazy({ ...reachOf(settings), connectTimeout: '2s' });
  const client = new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE, dataConverter: dataConverterOf(settings.CODEC_KEYS) });
  const working = keepWorking(settings, logger);

  const app = gatewayOf({
    client,
    keys: settings.EDGE_KEYS,
    seenNonce: rememberedNonces(Date.now),
    now: Date.now,
    isWorking: working.isWorking,
  });
  const origins = settings.CODEC_CONSOLE_ORIGIN.split(',').filter(origin => origin !== '');
  if (origins.length > 0) app.route('/codec', codecRoutes(codecOf(settings.CODEC_KEYS), { origins, token: settings.CODEC_TOKEN }));
  const server = serve({ fetch: app.fetch, ...listenerOf(settings) }, () => console.log(`The host listens on ${settings.HOST_LISTEN}.`));

  // The gateway first, so that nothing new comes in; then the worker, so that running activities end; the connection last.
  const stop = async () => {
    await new Promise(resolve => server.close(resolve));
    await working.stop();
    await connection.close();
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
