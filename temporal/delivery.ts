// Hands one outbox message to Temporal. Saying it twice is harmless: a start is known by its workflow id, a signal by its message id.
// gateway.ts calls it.
import {
  type Client,
  type WorkflowHandle,
  type WorkflowStartOptions,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  CONSULTATION,
  type ConsultationInput,
  type OutboxMessage,
  PROTOCOL,
  type ProtocolInput,
  protocolWorkflowIdOf,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  workflowIdOf,
} from '../workflows/messages.ts';

/** `closed`: the story is over and needs no telling. `unknown`: nobody started it, so the messages came out of order or the start is lost. */
export type Delivery = { readonly kind: 'started' | 'signalled' | 'closed' | 'unknown' };

export function deliver(client: Client, message: OutboxMessage): Promise<Delivery> {
  switch (message.kind) {
    case 'start':
      return start(client, CONSULTATION, consultationStart(message.input));
    case 'startProtocol':
      return start(client, PROTOCOL, protocolStart(message.input));
    case 'signal':
      return signal(client, message);
  }
}

type Start = Omit<WorkflowStartOptions, 'taskQueue'>;

/** One workflow an id, for ever: a repeated start finds the running one, or learns that it is over. */
async function start(client: Client, type: string, options: Start): Promise<Delivery> {
  try {
    await client.workflow.start(type, {
      ...options,
      taskQueue: TASK_QUEUE,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    });
    return { kind: 'started' };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'closed' };
    throw error;
  }
}

const consultationStart = (input: ConsultationInput): Start => ({
  workflowId: workflowIdOf(input.consultationId),
  args: [input],
  staticSummary: `consultation ${input.consultationId}`,
  staticDetails: `Doctor \`${input.doctorId}\`, starts **${new Date(input.startsAt).toISOString()}** as booked.`,
  typedSearchAttributes: new TypedSearchAttributes([
    { key: SEARCH_ATTRIBUTES.state, value: 'reserved' },
    { key: SEARCH_ATTRIBUTES.money, value: 'nothing' },
    { key: SEARCH_ATTRIBUTES.doctor, value: input.doctorId },
    { key: SEARCH_ATTRIBUTES.startsAt, value: new Date(input.startsAt) },
  ]),
});

const protocolStart = (input: ProtocolInput): Start => ({
  workflowId: protocolWorkflowIdOf(input.protocolId),
  args: [input],
  staticSummary: `protocol ${input.version} of consultation ${input.consultationId}`,
  typedSearchAttributes: new TypedSearchAttributes([
    { key: SEARCH_ATTRIBUTES.state, value: 'signed' },
    { key: SEARCH_ATTRIBUTES.doctor, value: input.doctorId },
  ]),
});

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
