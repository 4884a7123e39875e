// Temporal servers for tests: the time-skipping one for stories, the real one for the gateway, the codec and the host.
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { findTemporal, type Program } from '../../stand/temporal.ts';
import { BUNDLE } from '../../temporal/bundling.ts';
import { CONSULTATION, type ConsultationInput, SEARCH_ATTRIBUTES, TASK_QUEUE, workflowIdOf } from '../../workflows/messages.ts';
import type { consultation } from '../../workflows/index.ts';
import type { FakeActivities } from './fake-activities.ts';

const logger = new DefaultLogger('ERROR');
Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } } });

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;
export const workflowBundle = (): Promise<WorkflowBundleWithSourceMap> => (bundle ??= bundleWorkflowCode({ ...BUNDLE, logger }));

async function executable(program: Program) {
  const found = await findTemporal(program);
  if (found.kind === 'missing') throw new Error(found.sentence);
  return { type: 'existing-path', path: found.path } as const;
}

const INDEXED = { KEYWORD: 2, DATETIME: 6 } as const;

export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: await executable('temporal-test-server') } });
  const searchAttributes = Object.fromEntries(Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [name, INDEXED[type]]));
  try {
    await env.connection.operatorService.addSearchAttributes({ namespace: 'default', searchAttributes });
  } catch (error) {
    await env.teardown();
    throw error;
  }
  return env;
}

export const realServer = async (): Promise<TestWorkflowEnvironment> =>
  TestWorkflowEnvironment.createLocal({
    server: {
      executable: await executable('temporal'),
      searchAttributes: Object.values(SEARCH_ATTRIBUTES),
      log: { format: 'pretty', level: 'error' },
    },
  });

export const workerFor = async (env: TestWorkflowEnvironment, fake: FakeActivities, taskQueue: string): Promise<Worker> =>
  Worker.create({ connection: env.nativeConnection, taskQueue, workflowBundle: await workflowBundle(), activities: fake.activities });

export const started = (env: TestWorkflowEnvironment, input: ConsultationInput, taskQueue: string = TASK_QUEUE) =>
  env.client.workflow.start<typeof consultation>(CONSULTATION, {
    taskQueue,
    workflowId: workflowIdOf(input.consultationId),
    args: [input],
  });
