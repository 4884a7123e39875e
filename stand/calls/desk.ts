// The stand's own controls of Calls on /__stand: network faults, ending a session, and figures for tests. calls.ts mounts these routes
// before those of stand/faults.ts, which has the rest.
import { type Context, Hono } from 'hono';
import type { Faults } from '../faults.ts';
import { heldBytes } from './memory.ts';
import { isNetworkFault, type Network } from './network.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import { list } from './tracks.ts';

/** POST /faults with loss or blackhole, POST /kill?session=…, GET /stats, GET /memory. */
export function deskRoutes(sessions: Sessions, faults: Faults, network: Network): Hono {
  const app = new Hono();
  app.post('/faults', async (c, next) => {
    const asked = isForm(c) ? await c.req.parseBody() : await c.req.json().catch(() => undefined);
    if (!isNetworkFault(asked)) {
      if (isNone(asked)) network.clear();
      return next();
    }
    const why = network.put(asked);
    if (why !== undefined) return c.json({ message: why }, 400);
    return done(c, { faults: [...faults.current(), ...network.current()] });
  });
  app.post('/kill', c => {
    const session = sessions.look(c.req.query('session') ?? '');
    if (session === undefined) return c.json({ message: 'Такого сеанса нет.' }, 404);
    session.close();
    return done(c, { killed: session.id });
  });
  app.get('/stats', c => c.json(stats(sessions, network)));
  app.get('/memory', c => c.json({ heldBytes: heldBytes(), rssBytes: process.memoryUsage.rss() }));
  return app;
}

const isForm = (c: Context) => c.req.header('content-type')?.includes('form') ?? false;
const isNone = (asked: unknown) => typeof asked === 'object' && asked !== null && 'kind' in asked && asked.kind === 'none';

/** A person is redirected to the page, a program gets JSON. */
const done = (c: Context, said: object) =>
  isForm(c) && c.req.header('accept')?.includes('text/html') ? c.redirect('/__stand', 303) : c.json(said);

/** Bits per second over the last second, packets since the track began, processor seconds of the whole process. */
export function stats(sessions: Sessions, network: Network): object {
  const { user, system } = process.cpuUsage();
  return {
    sessions: sessions.all().map(session => sessionStats(session, sessions.now())),
    network: network.current(),
    process: { cpuSeconds: (user + system) / 1e6, uptimeSeconds: process.uptime() },
  };
}

function sessionStats(session: Session, now: number): object {
  const { id, state, createdAt, heardAt, publications, subscriptions, negotiation } = session;
  return {
    id,
    state,
    createdAt,
    silentMs: now - heardAt,
    mLines: negotiation.lines.length,
    published: publications
      .filter(({ isOpen }) => isOpen)
      .map(({ trackName, line: { mid, kind }, meter: { bitsPerSecond, packets }, reception: { lost }, subscriptions: by }) => {
        return { trackName, mid, kind, bitsPerSecond, packets, lost, subscribers: by.size };
      }),
    subscribed: subscriptions
      .filter(({ isOpen }) => isOpen)
      .map(({ sessionId, trackName, line: { mid, kind }, meter: { bitsPerSecond, packets }, publication }) => {
        return { sessionId, trackName, mid, kind, bitsPerSecond, packets, isAlive: publication !== undefined };
      }),
    ...list(session),
  };
}
