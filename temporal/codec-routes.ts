// The codec server of Temporal's web console: decodes and encodes payloads, only for the console's own origins. host.ts mounts it under
// /codec when at least one origin is set.
import { type JSONPayload, JSONToPayload, payloadToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { PayloadCodec } from '@temporalio/common';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { z } from 'zod';

export interface CodecDoor {
  /** Origins of the console. */
  readonly origins: readonly string[];
  /** A bearer token that each request must also have; set where the host is reachable from outside. */
  readonly token: string | undefined;
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
    if (door.token !== undefined && c.req.header('authorization') !== `Bearer ${door.token}`) return c.json({ kind: 'noToken' }, 401);
    return next();
  });
  app.use(bodyLimit({ maxSize: 8 * MEGABYTE }));

  app.post('/decode', async c => answer(await c.req.json(), payloads => codec.decode(payloads)));
  app.post('/encode', async c => answer(await c.req.json(), payloads => codec.encode(payloads)));
  return app;
}

type Apply = PayloadCodec['decode'];

async function answer(body: unknown, apply: Apply): Promise<Response> {
  const parsed = Payloads.safeParse(body);
  if (!parsed.success) return Response.json({ kind: 'malformed' }, { status: 400 });
  const payloads = await apply(parsed.data.payloads.map(payload => JSONToPayload(jsonPayload(payload))));
  return Response.json({ payloads: payloads.map(payloadToJSON) });
}

const jsonPayload = ({ metadata, data }: z.output<typeof Payloads>['payloads'][number]): JSONPayload => ({
  metadata: metadata ?? null,
  data: data ?? null,
});
