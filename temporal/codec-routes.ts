// The codec server of Temporal's web console: decodes payloads for staff, only on the console's own origins. host.ts mounts it under /codec when at least
// one origin is set. It encodes nothing: what a workflow reads is written by the host alone.
import { createHash, timingSafeEqual } from 'node:crypto';
import { type JSONPayload, JSONToPayload, payloadToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { z } from 'zod';
import { isEncrypted } from './codec.ts';

export interface CodecDoor {
  /** Origins of the console. */
  readonly origins: readonly string[];
  /** A bearer token for the Temporal command line; without it only staff sessions may decode. */
  readonly token: string | undefined;
  /** Whether the Cookie header of a request is the session of somebody who may read histories. */
  readonly isStaff: (cookie: string) => Promise<boolean>;
}

const MEGABYTE = 1024 * 1024;

const Payloads = z.object({
  payloads: z.array(z.object({ metadata: z.record(z.string(), z.string()).nullish(), data: z.string().nullish() })).max(10_000),
});

export function codecRoutes(codec: PayloadCodec, door: CodecDoor): Hono {
  const app = new Hono();
  const allowHeaders = ['X-Namespace', 'Content-Type', 'Authorization', 'Authorization-Extras'];

  app.use(cors({ origin: [...door.origins], allowMethods: ['POST', 'OPTIONS'], allowHeaders, credentials: true }));
  app.use(async (c, next) => {
    // CORS only prevents a foreign page from reading the answer; this check refuses its request before anything is decoded. The Temporal
    // command line sends no origin.
    const origin = c.req.header('origin');
    if (origin !== undefined && !door.origins.includes(origin)) return c.json({ kind: 'foreignOrigin' }, 403);
    if (!(await mayDecode(c, door))) return c.json({ kind: 'signIn' }, 401);
    return next();
  });
  app.use(bodyLimit({ maxSize: 8 * MEGABYTE }));

  app.post('/decode', async c => {
    const parsed = Payloads.safeParse(jsonOrNull(await c.req.text()));
    if (!parsed.success) return c.json({ kind: 'malformed' }, 400);
    try {
      const payloads = await Promise.all(parsed.data.payloads.map(payload => opened(codec, JSONToPayload(jsonPayload(payload)))));
      return c.json({ payloads: payloads.map(payloadToJSON) });
    } catch {
      // What was changed, cut, or sealed with a key that is not ours cannot be told apart here, and says nothing about this server.
      return c.json({ kind: 'unreadable' }, 422);
    }
  });
  return app;
}

/** A token or a session of staff. A cookie counts only with an origin of the list, which a browser always sends here. */
async function mayDecode(c: Context, { token, isStaff }: CodecDoor): Promise<boolean> {
  const authorization = c.req.header('authorization');
  if (token !== undefined && authorization !== undefined && isSame(authorization, `Bearer ${token}`)) return true;
  const cookie = c.req.header('cookie');
  return cookie !== undefined && c.req.header('origin') !== undefined && (await isStaff(cookie));
}

const jsonOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const digestOf = (text: string) => createHash('sha256').update(text).digest();
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(digestOf(given), digestOf(wanted));

/** The console asks about everything that it shows. What is not encrypted can be read without us. */
async function opened(codec: PayloadCodec, payload: Payload): Promise<Payload> {
  if (!isEncrypted(payload)) return payload;
  const [decoded] = await codec.decode([payload]);
  return decoded ?? payload;
}

const jsonPayload = ({ metadata, data }: z.output<typeof Payloads>['payloads'][number]): JSONPayload => ({
  metadata: metadata ?? null,
  data: data ?? null,
});
