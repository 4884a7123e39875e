// The host's calls to a Temporal server that does not answer: they end before the connection does, so that no retry is left to end the process.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Client } from '@temporalio/client';
import { afterEach, expect, test } from 'vitest';
import { callsOf } from '../../temporal/calls.ts';
import { connectionTo } from '../../temporal/connection.ts';
import { deliver } from '../../temporal/delivery.ts';
import type { OutboxMessage } from '../../workflows/messages.ts';

const PAID: OutboxMessage = { kind: 'signal', name: 'paid', consultationId: 'c1', told: { messageId: 'paid:c1' } };

const opened: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, sockets } of opened.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise(closed => server.close(closed));
  }
});

/** A port where a connection is treated so; `tried` tells when one has come. */
async function port(treat: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket.on('error', () => undefined));
    treat(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  opened.push({ server, sockets });
  const address = server.address();
  return { address: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, tried: once(server, 'connection') };
}

test.each([
  ['hangs up, so that the delivery is being retried', (socket: Socket) => void socket.destroy()],
  ['says nothing', () => undefined],
])('the connection is closed after the delivery under way when the server %s', async (_, treat) => {
  const { address, tried } = await port(treat);
  const calls = callsOf(new Client({ connection: connectionTo({ address, tls: false }) }));
  const order: string[] = [];

  void calls.make(client => deliver(client, PAID)).then(({ kind }) => order.push(kind));
  await tried;
  await calls.close();
  order.push('closed');

  expect(order).toEqual(['down', 'closed']);
  expect(await calls.make(client => deliver(client, PAID))).toEqual({ kind: 'down' });
});
