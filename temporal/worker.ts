// Keeps a Temporal worker running while the host runs: connects, works, and starts again after Temporal was unreachable or the worker
// ended. host.ts starts it and reads whether it runs.
import { setTimeout as delay } from 'node:timers/promises';
import { bundleWorkflowCode, type Logger, NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { ACTIVITY_MS } from '../workflows/clocks.ts';
import { TASK_QUEUE } from '../workflows/messages.ts';
import { activitiesAt } from './activity-proxy.ts';
import { reachOf } from './connection.ts';
import { BUNDLE } from './bundling.ts';
import { dataConverterOf } from './data-converter.ts';
import type { Settings } from './settings.ts';

export interface Working {
  readonly isWorking: () => boolean;
  /** Lets running activities end, then resolves. */
  readonly stop: () => Promise<void>;
}

const BEGIN_AGAIN_MS = 1_000;

export function keepWorking(settings: Settings, logger: Logger): Working {
  const bundle: Bundle =
    settings.WORKFLOW_BUNDLE === undefined
      ? bundleWorkflowCode({ ...BUNDLE, logger })
      : Promise.resolve({ codePath: settings.WORKFLOW_BUNDLE });
  // Awaited only when Temporal is reached; a failure before that would be an unhandled rejection.
  bundle.catch(() => undefined);
  const stopping = new AbortController();
  let worker: Worker | undefined;

  const work = async () => {
    while (!stopping.signal.aborted) {
      const reason = await untilItEnds(settings, bundle, stopping.signal, running => {
        worker = running;
        if (stopping.signal.aborted) running.shutdown();
      });
      worker = undefined;
      if (stopping.signal.aborted) return;
      logger.warn('The worker is away from Temporal and begins again.', { reason });
      await delay(BEGIN_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const done = work();

  return {
    isWorking: () => worker?.getState() === 'RUNNING',
    stop: async () => {
      stopping.abort();
      if (worker?.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
}

type Bundle = Promise<WorkerOptions['workflowBundle']>;

/** Runs one worker; resolves with why it ended. */
async function untilItEnds(settings: Settings, bundle: Bundle, stopping: AbortSignal, begun: (worker: Worker) => void): Promise<string> {
  let connection: NativeConnection | undefined;
  try {
    // To connect to a server that accepts and then says nothing takes half a minute and cannot be cancelled. A stop does not wait for that.
    connection = await unlessAborted(NativeConnection.connect(reachOf(settings)), stopping);
    const worker = await Worker.create({
      connection,
      namespace: settings.TEMPORAL_NAMESPACE,
      taskQueue: TASK_QUEUE,
      identity: `host ${process.pid}@${settings.HOST_LISTEN}`,
      activities: activitiesAt({ url: settings.EDGE_URL ?? settings.PUBLIC_URL, keys: settings.EDGE_KEYS }),
      workflowBundle: await bundle,
      dataConverter: dataConverterOf(settings.CODEC_KEYS),
      // Measured: memory stays bounded, and another host takes a workflow over after one second instead of ten.
      maxCachedWorkflows: 200,
      reuseV8Context: true,
      stickyQueueScheduleToStartTimeout: '1s',
      // Longer ones, which make a PDF, are cut off and tried again by the next host.
      shutdownGraceTime: ACTIVITY_MS,
      shutdownForceTime: 2 * ACTIVITY_MS,
    });
    const ended = worker.run();
    // Only a worker that runs can be shut down, and only one that has run lets go of its connection.
    begun(worker);
    await ended;
    return 'stopped';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await connection?.close();
  }
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('The host is stopping.'));
    signal.addEventListener('abort', end, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
