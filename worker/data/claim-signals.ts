// Lines of the outbox about a refund claim. They are delivered in the order of its consultation's lines, so the start comes before the first change.
// Called by everything in worker/data that writes something about a claim.
import type { ClaimInput } from '../../workflows/messages.ts';
import type { Write } from './db.ts';
import { tells } from './outbox.ts';

/** Starts the workflow of a claim. `onlyIf` is a condition on earlier writes of the same batch, with the consultation as ?1. */
export const startsClaim = (input: ClaimInput, now: number, onlyIf?: string): Write =>
  tells(input.consultationId, `claim:${input.claimId}`, { kind: 'startClaim', input }, now, onlyIf);

/**
 * Asks the workflow of a claim to read the facts again. `messageId` names what happened, for example `claim-file:<id>`; the same one twice is one line.
 * `onlyIf` is a condition on earlier writes of the same batch, with the consultation as ?1.
 */
export const claimChanged = (claimId: string, consultationId: string, messageId: string, now: number, onlyIf?: string): Write =>
  tells(consultationId, messageId, { kind: 'signalClaim', name: 'changed', claimId, told: { messageId } }, now, onlyIf);

/** Starts the workflow of a claim again if Temporal has lost it; one that runs is left alone. */
export const resumesClaim = (input: Omit<ClaimInput, 'resumedAt'>, now: number): Write =>
  tells(input.consultationId, `claim-again:${input.claimId}:${now}`, { kind: 'startClaim', input: { ...input, resumedAt: now } }, now);
