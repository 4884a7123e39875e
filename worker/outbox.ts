// Delivers the outbox to the gateway, at least once and in order: after a request, and by the cron until it succeeds. Called by the routes,
// the room and worker/index.ts.
import type { Database } from './data/db.ts';
import type { Context } from 'hono';
import { parseKeys, signedRequest } from './auth/message-signature.ts';
import { delivered, dueLines, postponed, settleLines } from './data/outbox.ts';
import type { HonoEnv, World } from './world.ts';

const DEADLINE_MS = 3_000;

/** Delivers this consultation's outbox after the response was sent. */
export const deliverSoon = (c: Context<HonoEnv>, consultationId: string): void =>
  c.executionCtx.waitUntil(deliver(c.var.db, c.var.world, consultationId));

/** Sends due rows until there are none, or until the host accepts none. A row that was not accepted is postponed and stays. */
export async function deliver(db: Database, world: World, consultationId: string | null, now: () => number = Date.now): Promise<void> {
  for (let lines = await dueLines(db, now(), consultationId); lines.length > 0; lines = await dueLines(db, now(), consultationId)) {
    const heard = await Promise.all(lines.map(line => tell(world, line.body, now())));
    await settleLines(
      db,
      lines.map((line, i) => (heard[i] ? delivered(line, now()) : postponed(line, now()))),
    );
    if (!heard.some(Boolean)) return;
  }
}

async function tell(world: World, body: string, now: number): Promise<boolean> {
  const keys = parseKeys(world.settings.EDGE_KEYS);
  const request = await signedRequest(`${world.settings.HOST_URL}/v1/messages`, { method: 'POST', body }, keys, now);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(DEADLINE_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // The host is down or slow: the row stays in the outbox.
    return false;
  }
}
