// The stand's Calls: an SFU with the API of Cloudflare Calls (Realtime SFU) that carries media between browsers on this machine or its
// network. stand/up.ts serves it on port 8803; the cabinet reaches it at CALLS_API_URL. It implements developers.cloudflare.com/realtime/sfu.
import { Hono } from 'hono';
import { createFaults, faultRoutes } from '../faults.ts';
import { serve } from '../serve.ts';
import { apiRoutes, faultPoints } from './api.ts';
import { deskRoutes, stats } from './desk.ts';
import { createNetwork } from './network.ts';
import { deskBody, shell } from './pages.ts';
import { createSessions, type Sessions } from './sessions.ts';

export interface CallsOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly turnKeyId?: string;
  readonly turnKeySecret?: string;
  /** The address of this machine to which browsers send media. */
  readonly hostIp?: string;
  readonly now?: () => number;
  /** Milliseconds between two ticks: reports to browsers and checks of time limits. */
  readonly heartbeatMs?: number;
}

function createCalls(
  {
    appId,
    appSecret,
    turnKeyId = 'stand-turn',
    turnKeySecret = 'stand-turn-secret',
    hostIp = '127.0.0.1',
    now = Date.now,
    heartbeatMs = 1000,
  }: CallsOptions,
  ending: AbortSignal,
) {
  const faults = createFaults(faultPoints, ending);
  const network = createNetwork(now, id => sessions.look(id) !== undefined);
  const sessions: Sessions = createSessions(hostIp, now, network.loses);
  const heartbeat = setInterval(sessions.tick, heartbeatMs);
  // Calls that wait for a browser to connect end with their session.
  ending.addEventListener('abort', sessions.end);

  const app = new Hono();
  app.get('/', c => c.redirect('/__stand'));
  app.route('/v1', apiRoutes(sessions, faults, { appId, appSecret, turnKeyId, turnKeySecret }));
  app.route('/__stand', deskRoutes(sessions, faults, network));
  app.route(
    '/__stand',
    faultRoutes(
      faults,
      shell,
      () => deskBody(sessions, network),
      () => stats(sessions, network),
    ),
  );
  return {
    app,
    async close() {
      clearInterval(heartbeat);
      await sessions.ended();
    },
  };
}

/** Port 0 takes any free port. The API listens on 127.0.0.1, whatever `hostIp` is. */
export const serveCalls = (options: CallsOptions & { readonly port: number }) =>
  serve(options.port, (_, ending) => createCalls(options, ending));
