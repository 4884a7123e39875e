// The host as its own process: it starts without Temporal, is killed in the middle of a workflow and restarted, and ends in order.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSettings } from '../../temporal/settings.ts';
import { parseKeys, signedRequest } from '../../worker/auth/message-signature.ts';
import { MARK, type OutboxMessage } from '../../workflows/messages.ts';
import { PATIENCE_MS } from '../patience.ts';
import { booked, type FakeActivities, fakeActivities } from './fake-activities.ts';
import { realServer } from './server.ts';

const HOST = fileURLToPath(new URL('../../temporal/host.ts', import.meta.url));
const EDGE_KEYS = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const CODEC_KEYS = `c1:${Buffer.alloc(32, 2).toString('base64')}`;
const input = booked('host', Date.now());

let temporal: TestWorkflowEnvironment;
let fake: FakeActivities;
let edgeServer: Server;
let host: ChildProcess;
// Below the ports that the system gives to connections.
const port = 20_000 + (process.pid % 12_000);

beforeAll(async () => {
  temporal = await realServer();
  fake = fakeActivities(input);
  edgeServer = createServer((request, response) => {
    const name = request.url?.replace('/activities/', '') ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const call = Object.entries(fake.activities).find(([activity]) => activity === name)?.[1] ?? expect.fail();
      const key = request.headers['idempotency-key'];
      const answer: unknown = Reflect.apply(call, null, [JSON.parse(Buffer.concat(chunks).toString()), key]);
      void Promise.resolve(answer).then(value => response.setHeader(MARK, 'done').end(JSON.stringify(value)));
    });
  });
  await new Promise<void>(resolve => edgeServer.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  if (host !== undefined) await ended(host, 'SIGKILL');
  edgeServer?.close();
  edgeServer?.closeAllConnections();
  await temporal?.teardown();
});

/** Sends the signal and waits for the end; the exit code, null when the signal ended it. */
async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await once(child, 'exit');
  return child.exitCode;
}

function begin(temporalAddress = temporal.address): ChildProcess {
  const address = edgeServer.address() as AddressInfo;
  const settings = {
    EDGE_KEYS,
    CODEC_KEYS,
    PUBLIC_URL: `http://127.0.0.1:${address.port}`,
    HOST_LISTEN: `127.0.0.1:${port}`,
    TEMPORAL_ADDRESS: temporalAddress,
  };
  return spawn(process.execPath, [HOST], { env: { PATH: process.env['PATH'], ...settings }, stdio: 'ignore' });
}

const at = (path: string) => `http://127.0.0.1:${port}${path}`;
const answers = (path: string) =>
  expect
    .poll(
      () =>
        fetch(at(path)).then(
          r => r.status,
          () => 0,
        ),
      { timeout: PATIENCE_MS },
    )
    .toBe(200);
const isReady = () => answers('/readyz');
const tell = async (message: OutboxMessage) =>
  fetch(await signedRequest(at('/v1/messages'), { method: 'POST', body: JSON.stringify(message) }, parseKeys(EDGE_KEYS), Date.now()));

test('a host that is killed in the middle of a story goes on where it was', async () => {
  host = begin();
  await isReady();
  const isStarted = async () => (await tell({ kind: 'start', input: { ...input, expiresAt: Date.now() + 8_000 } })).status;
  await expect.poll(isStarted, { timeout: PATIENCE_MS }).toBe(200);
  await expect.poll(() => fake.letters(), { timeout: PATIENCE_MS }).toContain('booked:1');

  await ended(host, 'SIGKILL');
  host = begin();
  await isReady();

  // An activity may be asked twice, on a busy machine even without a kill: the fake knows it by its key. What is asked is the same.
  await expect.poll(() => [...new Set(fake.letters())], { timeout: PATIENCE_MS }).toEqual(['booked:1', 'lapsed:1']);
  expect(fake.asked).toContain('settleExpiry');
});

test('a host that is asked to end lets go in order', async () => {
  expect(await ended(host, 'SIGTERM')).toBe(0);
});

test('so does one whose worker has not begun yet', async () => {
  host = begin();
  await answers('/healthz');

  expect(await ended(host, 'SIGTERM')).toBe(0);
});

test('so does one whose Temporal server says nothing, with a message that waits for it', async () => {
  const sockets: Socket[] = [];
  const silent = createTcpServer(socket => sockets.push(socket));
  await once(silent.listen(0, '127.0.0.1'), 'listening');
  const { port: silentPort } = silent.address() as AddressInfo;
  host = begin(`127.0.0.1:${silentPort}`);
  await answers('/healthz');
  const told = tell({ kind: 'start', input });
  // One of the worker, one of the message.
  await expect.poll(() => sockets.length, { timeout: PATIENCE_MS }).toBe(2);

  expect(await ended(host, 'SIGTERM')).toBe(0);
  expect((await told).status).toBe(503);
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test('a missing or malformed setting is named with what it is for', () => {
  const settings = { EDGE_KEYS: 'k1:short', CODEC_KEYS, PUBLIC_URL: '', TEMPORAL_TLS: 'perhaps' };

  expect(parseSettings(settings)).toEqual({
    kind: 'refused',
    complaints: [
      'PUBLIC_URL is missing: the address of the cabinet, to which activities are posted.',
      'EDGE_KEYS is malformed: the keys with which the edge and the host sign, as id:base64,id:base64.',
      'TEMPORAL_TLS is malformed: whether the connection to Temporal is encrypted, true or false.',
    ],
  });
});
