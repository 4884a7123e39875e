// The gateway against a real Temporal server, and against none: what the outbox hears for each message, once and twice.
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Calls, callsOf } from '../../temporal/calls.ts';
import { connectionTo } from '../../temporal/connection.ts';
import { gatewayOf } from '../../temporal/gateway.ts';
import { rememberedNonces } from '../../temporal/nonces.ts';
import { parseKeys, signedRequest } from '../../worker/auth/message-signature.ts';
import { MARK, type OutboxMessage, protocolWorkflowIdOf, refundClaimWorkflowIdOf, workflowIdOf } from '../../workflows/messages.ts';
import { PATIENCE_MS } from '../patience.ts';
import { booked } from './fake-activities.ts';
import { realServer } from './server.ts';

const keys = parseKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`);
const ADDRESS = 'http://127.0.0.1:8788/v1/messages';

let env: TestWorkflowEnvironment;
let calls: Calls;
let app: ReturnType<typeof gatewayOf>;
const callsTo = (address: string) => callsOf(new Client({ connection: connectionTo({ address, tls: false }) }));
const gateway = (to: Calls) => gatewayOf({ calls: to, keys, seenNonce: rememberedNonces(Date.now), now: Date.now, isWorking: () => true });

beforeAll(async () => {
  env = await realServer();
  calls = callsTo(env.address);
  app = gateway(calls);
});
afterAll(async () => {
  await calls?.close();
  await env?.teardown();
});

const sent = (message: unknown) => signedRequest(ADDRESS, { method: 'POST', body: JSON.stringify(message) }, keys, Date.now());
/** Told again when Temporal was too busy to answer in time, as the outbox does. */
const told = async (message: OutboxMessage) => {
  let response = await app.request(await sent(message));
  while (response.status === 503) response = await app.request(await sent(message));
  return { status: response.status, answer: await response.json() };
};
const start = (id: string): OutboxMessage => ({ kind: 'start', input: booked(id, Date.now()) });
const signedProtocol = (protocolId: string): OutboxMessage => ({
  kind: 'startProtocol',
  input: { protocolId, consultationId: 'g7', doctorId: 'd1', version: 1 },
});
const demanded = (claimId: string): OutboxMessage => ({
  kind: 'startClaim',
  input: { claimId, consultationId: 'g8', demandedAt: Date.now(), dueAt: Date.now() + 864_000_000 },
});
const claimTold = (claimId: string): OutboxMessage => ({
  kind: 'signalClaim',
  name: 'changed',
  claimId,
  told: { messageId: `claim-file:${claimId}` },
});
const withResumption = (message: OutboxMessage, resumedAt?: number) =>
  (resumedAt === undefined ? message : { ...message, input: { ...('input' in message ? message.input : {}), resumedAt } }) as OutboxMessage;
const paid = (consultationId: string): OutboxMessage => ({
  kind: 'signal',
  name: 'paid',
  consultationId,
  told: { messageId: `paid:${consultationId}` },
});

describe('the gateway', () => {
  test('starts one workflow however often it is told', async () => {
    const first = await told(start('g1'));
    const { runId } = await env.client.workflow.getHandle(workflowIdOf('g1')).describe();
    const second = await told(start('g1'));

    expect([first, second]).toEqual([1, 2].map(() => ({ status: 200, answer: { kind: 'started' } })));
    expect((await env.client.workflow.getHandle(workflowIdOf('g1')).describe()).runId).toBe(runId);
  });

  test('signals a running one, and says so when the story is over or was never begun', async () => {
    await told(start('g2'));
    const running = await told(paid('g2'));
    await env.client.workflow.getHandle(workflowIdOf('g2')).terminate();

    expect(running).toEqual({ status: 200, answer: { kind: 'signalled' } });
    expect(await told(paid('g2'))).toEqual({ status: 200, answer: { kind: 'closed' } });
    expect(await told(start('g2'))).toEqual({ status: 200, answer: { kind: 'closed' } });
    expect(await told(paid('g-nobody'))).toEqual({ status: 404, answer: { kind: 'unknown' } });
  });

  test.each([
    ['consultation', workflowIdOf('g7'), (resumedAt?: number) => withResumption(start('g7'), resumedAt)],
    ['protocol', protocolWorkflowIdOf('p7'), (resumedAt?: number) => withResumption(signedProtocol('p7'), resumedAt)],
    ['refund claim', refundClaimWorkflowIdOf('m7'), (resumedAt?: number) => withResumption(demanded('m7'), resumedAt)],
  ])('starts a terminated %s again only when it is resumed, and keeps one that runs', async (_, workflowId, startOf) => {
    const handle = env.client.workflow.getHandle(workflowId);
    await told(startOf());
    await handle.terminate();

    expect(await told(startOf())).toEqual({ status: 200, answer: { kind: 'closed' } });
    expect(await told(startOf(Date.now()))).toEqual({ status: 200, answer: { kind: 'started' } });
    const { runId, status } = await handle.describe();
    expect(status.name).toBe('RUNNING');
    expect(await told(startOf(Date.now() + 1))).toEqual({ status: 200, answer: { kind: 'started' } });
    expect((await handle.describe()).runId).toBe(runId);
  });

  test('tells the workflow of a claim that something happened to it', async () => {
    await told(demanded('m8'));

    expect(await told(claimTold('m8'))).toEqual({ status: 200, answer: { kind: 'signalled' } });
    expect(await told(claimTold('m-nobody'))).toEqual({ status: 404, answer: { kind: 'unknown' } });
  });

  test('refuses what is unsigned, told twice with one signature, malformed or too large', async () => {
    const message = await sent(start('g3'));
    const again = message.clone();
    const large = await sent({ ...start('g3'), more: 'x'.repeat(20_000) });

    expect((await app.request(ADDRESS, { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await app.request(message)).status).not.toBe(401);
    expect(await (await app.request(again)).json()).toEqual({ kind: 'refused', reason: 'replayed' });
    expect(
      (await app.request(await sent({ kind: 'signal', name: 'terminate', consultationId: 'g3', told: { messageId: 'm' } }))).status,
    ).toBe(400);
    expect((await app.request(await sent({ kind: 'start', input: { consultationId: 'g3; drop' } }))).status).toBe(400);
    expect((await app.request(large)).status).toBe(413);
  });

  test('marks its answers as its own: what is done, what it refuses, what is for later', async () => {
    const mark = async (request: Request, door = app) => (await door.request(request)).headers.get(MARK);
    const nowhere = callsTo('127.0.0.1:1');

    expect(await mark(await sent(start('g5')))).toBe('done');
    expect(await mark(await sent(paid('g-nobody-else')))).toBe('refused');
    expect(await mark(await sent({ kind: 'nothing' }))).toBe('refused');
    expect(await mark(await sent(start('g6')), gateway(nowhere))).toBe('later');
    await nowhere.close();
  });

  test('is ready while Temporal answers', async () => {
    await expect.poll(async () => (await app.request('/readyz')).status, { timeout: PATIENCE_MS }).toBe(200);
    expect((await app.request('/healthz')).status).toBe(200);
  });

  test('asks to come again while Temporal is down, and stays alive', async () => {
    const nowhere = callsTo('127.0.0.1:1');
    const down = gateway(nowhere);
    const response = await down.request(await sent(start('g4')));

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect((await down.request('/readyz')).status).toBe(503);
    expect((await down.request('/healthz')).status).toBe(200);
    await nowhere.close();
  });
});
