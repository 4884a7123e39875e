// One refund claim in skipped time: what is due is written down at each moment and signal, letters leave, money is asked about until it is back.
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ClaimStanding } from '../../workflows/activities.ts';
import { type ClaimInput, REFUND_CLAIM, refundClaimWorkflowIdOf, SEARCH_ATTRIBUTES } from '../../workflows/messages.ts';
import type { refundClaim } from '../../workflows/index.ts';
import { booked, DAY, type FakeActivities, fakeActivities, HOUR, MINUTE } from './fake-activities.ts';
import { timeSkippingServer, workerFor } from './server.ts';
import { told } from './story.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkippingServer();
});
afterAll(() => env?.teardown());

type Handle = Awaited<ReturnType<typeof startedClaim>>;

const startedClaim = (input: ClaimInput) =>
  env.client.workflow.start<typeof refundClaim>(REFUND_CLAIM, {
    taskQueue: input.claimId,
    workflowId: refundClaimWorkflowIdOf(input.claimId),
    args: [input],
  });

async function story<T>(claimId: string, act: (workflow: Handle, fake: FakeActivities, input: ClaimInput) => Promise<T>): Promise<T> {
  const now = await env.currentTimeMs();
  const fake = fakeActivities(booked(claimId, now));
  const input = { claimId, consultationId: claimId, demandedAt: now, dueAt: now + 10 * DAY };
  const worker = await workerFor(env, fake, claimId);
  return await told(env, worker, refundClaimWorkflowIdOf(claimId), async () => act(await startedClaim(input), fake, input));
}

const over = { wakeAt: null, wakesFor: 'over', letters: [] } as const;
const changes = (workflow: Handle, messageId: string) => workflow.signal('changed', { messageId });

test('an unsigned claim is looked after at each of its moments and ends with the refusal', async () => {
  const moments: ClaimStanding['wakesFor'][] = ['remindsDay1', 'remindsDay3', 'day7', 'day9', 'overdue'];
  const days = [1, 3, 6, 8, 10];
  const looks: number[] = [];

  const ended = await story('m1', async (workflow, fake, { demandedAt }) => {
    fake.onClaim = () => {
      const next = looks.length;
      looks.push(next);
      const [day, wakesFor] = [days[next], moments[next]];
      return day === undefined || wakesFor === undefined ? { ...over, state: 'refused' } : { wakeAt: demandedAt + day * DAY, wakesFor };
    };
    const { state } = await workflow.result();
    const described = await workflow.describe();
    return { state, described, passed: (described.closeTime?.getTime() ?? 0) - demandedAt };
  });

  expect(ended.state).toBe('refused');
  expect(looks).toHaveLength(6);
  expect(Math.round(ended.passed / HOUR)).toBe(240);
  expect(ended.described.typedSearchAttributes.get(SEARCH_ATTRIBUTES.claim)).toBe('refused');
});

test('letters that are due leave under keys of their own, and one that is refused for good holds up nothing', async () => {
  const { asked, keys } = await story('m2', async (workflow, fake, { demandedAt }) => {
    let looked = 0;
    fake.onClaim = () =>
      looked++ === 0
        ? { letters: [{ kind: 'claimMade', subject: 'm2' }], wakeAt: demandedAt + DAY, wakesFor: 'remindsDay1' }
        : { ...over, state: 'withdrawn' };
    await workflow.result();
    return fake;
  });

  expect(asked).toEqual(['lookAfterClaim', 'letter:claimMade:m2', 'lookAfterClaim']);
  expect(keys).toEqual(['consultation:m2:letter:claimMade:1:m2']);
});

test('a decision is heard at once, its refund is sent, and the provider is asked until the money is back', async () => {
  const { asked, state } = await story('m3', async (workflow, fake, { demandedAt }) => {
    fake.claim = { ...fake.claim, state: 'signed', wakeAt: demandedAt + 6 * DAY, wakesFor: 'day7' };
    await env.sleep(HOUR);
    let refunds = 0;
    fake.onRefunds = () => {
      if (++refunds === 3) fake.claim = { ...fake.claim, ...over, state: 'returned', owesMoney: false };
      return {};
    };
    fake.claim = { ...fake.claim, state: 'returning', owesMoney: true, wakeAt: demandedAt + 10 * DAY, wakesFor: 'money' };
    await changes(workflow, 'claim-decided:d1');
    return { state: (await workflow.result()).state, asked: fake.asked };
  });

  expect(state).toBe('returned');
  expect(asked.filter(what => what === 'settleRefunds')).toHaveLength(3);
});

test('a moment that has passed here and not yet at the edge costs one look in five seconds', async () => {
  const looks = await story('m6', async (workflow, fake, { demandedAt }) => {
    fake.claim = { ...fake.claim, wakeAt: demandedAt, wakesFor: 'day7' };
    await env.sleep(MINUTE);
    const counted = fake.asked.filter(what => what === 'lookAfterClaim').length;
    await workflow.terminate();
    return counted;
  });

  expect(looks).toBeLessThanOrEqual(13);
});

test('the same message again costs no look', async () => {
  const looks = await story('m4', async (workflow, fake, { demandedAt }) => {
    fake.claim = { ...fake.claim, wakeAt: demandedAt + 6 * DAY, wakesFor: 'day7' };
    await env.sleep(MINUTE);
    await changes(workflow, 'claim-file:f1');
    await env.sleep(MINUTE);
    await changes(workflow, 'claim-file:f1');
    await env.sleep(MINUTE);
    const counted = fake.asked.filter(what => what === 'lookAfterClaim').length;
    await workflow.terminate();
    return counted;
  });

  expect(looks).toBe(2);
});

test('an edge that is away for hours delays the claim and loses nothing', async () => {
  const state = await story('m5', async (workflow, fake) => {
    let tries = 0;
    fake.onClaim = () => {
      if (++tries < 100) throw new Error('The edge does not answer.');
      return { ...over, state: 'withdrawn' };
    };
    return (await workflow.result()).state;
  });

  expect(state).toBe('withdrawn');
});
