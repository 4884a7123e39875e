// A proxy between a browser and Cloudflare Calls, which does not know rooms. Each request needs a live RoomPass, uses only the caller's own
// media session and pulls only tracks of this room; or a CheckPass, with a room of its holder's own. Bodies are rebuilt from the parsed
// input; no header, cookie or query of the browser is forwarded.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { noteFault } from '../../data/call-passport.ts';
import type { Side } from '../../../workflows/rules/admission.ts';
import type { HonoEnv } from '../../world.ts';
import { wireJsonOf } from '../../http/form.ts';
import type { VideoAnswer } from '../../providers/video/port.ts';
import { checkRoomOf, isCheckPass, openCheckPass } from '../../rooms/check-pass.ts';
import { checkPass, roomOf } from '../../rooms/entrance.ts';
import type { Room } from '../../rooms/room.ts';

type C = Context<HonoEnv>;

const name = z.string().min(1).max(200);
const description = z.object({ type: z.enum(['offer', 'answer']), sdp: z.string().max(200_000) });
const ordering = z.enum(['none', 'asciibetical']);
const simulcast = z.object({ preferredRid: name.optional(), priorityOrdering: ordering.optional(), ridNotAvailable: ordering.optional() });
const local = z.object({ location: z.literal('local'), mid: name, trackName: name });
const remote = z.object({ location: z.literal('remote'), sessionId: name, trackName: name, simulcast: simulcast.optional() });

const push = z.object({ sessionDescription: description, tracks: z.array(local).min(1).max(64) });
const pull = z.object({ tracks: z.array(remote).min(1).max(64) });
const answer = z.object({ sessionDescription: description });
const close = z.object({
  tracks: z
    .array(z.object({ mid: name }))
    .min(1)
    .max(64),
  force: z.boolean().default(false),
  sessionDescription: description.optional(),
});
const update = z.object({
  tracks: z
    .array(z.object({ mid: name, sessionId: name, trackName: name, simulcast: simulcast.optional() }))
    .min(1)
    .max(64),
});

/** How long TURN credentials are valid, s: long enough for a late visit, and for one check. */
const TURN_S = { visit: 4 * 3600, check: 5 * 60 };

const SESSION = ':session{[\\w-]{1,100}}';

export const calls = new Hono<HonoEnv>()
  // partytracks waits forever for a sessionId when an error comes as JSON, and tries again when it is text.
  .post('/calls/sessions/new', requires('machine'), async c => {
    const holder = await holderOf(c);
    if (holder.kind === 'refused') return c.text(holder.code, 403);
    if (!(await holder.room.mayOpenSession(holder.kind === 'tester' ? 'check' : holder.hash))) return c.text('too_many_sessions', 429);
    const said = await call(c, holder, 'POST', 'sessions/new');
    const sessionId = said.body?.['sessionId'];
    if (!isSuccess(said) || typeof sessionId !== 'string') return c.text('calls_unavailable', 502);
    const kept =
      holder.kind === 'tester'
        ? await holder.room.keepCheck(sessionId)
        : await holder.room.keepSession(holder.role, holder.hash, sessionId);
    return kept ? c.json({ sessionId }, 201) : c.text('room_ended', 403);
  })

  // Called by our own island, not by partytracks, when a connection has become silent.
  .get(`/calls/sessions/${SESSION}`, requires('machine'), async c => {
    const caller = await callerOf(c, []);
    if (caller.kind === 'refused') return c.json({ errorCode: caller.code }, 403);
    const said = await call(c, caller, 'GET', `sessions/${c.req.param('session')}`);
    if (isGone(said)) {
      notes(c, caller, 'sessionLost', null);
      return c.json({ errorCode: 'session_gone' }, 410);
    }
    return isSuccess(said) ? c.json({}) : c.json({ errorCode: codeOf(said) }, 502);
  })

  .post(`/calls/sessions/${SESSION}/tracks/new`, requires('machine'), async c => {
    const body = await wireJsonOf(c);
    const pulled = pull.safeParse(body);
    if (pulled.success) return await pullTracks(c, pulled.data);
    return await forward(c, 'POST', 'tracks/new', push.safeParse(body), []);
  })

  .put(`/calls/sessions/${SESSION}/renegotiate`, requires('machine'), async c =>
    forward(c, 'PUT', 'renegotiate', answer.safeParse(await wireJsonOf(c)), []),
  )
  .put(`/calls/sessions/${SESSION}/tracks/close`, requires('machine'), async c =>
    forward(c, 'PUT', 'tracks/close', close.safeParse(await wireJsonOf(c)), []),
  )
  .put(`/calls/sessions/${SESSION}/tracks/update`, requires('machine'), async c => {
    const parsed = update.safeParse(await wireJsonOf(c));
    return await forward(c, 'PUT', 'tracks/update', parsed, parsed.success ? parsed.data.tracks.map(track => track.sessionId) : []);
  })

  .on(['GET', 'POST'], '/calls/generate-ice-servers', requires('machine'), async c => {
    const holder = await holderOf(c);
    if (holder.kind === 'refused') return c.json({ errorCode: holder.code }, 403);
    return c.json({ iceServers: await c.var.world.video.iceServers(holder.kind === 'tester' ? TURN_S.check : TURN_S.visit) });
  });

/** partytracks does not repeat a pull whose request failed, but it repeats single tracks, so a failure is reported per track. */
async function pullTracks(c: C, body: z.infer<typeof pull>): Promise<Response> {
  const failed = (errorCode: string) => ({
    requiresImmediateRenegotiation: false,
    tracks: body.tracks.map(track => ({ ...track, mid: '', errorCode })),
  });
  const caller = await callerOf(
    c,
    body.tracks.map(track => track.sessionId),
  );
  if (caller.kind === 'refused') return c.json(failed(caller.code), 403);
  const said = await call(c, caller, 'POST', `sessions/${c.req.param('session')}/tracks/new`, body);
  const isWhole = isSuccess(said) && said.body?.['errorCode'] === undefined && Array.isArray(said.body?.['tracks']);
  return isWhole ? c.json(said.body) : c.json(failed(codeOf(said)));
}

type Body = { readonly success: true; readonly data: object } | { readonly success: false };

async function forward(c: C, method: 'POST' | 'PUT', what: string, body: Body, pulled: readonly string[]): Promise<Response> {
  if (!body.success) return c.json({ errorCode: 'malformed' }, 400);
  const caller = await callerOf(c, pulled);
  if (caller.kind === 'refused') return c.json({ errorCode: caller.code }, 403);
  const said = await call(c, caller, method, `sessions/${c.req.param('session')}/${what}`, body.data);
  if (isSuccess(said) && said.body !== null && said.body['errorCode'] === undefined) return c.json(said.body);
  // The body has no `tracks`: otherwise partytracks would wait for packets of a refused track; without it, it tries again.
  return c.json({ errorCode: codeOf(said) }, 502);
}

// 501 means that the browser asked for something the service does not have, so it is not a fault of the service.
const isDown = ({ status }: VideoAnswer): boolean => status === 0 || (status >= 500 && status !== 501);

/** Calls the SFU. When it is down, that is recorded in the call's passport. */
async function call(c: C, caller: Caller, method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<VideoAnswer> {
  const said = await c.var.world.video.call(method, path, body);
  if (isDown(said)) notes(c, caller, 'callsDown', said.status === 0 ? 'unreachable' : String(said.status));
  return said;
}

/** Records a fault of the service, at most once a minute and after the response. A connection check belongs to no call. */
function notes(c: C, caller: Caller, kind: 'callsDown' | 'sessionLost', detail: string | null): void {
  if (caller.kind === 'tester') return;
  const { consultationId } = caller;
  c.executionCtx.waitUntil(noteFault(c.var.db, { consultationId, personId: null, side: 'sfu', kind, detail }, c.var.now));
}

/** The holder of the pass, if this is their media session and the pulled tracks are of this room; refused otherwise. */
async function callerOf(c: C, pulled: readonly string[]): Promise<Holder> {
  const holder = await holderOf(c);
  if (holder.kind === 'refused') return holder;
  const verdict = await holder.room.judge({ role: holder.role, own: c.req.param('session') ?? '', pulled });
  const code = { fine: null, ended: 'room_ended', notYours: 'session_not_yours', notHere: 'track_not_in_room' }[verdict];
  return code === null ? holder : { kind: 'refused', code };
}

/** The room of a check has one side, the person who checks. */
type Caller =
  | {
      readonly kind: 'holder';
      readonly consultationId: string;
      readonly room: DurableObjectStub<Room>;
      readonly role: Side;
      readonly hash: string;
    }
  | { readonly kind: 'tester'; readonly room: DurableObjectStub<Room>; readonly role: 'patient' };
type Holder = Caller | { readonly kind: 'refused'; readonly code: string };

/**
 * The pass is in a header, never in the address, which logs keep. Media is allowed when the room is open, not in the
 * waiting room.
 */
async function holderOf(c: C): Promise<Holder> {
  const token = c.req.header('x-room-pass');
  if (isCheckPass(token)) return await testerOf(c, token);
  const checked = await checkPass(c.var.db, token, c.var.now);
  if (checked.kind !== 'live') return { kind: 'refused', code: `pass_${checked.kind}` };
  const { admission } = checked;
  const { consultationId, role, hash } = checked.pass;
  if (admission.kind === 'open') return { kind: 'holder', consultationId, room: roomOf(c.env.ROOM, consultationId), role, hash };
  return { kind: 'refused', code: admission.kind === 'over' ? 'room_ended' : 'room_not_open' };
}

async function testerOf(c: C, token: string): Promise<Holder> {
  const opened = await openCheckPass(c.var.db, c.var.world.seal, token, c.var.now);
  if (opened.kind !== 'live') return { kind: 'refused', code: `pass_${opened.kind}` };
  return { kind: 'tester', room: checkRoomOf(c.env.ROOM, opened.personId), role: 'patient' };
}

const isSuccess = ({ status }: VideoAnswer): boolean => status >= 200 && status < 300;

/** The SFU answered that it does not know the session; its documentation does not say with which status. */
const isGone = ({ status, body }: VideoAnswer): boolean => status === 404 || status === 410 || body?.['errorCode'] === 'session_error';

const codeOf = ({ status, body }: VideoAnswer): string => {
  const code = body?.['errorCode'];
  return typeof code === 'string' ? code : status === 0 ? 'calls_unreachable' : `calls_${status}`;
};
