// What the Temporal server can read: ids, states and instants. Payloads, summaries and failures are encrypted, and only the console's own
// origin may have them decoded.
import { defaultPayloadConverter } from '@temporalio/common';
import { payloadToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codecOf, parseCodecKeys } from '../../temporal/codec.ts';
import { codecRoutes } from '../../temporal/codec-routes.ts';
import { dataConverterOf } from '../../temporal/data-converter.ts';
import { CONSULTATION, workflowIdOf } from '../../workflows/messages.ts';
import { PATIENCE_MS } from '../patience.ts';
import { booked, fakeActivities } from './fake-activities.ts';
import { realServer, workflowBundle } from './server.ts';
import { told } from './story.ts';

const key = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const OLD = parseCodecKeys(key('c1', 1));
const ROTATED = parseCodecKeys(`${key('c2', 2)},${key('c1', 1)}`);
const CONSOLE = 'http://127.0.0.1:8233';
const payload = defaultPayloadConverter.toPayload({ consultationId: 'c-1', expiresAt: 1 });

describe('a payload', () => {
  test('comes back whole, its own encoding included, and cannot be read on the way', async () => {
    const [sealed] = await codecOf(OLD).encode([payload]);
    const [opened] = await codecOf(OLD).decode([sealed ?? {}]);

    expect(Buffer.from(sealed?.data ?? []).toString('latin1')).not.toContain('consultationId');
    expect(defaultPayloadConverter.fromPayload(opened ?? {})).toEqual({ consultationId: 'c-1', expiresAt: 1 });
  });

  test('sealed before a rotation is opened after it; without its key it is refused', async () => {
    const [sealed] = await codecOf(OLD).encode([payload]);

    await expect(codecOf(ROTATED).decode([sealed ?? {}])).resolves.toHaveLength(1);
    await expect(codecOf(parseCodecKeys(key('c2', 2))).decode([sealed ?? {}])).rejects.toThrow('the key c1');
  });

  test('that was changed on the way is refused, and one that nobody sealed', async () => {
    const [sealed] = await codecOf(OLD).encode([payload]);
    const data = Buffer.from(sealed?.data ?? []);
    data[data.length - 1] = (data[data.length - 1] ?? 0) ^ 1;

    await expect(codecOf(OLD).decode([{ ...sealed, data }])).rejects.toThrow();
    await expect(codecOf(OLD).decode([payload])).rejects.toThrow('not encrypted');
  });
});

describe('a payload of one workflow', () => {
  const of = (workflowId: string) => ({ type: 'workflow', namespace: 'default', workflowId }) as const;

  test('is refused in another, and without the name of its own', async () => {
    const [sealed] = await codecOf(OLD).encode([payload], of('consultation:1'));
    const renamed = { ...sealed?.metadata, 'encryption-workflow-id': Buffer.from('consultation:2') };

    await expect(codecOf(OLD).decode([sealed ?? {}], of('consultation:1'))).resolves.toHaveLength(1);
    await expect(codecOf(OLD).decode([sealed ?? {}], of('consultation:2'))).rejects.toThrow('belongs to consultation:1');
    await expect(codecOf(OLD).decode([{ ...sealed, metadata: renamed }], of('consultation:2'))).rejects.toThrow();
  });

  test('is bound to the id of its key', async () => {
    const same = parseCodecKeys(`${key('c1', 1)},${key('c9', 1)}`);
    const [sealed] = await codecOf(same).encode([payload]);
    const renamed = { ...sealed?.metadata, 'encryption-key-id': Buffer.from('c9') };

    await expect(codecOf(same).decode([{ ...sealed, metadata: renamed }])).rejects.toThrow();
  });
});

describe('the codec server', () => {
  const isStaff = (cookie: string) => Promise.resolve(cookie === '__Host-session=of-staff');
  const app = codecRoutes(codecOf(OLD), { origins: [CONSOLE], token: undefined, isStaff });
  const guarded = codecRoutes(codecOf(OLD), { origins: [CONSOLE], token: 'a-token-of-length', isStaff });
  const STAFF = { origin: CONSOLE, cookie: '__Host-session=of-staff' };
  const ask = (path: string, body: unknown, headers: Record<string, string> = STAFF, door = app) =>
    door.request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

  test('opens payloads for the console', async () => {
    const sealed = { payloads: (await codecOf(OLD).encode([payload])).map(payloadToJSON) };
    const answer = await ask('/decode?preserveStorageRefs=true', sealed);

    expect(JSON.stringify(sealed)).not.toContain(payloadToJSON(payload).data);
    expect(await answer.json()).toEqual({ payloads: [payloadToJSON(payload)] });
    expect(answer.headers.get('access-control-allow-origin')).toBe(CONSOLE);
  });

  test('refuses a foreign page, a missing token and what is no payload', async () => {
    expect((await ask('/decode', { payloads: [] }, { ...STAFF, origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await ask('/decode', { payloads: [] }, { origin: CONSOLE })).status).toBe(401);
    expect((await ask('/decode', { payloads: [] }, { origin: CONSOLE, cookie: '__Host-session=of-a-patient' })).status).toBe(401);
    expect((await ask('/decode', { payloads: [] }, { cookie: '__Host-session=of-staff' })).status).toBe(401);
    expect((await ask('/decode', { payloads: [] }, {})).status).toBe(401);
    expect((await ask('/encode', { payloads: [payloadToJSON(payload)] })).status).toBe(404);
    expect((await ask('/decode', { payloads: [] }, { origin: CONSOLE }, guarded)).status).toBe(401);
    expect((await ask('/decode', { payloads: [] }, { origin: CONSOLE, authorization: 'Bearer a-token-of-length' }, guarded)).status).toBe(
      200,
    );
    expect((await ask('/decode', { payloads: 'all' })).status).toBe(400);
    expect((await ask('/decode', 'nothing')).status).toBe(400);
  });

  test('refuses odd bodies and payloads that cannot be opened, and stays well', async () => {
    const [sealed] = (await codecOf(OLD).encode([payload])).map(payloadToJSON);
    const bodies = [
      '',
      '{"payloads":',
      '[]',
      '{"payloads":[{"metadata":{"encoding":{}}}]}',
      '{"payloads":[null]}',
      `"${'x'.repeat(1_000)}"`,
    ];
    for (const body of bodies) {
      const answer = await app.request('/decode', { method: 'POST', body, headers: STAFF });
      expect(answer.status, body.slice(0, 40)).toBe(400);
    }
    for (const data of ['', '%%%', 'AAAA', sealed?.data?.slice(4)])
      expect((await ask('/decode', { payloads: [{ ...sealed, data }] })).status, data ?? '').toBe(422);
    expect((await ask('/decode', { payloads: [sealed] })).status).toBe(200);
  });
});

describe('a history', () => {
  let env: TestWorkflowEnvironment;
  beforeAll(async () => {
    env = await realServer();
  });
  afterAll(() => env?.teardown());

  test('holds nothing readable of arguments, results, summaries, details and failures', async () => {
    const input = booked('sealed', Date.now());
    const fake = fakeActivities(input);
    fake.onLetter = () => {
      throw new Error('a very private failure');
    };
    const dataConverter = dataConverterOf(OLD);
    const client = new Client({ connection: env.connection, dataConverter });
    const setup = { connection: env.nativeConnection, taskQueue: 'sealed', workflowBundle: await workflowBundle(), dataConverter };
    const worker = await Worker.create({ ...setup, activities: fake.activities });
    const workflowId = workflowIdOf('sealed');

    await told(env, worker, workflowId, async () => {
      const workflow = await client.workflow.start(CONSULTATION, {
        taskQueue: 'sealed',
        workflowId,
        args: [input],
        staticSummary: 'a private summary',
      });
      await workflow.signal('paid', { messageId: 'a-private-message' });
      await expect.poll(() => fake.asked, { timeout: PATIENCE_MS }).toContain('settleRefunds');
      await expect
        .poll(async () => (await workflow.describe()).raw.pendingActivities?.length ?? 0, { timeout: PATIENCE_MS })
        .toBeGreaterThan(0);
    });

    const { history } = await env.connection.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId },
    });
    const description = await env.connection.workflowService.describeWorkflowExecution({ namespace: 'default', execution: { workflowId } });
    const seen = [readable(history), readable(description)].join('\n');
    for (const word of [
      'private',
      'messageId',
      'expiresAt',
      'scheduleVersion',
      'how it stands',
      'letter booked',
      'not paid in time',
      'money',
    ]) {
      expect(seen, word).not.toContain(word);
    }
    expect(seen).toContain('binary/encrypted');
  });
});

/** Everything that the server stores: as printed, and with all base64 in it decoded. */
function readable(stored: unknown): string {
  const printed = JSON.stringify(stored);
  const opened = [...printed.matchAll(/"([A-Za-z0-9+/]{8,}={0,2})"/g)].map(([, text = '']) =>
    Buffer.from(text, 'base64').toString('latin1'),
  );
  return [printed, ...opened].join('\n');
}
