// The Schedules in Temporal: what begins by the calendar of the clinic. host.ts makes them when it starts, and changes them when they differ. What a
// Schedule begins is a row in D1 that the cron begins too, an hour later.
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';
import { RECONCILIATION, TASK_QUEUE } from '../workflows/messages.ts';
import { NIGHTLY_HOUR } from '../workflows/clocks.ts';
import type { Calls } from './calls.ts';

/** `zone` is an IANA name: the hour is the clinic's. */
const nightly = (zone: string): ScheduleOptions => ({
  scheduleId: 'reconcile-nightly',
  spec: { calendars: [{ hour: NIGHTLY_HOUR, minute: 0, comment: 'compare the provider with our rows' }], timezone: zone },
  action: { type: 'startWorkflow', workflowType: RECONCILIATION, taskQueue: TASK_QUEUE, workflowId: 'reconciliation', args: [{}] },
  // One that still runs is not begun twice; after a stop of up to twelve hours the night is made up for.
  policies: { overlap: 'SKIP', catchupWindow: '12 hours', pauseOnFailure: false },
});

async function makeSchedules(client: Client, zone: string): Promise<void> {
  const options = nightly(zone);
  try {
    await client.schedule.create(options);
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies } = options;
    await client.schedule.getHandle(options.scheduleId).update(known => ({ ...known, spec, action, policies: policies ?? known.policies }));
  }
}

const AGAIN_MS = 5_000;

export interface Surroundings {
  readonly calls: Calls;
  /** An IANA name. */
  readonly zone: string;
  readonly isWorking: () => boolean;
  readonly stopping: AbortSignal;
  readonly warn: (said: string) => void;
}

/** Makes the Schedules as soon as the worker beside us has reached Temporal. A failure is logged and holds up nothing: the cron of the edge begins what is missing. */
export async function keepSchedules({ calls, zone, isWorking, stopping, warn }: Surroundings): Promise<void> {
  while (!stopping.aborted) {
    try {
      if (isWorking() && (await calls.make(client => makeSchedules(client, zone))).kind === 'reached') return;
    } catch (error) {
      return warn(`The schedules were not made: ${error instanceof Error ? error.message : 'unknown'}`);
    }
    await delay(AGAIN_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}
