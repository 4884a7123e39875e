// Records the histories that replay.test.ts replays: `node tests/workflows/record-histories.ts [name]`, one file for each path of the story, into
// histories/<version>, one line of JSON each. A release that changes the story records a new version; a recorded file is never deleted or
// rewritten, because workflows that began under it may still run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { booked, DAY, type FakeActivities, fakeActivities, MINUTE } from './fake-activities.ts';
import type { refundClaim } from '../../workflows/index.ts';
import { REFUND_CLAIM, refundClaimWorkflowIdOf } from '../../workflows/messages.ts';
import { started, timeSkippingServer, workerFor } from './server.ts';

const startedClaim = (env: TestWorkflowEnvironment, name: string, at: number) =>
  env.client.workflow.start<typeof refundClaim>(REFUND_CLAIM, {
    taskQueue: name,
    workflowId: refundClaimWorkflowIdOf(name),
    args: [{ claimId: name, consultationId: name, demandedAt: at, dueAt: at + 10 * DAY }],
  });
type ClaimHandle = Awaited<ReturnType<typeof startedClaim>>;
type Handle = Awaited<ReturnType<typeof started>>;
type Act = (workflow: Handle, fake: FakeActivities, env: TestWorkflowEnvironment) => Promise<unknown>;

const tell = async (workflow: Handle, fake: FakeActivities, signal: string, facts: Partial<FakeActivities['facts']>): Promise<void> => {
  fake.facts = { ...fake.facts, ...facts };
  await workflow.signal(signal, { messageId: signal });
};

const PATHS: Record<string, Act> = {
  reserved: (_, __, env) => env.sleep(MINUTE),
  lapsed: workflow => workflow.result(),
  rescued: async (workflow, fake, env) => {
    await env.sleep(30 * MINUTE);
    await tell(workflow, fake, 'paid', { status: 'paid', money: 'held' });
    await workflow.result();
  },
  returned: async (workflow, fake, env) => {
    let asked = 0;
    fake.onRefunds = () => (++asked < 3 ? { money: 'returning', openRefunds: 1 } : { money: 'returned', openRefunds: 0 });
    await env.sleep(30 * MINUTE);
    await tell(workflow, fake, 'paid', { money: 'held' });
    await workflow.result();
  },
  movedAndCancelled: async (workflow, fake, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, fake, 'paid', { status: 'paid', money: 'held' });
    await env.sleep(DAY);
    const { startsAt, endsAt } = fake.facts;
    await tell(workflow, fake, 'rescheduled', { startsAt: startsAt + DAY, endsAt: endsAt + DAY, scheduleVersion: 2 });
    await env.sleep(2 * DAY + 2 * MINUTE);
    fake.onRefunds = () => ({ money: 'returned', openRefunds: 0 });
    await tell(workflow, fake, 'cancelled', { status: 'cancelled', money: 'returning', openRefunds: 1 });
    await workflow.result();
  },
  attended: async (workflow, fake, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, fake, 'paid', { status: 'paid', money: 'held' });
    const { startsAt } = fake.facts;
    await env.sleep(startsAt - (await env.currentTimeMs()) - MINUTE);
    await tell(workflow, fake, 'entered', { status: 'waiting', patientEnteredAt: startsAt - MINUTE });
    await env.sleep(12 * MINUTE);
    fake.facts = { ...fake.facts, status: 'progress', doctorEnteredAt: startsAt + 11 * MINUTE };
    await workflow.signal('entered', { messageId: 'doctor' });
    await env.sleep(20 * MINUTE);
    await tell(workflow, fake, 'concluded', { status: 'concluded', money: 'kept' });
    await env.sleep(2 * DAY);
    await tell(workflow, fake, 'protocolSigned', { status: 'published' });
    await workflow.result();
  },
  doctorLateMoved: async (workflow, fake, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, fake, 'paid', { status: 'paid', money: 'held' });
    const { startsAt, endsAt } = fake.facts;
    await env.sleep(startsAt - (await env.currentTimeMs()) + 11 * MINUTE);
    await tell(workflow, fake, 'rescheduled', { startsAt: startsAt + DAY, endsAt: endsAt + DAY, scheduleVersion: 2 });
    await env.sleep(DAY + 11 * MINUTE);
    await tell(workflow, fake, 'concluded', { status: 'failed', money: 'held' });
    await workflow.result();
  },
  doctorLateReturned: async (workflow, fake, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, fake, 'paid', { status: 'paid', money: 'held' });
    await env.sleep(fake.facts.startsAt - (await env.currentTimeMs()) + 11 * MINUTE);
    fake.onRefunds = () => ({ money: 'returned', openRefunds: 0 });
    await tell(workflow, fake, 'cancelled', { status: 'cancelled', money: 'returning', openRefunds: 1 });
    await workflow.result();
  },
  failed: async (workflow, fake, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, fake, 'paid', { status: 'paid', money: 'held' });
    await env.sleep(fake.facts.startsAt - (await env.currentTimeMs()) + 5 * MINUTE);
    let asked = 0;
    fake.onRefunds = () => (++asked < 2 ? { money: 'returning', openRefunds: 1 } : { money: 'returned', openRefunds: 0 });
    await tell(workflow, fake, 'concluded', { status: 'failed', money: 'returning', openRefunds: 1 });
    await workflow.result();
  },
  neverConcluded: async (workflow, fake, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, fake, 'paid', { status: 'paid', money: 'held' });
    await workflow.result();
  },
};

const CLAIM_PATHS: Record<
  string,
  (workflow: ClaimHandle, fake: FakeActivities, env: TestWorkflowEnvironment, at: number) => Promise<unknown>
> = {
  claimSigned: async (workflow, fake, env, at) => {
    let looks = 0;
    fake.onClaim = claim => (looks++ === 0 ? { letters: [{ kind: 'claimMade', subject: 'claimSigned' }] } : { ...claim, letters: [] });
    fake.claim = { ...fake.claim, wakeAt: at + DAY, wakesFor: 'remindsDay1' };
    await env.sleep(DAY + MINUTE);
    fake.claim = { ...fake.claim, state: 'signed', wakeAt: at + 6 * DAY, wakesFor: 'day7' };
    await workflow.signal('changed', { messageId: 'claim-file:1' });
    await env.sleep(DAY);
    let asked = 0;
    fake.onRefunds = () => {
      if (++asked === 2) fake.claim = { ...fake.claim, state: 'returned', owesMoney: false, wakeAt: null, wakesFor: 'over' };
      return {};
    };
    fake.claim = { ...fake.claim, state: 'returning', owesMoney: true, wakeAt: at + 10 * DAY, wakesFor: 'money' };
    await workflow.signal('changed', { messageId: 'claim-decided:1' });
    await workflow.result();
  },
  claimUnsigned: async (workflow, fake, env, at) => {
    fake.claim = { ...fake.claim, wakeAt: at + DAY, wakesFor: 'remindsDay1' };
    await env.sleep(MINUTE);
    fake.claim = { ...fake.claim, wakeAt: at + 10 * DAY, wakesFor: 'overdue' };
    await env.sleep(7 * DAY);
    fake.claim = { ...fake.claim, state: 'refused', wakeAt: null, wakesFor: 'over' };
    await workflow.signal('changed', { messageId: 'claim-decided:2' });
    await workflow.result();
  },
};

const VERSION = 'v3';
const folder = new URL(`./histories/${VERSION}/`, import.meta.url);
const wanted = process.argv[2];
mkdirSync(folder, { recursive: true });

const env = await timeSkippingServer();
for (const [name, act] of Object.entries(PATHS).filter(([path]) => wanted === undefined || path === wanted)) {
  const input = booked(name, await env.currentTimeMs());
  const fake = fakeActivities(input);
  const worker = await workerFor(env, fake, name);
  await worker.runUntil(async () => {
    const workflow = await started(env, input, name);
    await act(workflow, fake, env);
    keep(name, await workflow.fetchHistory());
    // An open workflow without a worker would block the time skipping of the next one.
    await workflow.terminate().catch(() => undefined);
  });
}
for (const [name, act] of Object.entries(CLAIM_PATHS).filter(([path]) => wanted === undefined || path === wanted)) {
  const at = await env.currentTimeMs();
  const fake = fakeActivities(booked(name, at));
  const worker = await workerFor(env, fake, name);
  await worker.runUntil(async () => {
    const workflow = await startedClaim(env, name, at);
    await act(workflow, fake, env, at);
    keep(name, await workflow.fetchHistory());
    await workflow.terminate().catch(() => undefined);
  });
}
await env.teardown();

function keep(name: string, history: Parameters<typeof historyToJSON>[0]): void {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`);
  console.log(`${VERSION}/${name}.json`);
}
