// The host as its own process: it starts without Temporal, is killed in the middle of a workflow and restarted, and ends in order.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSettings } from '../../temporal/settings.ts';
import { parseKeys, signedRequest } from '../../worker/auth/message-signature.ts';
import type { OutboxMessage } from '../../workflows/messages.ts';
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
const port = 20_000 + (process.pid % 20_000);

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
      void Promise.resolve(answer).then(value => response.end(JSON.stringify(value)));
    });
  });
  await new Promise<void>(resolve => edgeServer.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  host?.kill('SIGKILL');
  edgeServer?.close();
  await temporal?.teardown();
});

function begin(): ChildProcess {
  const address = edgeServer.address() as AddressInfo;
  const settings = {
    EDGE_KEYS,
    CODEC_KEYS,
    PUBLIC_URL: `http://127.0.0.1:${address.port}`,
    HOST_LISTEN: `127.0.0.1:${port}`,
    TEMPORAL_ADDRESS: temporal.address,
  };
  return spawn(process.execPath, [HOST], { env: { PATH: process.env['PATH'], ...settings }, stdio: 'ignore' });
}

const at = (path: string) => `http://127.0.0.1:${port}${path}`;
const isReady = () =>
  expect
    .poll(
      () =>
        fetch(at('/readyz')).then(
          r => r.status,
          () => 0,
        ),
      { timeout: 15_000 },
    )
    .toBe(200);
const tell = async (message: OutboxMessage) =>
  fetch(await signedRequest(at('/v1/messages'), { method: 'POST', body: JSON.stringify(message) }, parseKeys(EDGE_KEYS), Date.now()));

test('a host that is killed in the middle of a story goes on where it was', async () => {
  host = begin();
  await isReady();
  expect((await tell({ kind: 'start', input: { ...input, expiresAt: Date.now() + 8_000 } })).status).toBe(200);
  await expect.poll(() => [...new Set(fake.letters())], { timeout: 15_000 }).toEqual(['booked:1']);

  host.kill('SIGKILL');
  host = begin();
  await isReady();

  // An activity may be asked twice, on a busy machine even without a kill: the fake knows it by its key. What is asked is the same.
  await expect.poll(() => [...new Set(fake.letters())], { timeout: 30_000 }).toEqual(['booked:1', 'lapsed:1']);
  expect(fake.asked).toContain('settleExpiry');
}, 60_000);

test('a host that is asked to end lets go in order and quickly', async () => {
  const asked = Date.now();
  const ended = new Promise(resolve => host.once('exit', resolve));
  host.kill('SIGTERM');

  expect(await ended).toBe(0);
  expect(Date.now() - asked).toBeLessThan(5_000);
});

test('a missing or malformed setting is named with what it is for', () => {
  const settings = { EDGE_KEYS: 'k1:short', CODEC_KEYS, PUBLIC_URL: '', TEMPORAL_TLS: 'perhaps' };

  expect(parseSettings(settings)).toEqual({
    kind: 'refused',
    complaints: [
      'PUBLIC_URL is missing: the address of the cabinet, to which activities are posted.',
      'EDGE_KEYS is malformed: the keys with which the fake and the host sign, as id:base64,id:base64.',
      'TEMPORAL_TLS is malformed: whether the connection to Temporal is encrypted, true or false.',
    ],
  });
});
