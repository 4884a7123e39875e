// Hands one outbox message to Temporal. Saying it twice is harmless: a start is known by its workflow id, a signal by its message id.
// gateway.ts calls it.
import { type Client, type WorkflowHandle, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  CONSULTATION,
  type ConsultationInput,
  type OutboxMessage,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  workflowIdOf,
} from '../workflows/messages.ts';

/** `closed`: the story is over and needs no telling. `unknown`: nobody started it, so the messages came out of order or the start is lost. */
export type Delivery = { readonly kind: 'started' | 'signalled' | 'closed' | 'unknown' };

export const deliver = (client: Client, message: OutboxMessage): Promise<Delivery> =>
  message.kind === 'start' ? start(client, message.input) : signal(client, message);

async function start(client: Client, input: ConsultationInput): Promise<Delivery> {
  const { consultationId, doctorId, startsAt } = input;
  try {
    await client.workflow.start(CONSULTATION, {
      taskQueue: TASK_QUEUE,
      workflowId: workflowIdOf(consultationId),
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: `consultation ${consultationId}`,
      staticDetails: `Doctor \`${doctorId}\`, starts **${new Date(startsAt).toISOString()}** as booked.`,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: SEARCH_ATTRIBUTES.state, value: 'reserved' },
        { key: SEARCH_ATTRIBUTES.money, value: 'nothing' },
        { key: SEARCH_ATTRIBUTES.doctor, value: doctorId },
        { key: SEARCH_ATTRIBUTES.startsAt, value: new Date(startsAt) },
      ]),
    });
    return { kind: 'started' };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'closed' };
    throw error;
  }
}

async function signal(client: Client, message: Extract<OutboxMessage, { kind: 'signal' }>): Promise<Delivery> {
  const handle = client.workflow.getHandle(workflowIdOf(message.consultationId));
  try {
    await handle.signal(message.name, message.told);
    return { kind: 'signalled' };
  } catch (error) {
    // The server says NOT_FOUND of a closed workflow too.
    if (error instanceof WorkflowNotFoundError) return { kind: (await exists(handle)) ? 'closed' : 'unknown' };
    throw error;
  }
}

async function exists(handle: WorkflowHandle): Promise<boolean> {
  try {
    await handle.describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
