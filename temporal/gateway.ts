// The gateway: what the edge tells Temporal, one outbox message a request. workerd cannot speak gRPC, so this stands between; it offers
// start and signal and nothing else. host.ts serves it.
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type NonceStore, type SigningKeys, verifySigned } from '../worker/auth/message-signature.ts';
import { parseOutboxMessage } from './outbox-message.ts';
import { deliver } from './delivery.ts';

export interface GatewayPorts {
  readonly client: Client;
  readonly keys: SigningKeys;
  readonly seenNonce: NonceStore;
  readonly now: () => number;
  /** Whether the worker beside the gateway polls for work. */
  readonly isWorking: () => boolean;
}

/** The outbox does not wait longer: a message that got no answer is sent again. */
const DEADLINE_MS = 2_000;
const RETRY_AFTER_S = '5';
const LARGEST_BYTES = 16 * 1024;

export function gatewayOf(ports: GatewayPorts): Hono {
  const app = new Hono();

  app.get('/healthz', c => c.json({ kind: 'alive' }));

  app.get('/readyz', async c => {
    const reached = await inTime(ports.client, () => ports.client.connection.workflowService.getSystemInfo({}));
    if (reached.kind === 'down' || !ports.isWorking())
      return c.json({ kind: 'notReady', temporal: reached.kind, worker: ports.isWorking() }, 503);
    return c.json({ kind: 'ready' });
  });

  app.post('/v1/messages', bodyLimit({ maxSize: LARGEST_BYTES, onError: c => c.json({ kind: 'tooLarge' }, 413) }), async c => {
    const body = await c.req.text();
    const verdict = await verifySigned(c.req.raw, body, ports.keys, ports.now(), ports.seenNonce);
    if (verdict.kind === 'refused') return c.json(verdict, 401);
    const message = parseOutboxMessage(body);
    if (message === null) return c.json({ kind: 'malformed' }, 400);

    const told = await inTime(ports.client, () => deliver(ports.client, message));
    if (told.kind === 'down') return c.json({ kind: 'down' }, 503, { 'retry-after': RETRY_AFTER_S });
    return c.json(told.value, told.value.kind === 'unknown' ? 404 : 200);
  });

  return app;
}

type Reached<T> = { readonly kind: 'reached'; readonly value: T } | { readonly kind: 'down' };

// gRPC: CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE. All mean «not now»; other codes are mistakes and throw.
const PASSING = new Set([1, 4, 8, 10, 14]);

async function inTime<T>(client: Client, call: () => Promise<T>): Promise<Reached<T>> {
  // The SDK's own retries overrun the deadline of the call, so the clock here has the last word; a call that succeeds later does no harm.
  const late = delay(DEADLINE_MS, { kind: 'down' } as const, { ref: false });
  const answer = client.connection
    .withDeadline(Date.now() + DEADLINE_MS, call)
    .then(value => ({ kind: 'reached', value }) as const, downOrThrow);
  return Promise.race([answer, late]);
}

function downOrThrow(error: unknown): { readonly kind: 'down' } {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (isGrpcServiceError(cause) && PASSING.has(cause.code)) return { kind: 'down' };
  throw error;
}
