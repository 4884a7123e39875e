// Records the golden histories that replay.test.ts replays: `node tests/workflows/record-histories.ts [name]`, one file a path of the story, into
// histories/<version>. Recorded again only when a released version changes what it does; the old files stay, because old workflows do.
import { mkdirSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { booked, DAY, type FakedEdge, fakedEdge, MINUTE } from './fake-activities.ts';
import { started, timeSkippingServer, workerFor } from './server.ts';

type Handle = Awaited<ReturnType<typeof started>>;
type Act = (workflow: Handle, edge: FakedEdge, env: TestWorkflowEnvironment) => Promise<unknown>;

const tell = async (workflow: Handle, edge: FakedEdge, signal: string, facts: Partial<FakedEdge['facts']>): Promise<void> => {
  edge.facts = { ...edge.facts, ...facts };
  await workflow.signal(signal, { messageId: signal });
};

const PATHS: Record<string, Act> = {
  reserved: (_, __, env) => env.sleep(MINUTE),
  lapsed: workflow => workflow.result(),
  rescued: async (workflow, edge, env) => {
    await env.sleep(30 * MINUTE);
    await tell(workflow, edge, 'paid', { status: 'paid', money: 'held' });
    await workflow.result();
  },
  returned: async (workflow, edge, env) => {
    let asked = 0;
    edge.onRefunds = () => (++asked < 3 ? { money: 'returning', openRefunds: 1 } : { money: 'returned', openRefunds: 0 });
    await env.sleep(30 * MINUTE);
    await tell(workflow, edge, 'paid', { money: 'held' });
    await workflow.result();
  },
  movedAndCancelled: async (workflow, edge, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, edge, 'paid', { status: 'paid', money: 'held' });
    await env.sleep(DAY);
    const { startsAt, endsAt } = edge.facts;
    await tell(workflow, edge, 'rescheduled', { startsAt: startsAt + DAY, endsAt: endsAt + DAY, scheduleVersion: 2 });
    await env.sleep(2 * DAY + 2 * MINUTE);
    edge.onRefunds = () => ({ money: 'returned', openRefunds: 0 });
    await tell(workflow, edge, 'cancelled', { status: 'cancelled', money: 'returning', openRefunds: 1 });
    await workflow.result();
  },
  attended: async (workflow, edge, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, edge, 'paid', { status: 'paid', money: 'held' });
    const { startsAt } = edge.facts;
    await env.sleep(startsAt - (await env.currentTimeMs()) - MINUTE);
    await tell(workflow, edge, 'entered', { status: 'waiting', patientEnteredAt: startsAt - MINUTE });
    await env.sleep(12 * MINUTE);
    edge.facts = { ...edge.facts, status: 'progress', doctorEnteredAt: startsAt + 11 * MINUTE };
    await workflow.signal('entered', { messageId: 'doctor' });
    await env.sleep(20 * MINUTE);
    await tell(workflow, edge, 'concluded', { status: 'concluded', money: 'kept' });
    await workflow.result();
  },
  doctorLateMoved: async (workflow, edge, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, edge, 'paid', { status: 'paid', money: 'held' });
    const { startsAt, endsAt } = edge.facts;
    await env.sleep(startsAt - (await env.currentTimeMs()) + 11 * MINUTE);
    await tell(workflow, edge, 'rescheduled', { startsAt: startsAt + DAY, endsAt: endsAt + DAY, scheduleVersion: 2 });
    await env.sleep(DAY + 11 * MINUTE);
    await tell(workflow, edge, 'concluded', { status: 'failed', money: 'held' });
    await workflow.result();
  },
  doctorLateReturned: async (workflow, edge, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, edge, 'paid', { status: 'paid', money: 'held' });
    await env.sleep(edge.facts.startsAt - (await env.currentTimeMs()) + 11 * MINUTE);
    edge.onRefunds = () => ({ money: 'returned', openRefunds: 0 });
    await tell(workflow, edge, 'cancelled', { status: 'cancelled', money: 'returning', openRefunds: 1 });
    await workflow.result();
  },
  neverConcluded: async (workflow, edge, env) => {
    await env.sleep(MINUTE);
    await tell(workflow, edge, 'paid', { status: 'paid', money: 'held' });
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
  const edge = fakedEdge(input);
  const worker = await workerFor(env, edge, name);
  await worker.runUntil(async () => {
    const workflow = await started(env, input, name);
    await act(workflow, edge, env);
    writeFileSync(new URL(`${name}.json`, folder), `${historyToJSON(await workflow.fetchHistory())}\n`);
    console.log(`${VERSION}/${name}.json`);
    // An open workflow without a worker would block the time skipping of the next one.
    await workflow.terminate().catch(() => undefined);
  });
}
await env.teardown();
