// The gateway: what the edge tells Temporal, one outbox message a request. workerd cannot speak gRPC, so this stands between; it offers
// start and signal and nothing else. host.ts serves it.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type NonceStore, type SigningKeys, verifySigned } from '../worker/auth/message-signature.ts';
import type { Calls } from './calls.ts';
import { parseOutboxMessage } from './outbox-message.ts';
import { deliver } from './delivery.ts';
import { MARK, type Marked } from '../workflows/messages.ts';

export interface GatewayPorts {
  readonly calls: Calls;
  readonly keys: SigningKeys;
  readonly seenNonce: NonceStore;
  readonly now: () => number;
  /** Whether the worker beside the gateway polls for work. */
  readonly isWorking: () => boolean;
}

const RETRY_AFTER_S = '5';
const LARGEST_BYTES = 16 * 1024;

const marked = (mark: Marked) => ({ [MARK]: mark });

export function gatewayOf(ports: GatewayPorts): Hono {
  const app = new Hono();

  app.get('/healthz', c => c.json({ kind: 'alive' }));

  app.get('/readyz', async c => {
    const reached = await ports.calls.make(({ connection }) => connection.workflowService.getSystemInfo({}));
    if (reached.kind !== 'reached' || !ports.isWorking())
      return c.json({ kind: 'notReady', temporal: reached.kind, worker: ports.isWorking() }, 503);
    return c.json({ kind: 'ready' });
  });

  app.post(
    '/v1/messages',
    bodyLimit({ maxSize: LARGEST_BYTES, onError: c => c.json({ kind: 'tooLarge' }, 413, marked('refused')) }),
    async c => {
      const body = await c.req.text();
      const verdict = await verifySigned(c.req.raw, body, ports.keys, ports.now(), ports.seenNonce);
      if (verdict.kind === 'refused') return c.json(verdict, 401);
      const message = parseOutboxMessage(body);
      if (message === null) return c.json({ kind: 'malformed' }, 400, marked('refused'));

      const told = await ports.calls.make(client => deliver(client, message));
      if (told.kind === 'invalid') return c.json({ kind: 'invalid' }, 422, marked('refused'));
      if (told.kind === 'down') return c.json({ kind: 'down' }, 503, { 'retry-after': RETRY_AFTER_S, ...marked('later') });
      return told.value.kind === 'unknown' ? c.json(told.value, 404, marked('refused')) : c.json(told.value, 200, marked('done'));
    },
  );

  return app;
}
