// The workflow of one run of «Сверка»: a page an activity, until the run has ended. A Schedule (temporal/schedules.ts) starts it each night, the gateway
// when a person of finance asks. The run and its place are a row in D1, which the cron drives too, so that a lost workflow loses nothing.
import { continueAsNew, sleep, workflowInfo } from '@temporalio/workflow';
import { ASK_AGAIN_MS, RECONCILED_PAGES } from './clocks.ts';
import type { ReconciliationInput } from './messages.ts';
import { activities } from './proxies.ts';

export async function reconciliation(input: ReconciliationInput = {}): Promise<{ readonly runId: string }> {
  const startedAt = workflowInfo().startTime.getTime();
  let step = await activities.reconcile(input.runId ?? null, startedAt);
  for (let pages = 1; step.kind !== 'done'; pages += 1) {
    if (pages >= RECONCILED_PAGES) await continueAsNew<typeof reconciliation>({ runId: step.runId });
    // Somebody else does a page now.
    if (step.kind === 'taken') await sleep(ASK_AGAIN_MS);
    step = await activities.reconcile(step.runId, startedAt);
  }
  return { runId: step.runId };
}
