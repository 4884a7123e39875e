// One signed protocol in skipped time: its PDF, however long it takes, and then the letter.
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROTOCOL, type ProtocolInput, protocolWorkflowIdOf, SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import type { protocol } from '../../workflows/index.ts';
import { booked, type FakeActivities, fakeActivities } from './fake-activities.ts';
import { timeSkippingServer, workerFor } from './server.ts';
import { told } from './story.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkippingServer();
});
afterAll(() => env?.teardown());

async function signed(input: Omit<ProtocolInput, 'doctorId'>, fake: FakeActivities) {
  const worker = await workerFor(env, fake, input.protocolId);
  const workflowId = protocolWorkflowIdOf(input.protocolId);
  return await told(env, worker, workflowId, async () => {
    const workflow = await env.client.workflow.start<typeof protocol>(PROTOCOL, {
      taskQueue: input.protocolId,
      workflowId,
      args: [{ ...input, doctorId: 'doctor-1' }],
    });
    await workflow.result();
    return await workflow.describe();
  });
}

test('the first protocol gets its PDF and then its letter', async () => {
  const fake = fakeActivities(booked('c1', await env.currentTimeMs()));

  const ended = await signed({ protocolId: 'p1', consultationId: 'c1', version: 1 }, fake);

  expect(fake.asked).toEqual(['renderProtocol', 'letter:protocolReady:1']);
  expect(fake.keys).toEqual(['consultation:c1:letter:protocolReady:1']);
  expect(ended.typedSearchAttributes.get(SEARCH_ATTRIBUTES.state)).toBe('published');
});

test('an amendment has a letter of its own', async () => {
  const fake = fakeActivities(booked('c2', await env.currentTimeMs()));

  await signed({ protocolId: 'p2', consultationId: 'c2', version: 2 }, fake);

  expect(fake.asked).toEqual(['renderProtocol', 'letter:protocolAmended:2']);
});

test('a signing service that is away for hours delays the letter and loses nothing', async () => {
  const fake = fakeActivities(booked('c3', await env.currentTimeMs()));
  let tries = 0;
  fake.onRender = () => {
    if (++tries < 200) throw new Error('The signing service does not answer.');
  };

  await signed({ protocolId: 'p3', consultationId: 'c3', version: 1 }, fake);

  expect(fake.asked.filter(what => what === 'renderProtocol')).toHaveLength(200);
  expect(fake.letters()).toEqual(['protocolReady:1']);
});
