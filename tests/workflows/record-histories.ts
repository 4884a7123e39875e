// Records the histories that replay.test.ts replays: `node tests/workflows/record-histories.ts [name]`, one file for each path of the story, into
// histories/<version>, one line of JSON each. A release that changes the story records a new version; a recorded file is never deleted or
// rewritten, because workflows that began under it may still run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { booked, DAY, type FakeActivities, fakeActivities, MINUTE } from './fake-activities.ts';
import { started, timeSkippingServer, workerFor } from './server.ts';

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

const VERSION = 'v2';
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
    writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(JSON.parse(historyToJSON(await workflow.fetchHistory())))}\n`);
    console.log(`${VERSION}/${name}.json`);
    // An open workflow without a worker would block the time skipping of the next one.
    await workflow.terminate().catch(() => undefined);
  });
}
await env.teardown();
