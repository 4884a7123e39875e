// Ends a session, or all sessions of the person, and closes their sockets and media in rooms, so that a signed-out device receives nothing
// more. Called on sign-out, on a new sign-in and on a handover.
import type { Context } from 'hono';
import { ask } from '../data/db.ts';
import { heldPassesRead } from '../data/room-passes.ts';
import { endSessions } from '../data/sessions.ts';
import type { HonoEnv } from '../world.ts';
import { putOut } from '../rooms/closing.ts';
import { sha256 } from './seal.ts';

export async function signOut(c: Context<HonoEnv>, token: string, everywhere = false): Promise<void> {
  const asker = { tokenHash: await sha256(token), now: c.var.now };
  const { passes } = await ask(c.var.db, { passes: heldPassesRead(asker, everywhere) });
  await endSessions(c.var.db, asker, everywhere);
  c.executionCtx.waitUntil(putOut(c.env.ROOM, c.var.world.video, passes));
}
