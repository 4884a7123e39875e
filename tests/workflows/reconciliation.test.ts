// One run of «Сверка» in skipped time: page after page until it ends, also when somebody else does a page, in short histories; and the Schedule that
// begins it.
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsOf } from '../../temporal/calls.ts';
import { keepSchedules } from '../../temporal/schedules.ts';
import { RECONCILED_PAGES } from '../../workflows/clocks.ts';
import type { reconciliation } from '../../workflows/index.ts';
import { RECONCILIATION } from '../../workflows/messages.ts';
import { booked, type FakeActivities, fakeActivities } from './fake-activities.ts';
import { realServer, timeSkippingServer, workerFor } from './server.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkippingServer();
});
afterAll(() => env?.teardown());

async function story(name: string, onPage: FakeActivities['onPage'], runId?: string) {
  const fake = fakeActivities(booked(name, await env.currentTimeMs()));
  fake.onPage = onPage;
  const worker = await workerFor(env, fake, name);
  const options = { taskQueue: name, workflowId: `reconciliation:${name}` };
  const args: [{ runId?: string }] = [runId === undefined ? {} : { runId }];
  const result = await worker.runUntil(env.client.workflow.execute<typeof reconciliation>(RECONCILIATION, { ...options, args }));
  const { historyLength } = await env.client.workflow.getHandle(`reconciliation:${name}`).describe();
  return { fake, result, historyLength };
}

test('the nightly one names no run; what the first page begins is gone on with', async () => {
  const pages = ['more', 'taken', 'more', 'done'] as const;
  let n = 0;

  const { fake, result } = await story('nightly', () => pages[n++] ?? 'done');

  expect(result).toEqual({ runId: 'nightly' });
  expect(fake.asked).toHaveLength(4);
  expect(fake.keys).toEqual(['nightly', 'nightly', 'nightly']);
});

test('a hundred thousand payments are a thousand pages in histories of a few hundred', async () => {
  let n = 0;

  const { fake, historyLength } = await story('long', () => (++n > 2 * RECONCILED_PAGES + 5 ? 'done' : 'more'), 'asked');

  expect(fake.asked).toHaveLength(2 * RECONCILED_PAGES + 6);
  expect(historyLength).toBeLessThan(RECONCILED_PAGES * 7);
});

test('the Schedule begins it at four in the morning of the clinic, skips one that still runs and makes up for half a day', async () => {
  const real = await realServer();
  try {
    const calls = callsOf(real.client);
    // A host that starts again finds its own Schedule and changes what differs.
    for (const zone of ['Europe/Moscow', 'Asia/Yekaterinburg'])
      await keepSchedules({ calls, zone, isWorking: () => true, stopping: new AbortController().signal, warn: said => expect.fail(said) });

    const { spec, policies, info } = await real.client.schedule.getHandle('reconcile-nightly').describe();

    expect(spec.timezone).toBe('Asia/Yekaterinburg');
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 12 * 3_600_000 });
    expect(
      new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Asia/Yekaterinburg' }).format(info.nextActionTimes[0]),
    ).toBe('04');
  } finally {
    await real.teardown();
  }
});
