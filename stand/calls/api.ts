// The HTTP API of the stand's Calls, /v1: checks the secret, the request's form and the state of the session, then runs the operation, one
// at a time per session. Mounted by calls.ts.
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Faults } from '../faults.ts';
import { answer as takeAnswer, pull, update } from './pull.ts';
import { isPush, open, push } from './push.ts';
import { notEmulated, Refusal } from './refusal.ts';
import * as requests from './requests.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import { close, list } from './tracks.ts';

export interface Keys {
  readonly appId: string;
  readonly appSecret: string;
  readonly turnKeyId: string;
  readonly turnKeySecret: string;
}

const operations = ['new', 'push', 'pull', 'renegotiate', 'close', 'update', 'get', 'turn'] as const;
type Operation = (typeof operations)[number];
export const faultPoints = {
  delay: operations,
  error: [...operations, 'track', 'new-after', 'push-after', 'pull-after', 'renegotiate-after', 'close-after', 'update-after'],
};

export function apiRoutes(sessions: Sessions, faults: Faults, { appId, appSecret, turnKeyId, turnKeySecret }: Keys): Hono {
  const api = new Hono();
  api.use('/apps/:app/*', async (c, next) => {
    checkBearer(c, appSecret);
    if (c.req.param('app') !== appId) throw new Refusal(403, 'forbidden', 'The secret is not for this app.');
    await next();
  });

  api.post('/apps/:app/sessions/new', async c => {
    const asked = checked(requests.newSession, await c.req.text());
    const made = await suffer(faults, 'new', async () => {
      const session = await sessions.open();
      if (asked.sessionDescription === undefined) return { sessionId: session.id };
      const { sessionDescription } = open(session, asked.sessionDescription);
      return { sessionId: session.id, sessionDescription };
    });
    return c.json(made, 201);
  });
  api.get('/apps/:app/sessions/:session', c => {
    const session = called(c);
    return answer(c, 'get', async () => list(session));
  });
  api.post('/apps/:app/sessions/:session/tracks/new', async c => {
    const session = called(c);
    const asked = checked(requests.newTracks, await c.req.text());
    if (isPush(asked)) return answer(c, 'push', () => whenReady(session, () => push(session, asked)));
    const isRefused = () => faults.take('error', 'track') !== undefined;
    return answer(c, 'pull', () => whenReady(session, () => pull(sessions, session, asked, isRefused)));
  });
  api.put('/apps/:app/sessions/:session/renegotiate', async c => {
    const session = called(c);
    const asked = checked(requests.renegotiate, await c.req.text());
    // The only call that does not wait for a connection: a session whose first act is a pull connects only through this call.
    return answer(c, 'renegotiate', () => session.inTurn(async () => takeAnswer(session, asked)));
  });
  api.put('/apps/:app/sessions/:session/tracks/close', async c => {
    const session = called(c);
    const asked = checked(requests.closeTracks, await c.req.text());
    return answer(c, 'close', () => whenReady(session, () => close(session, asked)));
  });
  api.put('/apps/:app/sessions/:session/tracks/update', async c => {
    const session = called(c);
    const asked = checked(requests.updateTracks, await c.req.text());
    return answer(c, 'update', () => whenReady(session, () => update(sessions, session, asked)));
  });
  api.all('/apps/:app/sessions/:session/datachannels/*', () => {
    throw notEmulated('data channels');
  });

  // Browsers on one machine or one network need no relay, so the list is empty.
  api.post('/turn/keys/:key/credentials/generate-ice-servers', async c => {
    checkBearer(c, turnKeySecret);
    if (c.req.param('key') !== turnKeyId) throw new Refusal(403, 'forbidden', 'The token is not for this TURN key.');
    checked(requests.iceServers, await c.req.text());
    return c.json(await suffer(faults, 'turn', async () => ({ iceServers: [] })), 201);
  });

  api.all('*', () => {
    throw new Refusal(404, 'not_found', 'There is no such method.');
  });
  api.onError((error, c) => {
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal_error', 'Internal error.');
    if (refusal !== error) console.error(error);
    // The status comes from a fault's number or from a Refusal, which hono's list of literal types does not allow.
    return c.json(refusal.body, refusal.status as ContentfulStatusCode);
  });
  return api;

  function called(c: Context): Session {
    const session = sessions.find(c.req.param('session') ?? '');
    sessions.count(session.id);
    return session;
  }

  async function answer(c: Context, operation: Operation, act: () => Promise<object>): Promise<Response> {
    return c.json(await suffer(faults, operation, act));
  }
}

async function suffer<T>(faults: Faults, operation: Operation, act: () => Promise<T>): Promise<T> {
  await faults.pause(operation);
  const fault = faults.take('error', operation);
  if (fault !== undefined) throw new Refusal(fault.status, 'internal_error', 'A fault of the stand.');
  const done = await act();
  const lost = faults.take('error', `${operation}-after`);
  if (lost !== undefined) throw new Refusal(lost.status, 'internal_error', 'It was done, but you do not know it.');
  return done;
}

function whenReady(session: Session, act: () => object): Promise<object> {
  return session.inTurn(async () => {
    if (!(await session.isReady()))
      throw new Refusal(425, 'session_error', 'The session is not ready: its PeerConnection is not connected.');
    return act();
  });
}

/**
 * A missing body counts as an empty object, because a session is opened without a body. Throws a Refusal (400) when the body does not
 * match.
 */
function checked<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new Refusal(400, 'decoding_error', `The request could not be decoded: ${z.prettifyError(parsed.error)}`);
}

function jsonOf(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkBearer(c: Context, secret: string): void {
  const given = Buffer.from(c.req.header('authorization') ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new Refusal(401, 'unauthorized', 'The bearer token is wrong.');
}
