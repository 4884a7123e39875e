// How long the history of a consultation becomes, on a real Temporal server: however often it is signalled, the story goes on in a new run.
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { workflowIdOf } from '../../workflows/messages.ts';
import { PATIENCE_MS } from '../patience.ts';
import { booked, type FakeActivities, fakeActivities, HOUR } from './fake-activities.ts';
import { realServer, started, workerFor } from './server.ts';

const PAID = { status: 'paid', money: 'held' } as const;

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await realServer();
});
afterAll(() => env?.teardown());

type Handle = Awaited<ReturnType<typeof started>>;

async function onStage(id: string, act: (workflow: Handle, fake: FakeActivities) => Promise<void>): Promise<void> {
  const input = booked(id, Date.now());
  const fake = fakeActivities(input);
  const worker = await workerFor(env, fake, id);
  await worker.runUntil(async () => {
    const workflow = await started(env, input, id);
    fake.facts = { ...fake.facts, ...PAID };
    await workflow.signal('paid', { messageId: 'paid' });
    await act(workflow, fake);
  });
}

async function flaps(workflow: Handle, times: number): Promise<void> {
  const AT_ONCE = 10;
  for (let n = 0; n < times; n += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => workflow.signal('entered', { messageId: `flap:${n + k}` })));
}

async function ends(workflow: Handle, fake: FakeActivities) {
  fake.facts = { ...fake.facts, status: 'concluded', money: 'kept' };
  await workflow.signal('concluded', { messageId: 'concluded' });
  fake.facts = { ...fake.facts, status: 'published' };
  await workflow.signal('protocolSigned', { messageId: 'protocolSigned' });
  return await workflow.result();
}

// 10,000 signals take minutes: SIGNALS=10000. The number of runs grows with them, the length of a run does not.
test(
  'thousands of signals leave no history of 5,000 events, and the story goes on where it was',
  () =>
    onStage('h1', async (workflow, fake) => {
      await flaps(workflow, Number(process.env.SIGNALS ?? 1_500));
      const ending = await ends(workflow, fake);

      const runs = await runsOf('h1');
      expect(ending).toEqual({ status: 'published', money: 'kept' });
      expect(runs.length).toBeGreaterThan(1);
      expect(Math.max(...runs)).toBeLessThan(5_000);
      expect(fake.letters()).toEqual(['booked:1', 'paid:1']);
      expect(fake.asked.filter(what => what === 'closeRoom')).toHaveLength(1);
    }),
  900_000,
);

test(
  'an appointment that was moved gets no second letter about its payment when its story goes on in a new run',
  () =>
    onStage('h3', async (workflow, fake) => {
      await vi.waitFor(() => expect(fake.letters()).toEqual(['booked:1', 'paid:1']), { timeout: PATIENCE_MS });
      fake.facts = { ...fake.facts, startsAt: fake.facts.startsAt + HOUR, endsAt: fake.facts.endsAt + HOUR, scheduleVersion: 2 };
      await workflow.signal('rescheduled', { messageId: 'moved' });
      await flaps(workflow, 1_000);
      await ends(workflow, fake);

      expect((await runsOf('h3')).length).toBeGreaterThan(1);
      expect(fake.letters().filter(letter => letter.startsWith('paid'))).toEqual(['paid:1']);
      expect(fake.letters()).toContain('rescheduled:2');
    }),
  900_000,
);

test(
  'signals that come while the edge is away leave a short history too',
  () =>
    onStage('h2', async (workflow, fake) => {
      let isAway = true;
      fake.onStanding = () => {
        if (isAway) throw new Error('The edge is away.');
      };
      await flaps(workflow, 1_500);
      isAway = false;
      const ending = await ends(workflow, fake);

      const runs = await runsOf('h2');
      expect(ending.status).toBe('published');
      expect(runs.length).toBeGreaterThan(1);
      expect(Math.max(...runs)).toBeLessThan(5_000);
    }),
  900_000,
);

/** How many events every run of a consultation's workflow has, the latest run first. */
async function runsOf(consultationId: string): Promise<number[]> {
  const runs: number[] = [];
  let runId: string | undefined;
  do {
    const { events } = await env.client.workflow.getHandle(workflowIdOf(consultationId), runId).fetchHistory();
    runs.push(events?.length ?? 0);
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  } while (runId);
  return runs;
}
