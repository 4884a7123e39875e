// A consultation's workflow that is started again, because Temporal lost it: the input tells of the booking, the facts are far ahead of it. Told
// in skipped time against faked activities.
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workflowIdOf } from '../../workflows/messages.ts';
import { booked, DAY, type FakeActivities, fakeActivities, MINUTE } from './fake-activities.ts';
import { started, timeSkippingServer, workerFor } from './server.ts';
import { told } from './story.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkippingServer();
});
afterAll(() => env?.teardown());

interface Resumed {
  readonly fake: FakeActivities;
  readonly ending: { status: string; money: string };
  readonly resumedAt: number;
  readonly closedAt: number;
}

/** Starts the workflow of a visit that was booked two days ago and begins tomorrow, with these facts, and lets it run to its end. */
async function resumed(id: string, facts: Partial<FakeActivities['facts']>, change: (fake: FakeActivities) => void = () => undefined) {
  const resumedAt = await env.currentTimeMs();
  const input = { ...booked(id, resumedAt - 2 * DAY), resumedAt };
  const fake = fakeActivities(input);
  fake.facts = { ...fake.facts, ...facts };
  change(fake);
  const worker = await workerFor(env, fake, `queue-${id}`);
  return await told(env, worker, workflowIdOf(id), async (): Promise<Resumed> => {
    const workflow = await started(env, input, `queue-${id}`);
    const ending = await workflow.result();
    // The server's clock continues after the end, so only the workflow itself knows it.
    const { closeTime } = await workflow.describe();
    return { fake, ending, resumedAt, closedAt: closeTime?.getTime() ?? 0 };
  });
}

const PAID = { status: 'paid', money: 'held' } as const;

test('a paid appointment goes on with the reminders that are still ahead, and its hold is not settled again', async () => {
  const { fake, ending } = await resumed('r1', PAID);

  expect(ending).toEqual(PAID);
  expect(fake.asked[0]).toBe('standing');
  expect(fake.asked).not.toContain('settleExpiry');
  // Letters with a row of their own are not sent twice: the edge answers «already» (tests/data/letters.test.ts).
  expect(fake.letters()).toEqual(['booked:1', 'paid:1', 'reminder1h:1', 'reminder10m:1', 'doctorLate:1']);
});

test('an appointment that was moved gets no second letter about its payment', async () => {
  const { fake } = await resumed('r2', { ...PAID, scheduleVersion: 2 });

  expect(fake.letters()).not.toContain('paid:2');
  expect(fake.letters().slice(0, 2)).toEqual(['booked:2', 'rescheduled:2']);
});

test('a hold that ended while the workflow was lost is settled under a key of its own, not with the answer to the lost one', async () => {
  const { fake, resumedAt } = await resumed('r3', { status: 'lapsed' });

  expect(fake.keys.filter(key => key.includes(':lapse:'))).toEqual([`consultation:r3:lapse:${fake.facts.expiresAt}:resumed:${resumedAt}`]);
});

test('late money that is owed goes back', async () => {
  const { fake, ending } = await resumed('r4', { status: 'lapsed', money: 'returning', openRefunds: 1 }, fake_ => {
    fake_.onExpiry = () => ({});
    fake_.onRefunds = () => ({ money: 'returned', openRefunds: 0 });
  });

  expect(ending).toEqual({ status: 'lapsed', money: 'returned' });
  expect(fake.letters()).toContain('returned:1');
});

test('a cancelled one sends back what is owed, and ends', async () => {
  const { fake, ending } = await resumed('r5', { status: 'cancelled', money: 'returning', openRefunds: 1 }, fake_ => {
    fake_.onRefunds = () => ({ money: 'returned', openRefunds: 0 });
  });

  expect(ending).toEqual({ status: 'cancelled', money: 'returned' });
  expect(fake.asked).toContain('settleRefunds');
});

test('one that is over ends at once', async () => {
  const { fake, ending, resumedAt, closedAt } = await resumed('r6', { status: 'published', money: 'kept' });

  expect(ending).toEqual({ status: 'published', money: 'kept' });
  expect(fake.asked).toContain('closeRoom');
  expect(closedAt - resumedAt).toBeLessThan(MINUTE);
});

test('a reservation that may still be paid lapses at its end', async () => {
  const until = (await env.currentTimeMs()) + 5 * MINUTE;
  const { fake, ending } = await resumed('r7', { status: 'reserved', expiresAt: until });

  expect(ending.status).toBe('lapsed');
  expect(fake.letters()).toEqual(['booked:1', 'lapsed:1']);
});
