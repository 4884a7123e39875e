// Delivers the outbox to the gateway, at least once and in order: after a request, and by the cron until it succeeds. Called by the routes,
// the room and worker/index.ts.
import type { Database } from './data/db.ts';
import type { Context } from 'hono';
import { z } from 'zod';
import { parseKeys, signedRequest } from './auth/message-signature.ts';
import { newId } from './data/ids.ts';
import { type Heard, settled, settleLines, takeLines } from './data/outbox.ts';
import type { HonoEnv, World } from './world.ts';
import { MARK } from '../workflows/messages.ts';

const DEADLINE_MS = 3_000;

// A Worker may make 1,000 requests for one event (developers.cloudflare.com/workers/platform/limits): 15 turns of 50 lines with their two
// statements each leave a margin. The next run goes on.
const TURNS = 15;

/** Delivers this consultation's outbox after the response was sent. */
export const deliverSoon = (c: Context<HonoEnv>, consultationId: string): void =>
  c.executionCtx.waitUntil(deliver(c.var.db, c.var.world, consultationId));

/**
 * Takes and sends due rows until there are none, or until the host is silent to a whole turn. A row that was not accepted is postponed and
 * stays; one that the host refuses again and again is dead in the end.
 */
export async function deliver(db: Database, world: World, consultationId: string | null, now: () => number = Date.now): Promise<void> {
  const taker = newId();
  for (let turn = 0; turn < TURNS; turn++) {
    const lines = await takeLines(db, taker, now(), consultationId);
    if (lines.length === 0) return;
    const answers = await Promise.all(lines.map(async line => ({ line, heard: await tell(world, line.body, now()) })));
    await settleLines(
      db,
      answers.map(({ line, heard }) => settled(line, heard, taker, now())),
    );
    if (answers.every(({ heard }) => heard.kind === 'unheard')) return;
  }
}

const refusal = z.object({ kind: z.string().max(40) });

async function tell(world: World, body: string, now: number): Promise<Heard> {
  const keys = parseKeys(world.settings.EDGE_KEYS);
  const request = await signedRequest(`${world.settings.HOST_URL}/v1/messages`, { method: 'POST', body }, keys, now);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(DEADLINE_MS) });
    const mark = response.headers.get(MARK);
    if (mark === 'refused') {
      const why = refusal.safeParse(await response.json().catch(() => null));
      return { kind: 'refused', why: why.success ? why.data.kind : String(response.status) };
    }
    await response.body?.cancel();
    return { kind: mark === 'done' && response.ok ? 'heard' : 'unheard' };
  } catch {
    // The host is down or slow: the row stays in the outbox.
    return { kind: 'unheard' };
  }
}
