// The entrance of a room for a browser: the pass, the socket, the device check. Only for the patient and the doctor of the consultation;
// 404 for anybody else. Responses are JSON, because the room is an island.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { randomToken, sha256 } from '../../auth/seal.ts';
import { write } from '../../data/db.ts';
import { audited } from '../../data/audit.ts';
import { keepsDevice } from '../../data/call-devices.ts';
import { keepsCheck } from '../../data/device-checks.ts';
import { givePass, type PassHolder, renewPass } from '../../data/room-passes.ts';
import type { HonoEnv } from '../../world.ts';
import { jsonOf } from '../../http/form.ts';
import { PASS_PROTOCOL, ROOM_PROTOCOL } from '../../../workflows/rules/room-messages.ts';
import { callDeviceOf } from '../../../workflows/rules/call-device.ts';
import { closeSessions } from '../../rooms/closing.ts';
import { checkPass, mayBePresent, mayCheck, roomOf, seeMeeting } from '../../rooms/entrance.ts';

type C = Context<HonoEnv>;

const DETAILS_BYTES = 2048;

const check = z.object({
  camera: z.boolean(),
  microphone: z.boolean(),
  speaker: z.boolean(),
  network: z.enum(['video', 'audio', 'chat']),
  details: z.record(z.string().max(40), z.union([z.string().max(200), z.number(), z.boolean(), z.null()])).default({}),
});

export const room = new Hono<HonoEnv>()
  .post('/consultations/:id/room/pass', requires('signedIn', 'json'), async c => {
    const seen = await seeMeeting(c);
    if (seen.kind === 'refused') return seen.answer;
    const { entrance, sessionId } = seen;
    if (!mayBePresent(entrance.admission)) return c.json(entrance.admission, 409);
    const holder = { consultationId: entrance.consultation.id, personId: entrance.personId, role: entrance.role };
    const held = c.req.header('x-room-pass');
    return held ? await renewed(c, held, holder, sessionId) : await given(c, holder, sessionId);
  })

  .get('/consultations/:id/room/socket', requires('signedIn', 'json'), async c => {
    const seen = await seeMeeting(c);
    if (seen.kind === 'refused') return seen.answer;
    if (!isOwnOrigin(c)) return c.json({ kind: 'foreign' }, 403);
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') return c.json({ kind: 'upgrade' }, 426);
    const checked = await checkPass(c.var.db, passIn(c), c.var.now);
    if (checked.kind !== 'live') return c.json({ kind: checked.kind }, 403);
    const { pass, admission } = checked;
    const { consultation, personId } = seen.entrance;
    if (pass.consultationId !== consultation.id || pass.personId !== personId) return c.json({ kind: 'unknown' }, 403);
    if (!mayBePresent(admission)) return c.json(admission, 409);
    const speaker = JSON.stringify({ consultationId: consultation.id, personId, role: pass.role, passHash: pass.hash });
    const upgrade = new Request('https://room/', { headers: { upgrade: 'websocket', 'x-speaker': speaker } });
    const opened = await roomOf(c.env.ROOM, consultation.id).fetch(upgrade);
    if (!opened.webSocket) return c.json({ kind: 'over' }, 409);
    // A new Response, because the headers of the room's own one cannot be changed.
    return new Response(null, { status: 101, webSocket: opened.webSocket, headers: { 'sec-websocket-protocol': ROOM_PROTOCOL } });
  })

  .post('/consultations/:id/room/check', requires('signedIn', 'json'), async c => {
    const seen = await seeMeeting(c);
    if (seen.kind === 'refused') return seen.answer;
    if (!mayCheck(seen.entrance.admission)) return c.json(seen.entrance.admission, 409);
    const parsed = check.safeParse(await jsonOf(c));
    const details = parsed.success ? JSON.stringify(parsed.data.details) : '';
    if (!parsed.success || new TextEncoder().encode(details).length > DETAILS_BYTES) return c.json({ kind: 'malformed' }, 422);
    await write(c.var.db, [keepsCheck(seen.entrance.consultation.id, seen.entrance.personId, { ...parsed.data, details }, c.var.now)]);
    return c.json({ kind: 'kept' }, 201);
  });

/** A new device: its pass replaces the previous device's, whose socket and media are closed. */
async function given(c: C, holder: PassHolder, sessionId: string): Promise<Response> {
  const token = randomToken();
  const hash = await sha256(token);
  const { consultationId, personId, role } = holder;
  const expiresAt = await givePass(c.var.db, hash, holder, sessionId, c.var.now);
  await write(c.var.db, [
    audited({ now: c.var.now, personId, sessionId, act: 'room.pass', kind: 'consultation', id: consultationId, detail: role }),
    keepsDevice(holder, callDeviceOf(c.req.header('user-agent') ?? ''), c.var.now),
  ]);
  const stale = await roomOf(c.env.ROOM, consultationId).takeOver(role, hash);
  if (stale.length > 0) c.executionCtx.waitUntil(closeSessions(c.var.world.video, stale));
  return c.json({ pass: token, participant: role, role, expiresAt });
}

async function renewed(c: C, token: string, holder: PassHolder, sessionId: string): Promise<Response> {
  const answer = await renewPass(c.var.db, await sha256(token), holder, sessionId, c.var.now);
  if (answer.kind === 'renewed') return c.json({ pass: token, participant: holder.role, role: holder.role, expiresAt: answer.expiresAt });
  return c.json(answer, answer.kind === 'replaced' ? 409 : 403);
}

/** The pass among the offered subprotocols; only ROOM_PROTOCOL is accepted, so the answer does not repeat it. */
const passIn = (c: C): string | undefined =>
  c.req
    .header('sec-websocket-protocol')
    ?.split(',')
    .map(protocol => protocol.trim())
    .find(protocol => protocol.startsWith(PASS_PROTOCOL))
    ?.slice(PASS_PROTOCOL.length);

/** WebSockets are not covered by the same-origin policy, so the page that opens one must be ours. */
function isOwnOrigin(c: C): boolean {
  const origin = c.req.header('origin');
  return origin !== undefined && (origin === new URL(c.var.world.settings.PUBLIC_URL).origin || origin === new URL(c.req.url).origin);
}
