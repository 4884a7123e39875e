// Delivers one outbox message to Temporal. A repeated message does no harm: a start is identified by its workflow id, a signal by its
// message id, and what is resumed twice reads the facts and ends. Called by gateway.ts.
import {
  type Client,
  type WorkflowHandle,
  type WorkflowStartOptions,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  type ClaimInput,
  CONSULTATION,
  type ConsultationInput,
  type OutboxMessage,
  PROTOCOL,
  type ProtocolInput,
  protocolWorkflowIdOf,
  RECONCILIATION,
  type ReconciliationInput,
  reconciliationWorkflowIdOf,
  REFUND_CLAIM,
  refundClaimWorkflowIdOf,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  workflowIdOf,
} from '../workflows/messages.ts';

/**
 * `closed`: the workflow has ended and does not need the message. `unknown`: the workflow was never started, so the messages arrived out of
 * order or the start was lost.
 */
export type Delivery = { readonly kind: 'started' | 'signalled' | 'closed' | 'unknown' };

export function deliver(client: Client, message: OutboxMessage): Promise<Delivery> {
  switch (message.kind) {
    case 'start':
      return start(client, CONSULTATION, consultationStart(message.input));
    case 'startProtocol':
      return start(client, PROTOCOL, protocolStart(message.input));
    case 'startClaim':
      return start(client, REFUND_CLAIM, claimStart(message.input));
    case 'startReconciliation':
      return start(client, RECONCILIATION, reconciliationStart(message.input));
    case 'signal':
      return signal(client, workflowIdOf(message.consultationId), message);
    case 'signalClaim':
      return signal(client, refundClaimWorkflowIdOf(message.claimId), message);
  }
}

type Start = Omit<WorkflowStartOptions, 'taskQueue' | 'args'> & {
  readonly args: [(ConsultationInput | ProtocolInput | ClaimInput | Required<ReconciliationInput>) & { readonly resumedAt?: number }];
};

/**
 * Each id is used for one workflow only: a repeated start returns `started` while the workflow runs and `closed` after it has ended. A start that
 * resumes opens an ended one again, however it ended: it may have been terminated, or the database may have gone back to a time before its end.
 */
async function start(client: Client, type: string, options: Start): Promise<Delivery> {
  try {
    await client.workflow.start(type, {
      ...options,
      taskQueue: TASK_QUEUE,
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: options.args[0].resumedAt === undefined ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
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

const reconciliationStart = (input: Required<ReconciliationInput>): Start => ({
  workflowId: reconciliationWorkflowIdOf(input.runId),
  args: [input],
  staticSummary: 'compare the provider with our rows',
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

const claimStart = (input: ClaimInput): Start => ({
  workflowId: refundClaimWorkflowIdOf(input.claimId),
  args: [input],
  staticSummary: `refund claim of consultation ${input.consultationId}`,
  staticDetails: `Demanded **${new Date(input.demandedAt).toISOString()}**, to be decided before **${new Date(input.dueAt).toISOString()}**.`,
  typedSearchAttributes: new TypedSearchAttributes([
    { key: SEARCH_ATTRIBUTES.claim, value: 'demanded' },
    { key: SEARCH_ATTRIBUTES.claimDueAt, value: new Date(input.dueAt) },
  ]),
});

async function signal(
  client: Client,
  workflowId: string,
  message: Extract<OutboxMessage, { kind: 'signal' | 'signalClaim' }>,
): Promise<Delivery> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    await handle.signal(message.name, message.told);
    return { kind: 'signalled' };
  } catch (error) {
    // The server also answers NOT_FOUND for a closed workflow.
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
