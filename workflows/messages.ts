// Names and shapes of the messages between the edge and Temporal: ids and instants (ms) only. They must not be renamed, because running
// workflows depend on them.
import type { MissingKind, Standing } from './activities.ts';
import type { LetterKind } from './rules/letter.ts';
import type { Reminder } from './rules/reminder.ts';

export const TASK_QUEUE = 'consultations';
export const CONSULTATION = 'consultation';
export const PROTOCOL = 'protocol';
export const RECONCILIATION = 'reconciliation';
export const REFUND_CLAIM = 'refundClaim';

export const workflowIdOf = (consultationId: string): string => `consultation:${consultationId}`;
export const protocolWorkflowIdOf = (protocolId: string): string => `protocol:${protocolId}`;
export const reconciliationWorkflowIdOf = (runId: string): string => `reconciliation:${runId}`;
export const refundClaimWorkflowIdOf = (claimId: string): string => `refund-claim:${claimId}`;

/** The input of a consultation's workflow. Instants are ms since the epoch. */
export interface ConsultationInput {
  readonly consultationId: string;
  readonly doctorId: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly expiresAt: number;
  /** Increases with every reschedule; letters carry it. */
  readonly scheduleVersion: number;
  /**
   * When the workflow was started again, ms, because Temporal had lost it (worker/data/resumptions.ts). It reads the facts first, which may be far
   * ahead of this input.
   */
  readonly resumedAt?: number;
  /** What the run before has learnt, when a long history was continued in a new one (HISTORY_CAP in clocks.ts). */
  readonly so?: Remembered;
}

/** What a consultation's workflow hands over to its next run. */
export interface Remembered {
  readonly facts: Standing;
  readonly signalled: boolean;
  readonly moneySignalled: boolean;
  readonly polls: number;
  readonly missing: readonly MissingKind[];
  /** Letters that were queued, as «kind version», and those of them that were not sent yet. */
  readonly queued: readonly string[];
  readonly unsent: readonly { readonly kind: LetterKind; readonly scheduleVersion: number }[];
  /** The latest message ids. An older message that comes again costs one look at the facts. */
  readonly seen: readonly string[];
  /** How often the end of the hold was settled, and whether it led to an end. */
  readonly asked: number;
  readonly isSettled: boolean;
  /** Planned moments that have not come; null before the payment. */
  readonly plan: Plan | null;
  readonly isClosed: boolean;
  /** When the doctor is reminded to sign; null before the conclusion. */
  readonly nagAt: number | null;
}

/** The planned moments of a visit, in order: reminders before the start, checks for missing participants after it. */
export interface Plan {
  readonly startsAt: number;
  readonly moments: readonly { readonly kind: Reminder['kind'] | MissingKind; readonly at: number }[];
}

/** The input of the workflow of one signed protocol, the first or an amendment. */
export interface ProtocolInput {
  readonly protocolId: string;
  readonly consultationId: string;
  readonly doctorId: string;
  /** 1 is the first protocol; higher versions amend it. */
  readonly version: number;
  /** When the workflow was started again, ms. What it does is done once anyway. */
  readonly resumedAt?: number;
}

/** The input of the workflow of one refund claim. Instants are ms. */
export interface ClaimInput {
  readonly claimId: string;
  readonly consultationId: string;
  /** The ten days run from here to dueAt. */
  readonly demandedAt: number;
  readonly dueAt: number;
  /** When the workflow was started again, ms. It reads the facts first anyway. */
  readonly resumedAt?: number;
  /** What the run before has heard, when a long history was continued in a new one. */
  readonly seen?: readonly string[];
}

/** The input of a run of «Сверка». Without an id it is the nightly one of the clinic's date. */
export interface ReconciliationInput {
  readonly runId?: string;
}

/** Every signal has a message id, so that a repeated one is recognised. It only requests a new look at the facts and carries none. */
export interface Told {
  readonly messageId: string;
}

export interface Extended extends Told {
  readonly expiresAt: number;
}

export interface Rescheduled extends Told {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly scheduleVersion: number;
}

export const SIGNALS = {
  /** A payment succeeded, in time or late. D1 records what it paid for. */
  paid: 'paid',
  /** The staff extended the hold. */
  extended: 'extended',
  cancelled: 'cancelled',
  rescheduled: 'rescheduled',
  /** Somebody entered or left the room; D1 records who. */
  entered: 'entered',
  left: 'left',
  /** The doctor concluded the visit; D1 records the outcome. */
  concluded: 'concluded',
  /** The doctor signed a protocol, which is in D1. */
  protocolSigned: 'protocolSigned',
} as const;

export type SignalName = keyof typeof SIGNALS;

export const CLAIM_SIGNALS = {
  /** Something happened to the claim: a form, a signature, a file, a question, a decision or a withdrawal, which are in D1. */
  changed: 'changed',
} as const;

export type ClaimSignalName = keyof typeof CLAIM_SIGNALS;

/** Signals with no content except the message id. */
export type PlainSignal = Exclude<SignalName, 'extended' | 'rescheduled'>;

/** What the outbox delivers to the gateway: one row, one message. */
export type OutboxMessage =
  | { readonly kind: 'start'; readonly input: ConsultationInput }
  | { readonly kind: 'startProtocol'; readonly input: ProtocolInput }
  | { readonly kind: 'startClaim'; readonly input: ClaimInput }
  | { readonly kind: 'startReconciliation'; readonly input: Required<ReconciliationInput> }
  | { readonly kind: 'signalClaim'; readonly name: ClaimSignalName; readonly claimId: string; readonly told: Told }
  | { readonly kind: 'signal'; readonly name: PlainSignal; readonly consultationId: string; readonly told: Told }
  | { readonly kind: 'signal'; readonly name: 'extended'; readonly consultationId: string; readonly told: Extended }
  | { readonly kind: 'signal'; readonly name: 'rescheduled'; readonly consultationId: string; readonly told: Rescheduled };

/**
 * The header with which the edge and the gateway mark their own answers to each other. An answer without it came from something between
 * them, for example a proxy or a deploy page. It decides nothing: the message or the activity is tried again.
 */
export const MARK = 'clinic-answer';

/** `done` is a result, `refused` can never succeed, `later` is tried again. */
export type Marked = 'done' | 'refused' | 'later';

/** Search attributes of a workflow. Anybody who may open the console can read them, so they hold ids, states and instants only. */
export const SEARCH_ATTRIBUTES = {
  state: { name: 'ConsultationState', type: 'KEYWORD' },
  doctor: { name: 'DoctorId', type: 'KEYWORD' },
  startsAt: { name: 'StartsAt', type: 'DATETIME' },
  money: { name: 'MoneyState', type: 'KEYWORD' },
  claim: { name: 'ClaimState', type: 'KEYWORD' },
  claimDueAt: { name: 'ClaimDueAt', type: 'DATETIME' },
} as const;

/**
 * Idempotency keys of activities, built from ids, kinds and versions. Activities that only read or settle (standing, checkPayments,
 * settleRefunds, closeRoom, lookAfterClaim) have no key: a stored answer would return outdated facts, and the edge guards each of their effects itself.
 * `asked` counts how often the end of one hold was settled, because the edge's clock may not have reached it the first time. A workflow that was
 * started again must not get the answer that was stored for the lost one, so its key has the instant.
 */
export const lapseKeyOf = (consultationId: string, expiresAt: number, asked: number, resumedAt?: number): string =>
  `consultation:${consultationId}:lapse:${expiresAt}${asked === 0 ? '' : `:${asked}`}${resumedAt === undefined ? '' : `:resumed:${resumedAt}`}`;

export const missingKeyOf = (consultationId: string, kind: string, scheduleVersion: number): string =>
  `consultation:${consultationId}:${kind}:${scheduleVersion}`;

/** `subject` is what the letter is about, such as a claim; empty for a letter about the consultation itself. */
export const letterKeyOf = (consultationId: string, kind: string, scheduleVersion: number, subject = ''): string =>
  `consultation:${consultationId}:letter:${kind}:${scheduleVersion}${subject === '' ? '' : `:${subject}`}`;
