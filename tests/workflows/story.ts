// A story beside its worker, both ended with the test that tells it.
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import { onTestFinished } from 'vitest';

/** Works until the story is told. One that its test has given up is ended too, before its connection is closed: its calls would be retried on it. */
export async function told<T>(env: TestWorkflowEnvironment, worker: Worker, workflowId: string, story: () => Promise<T>): Promise<T> {
  const telling = worker.runUntil(story);
  onTestFinished(async () => {
    await env.client.workflow
      .getHandle(workflowId)
      .terminate()
      .catch(() => undefined);
    await telling.catch(() => undefined);
  });
  return await telling;
}
