// Names and shapes on the wire between the edge and Temporal. Never renamed: running workflows remember them. Ids and instants only.
export const TASK_QUEUE = 'consultations';
export const CONSULTATION = 'consultation';
export const PROTOCOL = 'protocol';

export const workflowIdOf = (consultationId: string): string => `consultation:${consultationId}`;
export const protocolWorkflowIdOf = (protocolId: string): string => `protocol:${protocolId}`;

/** What a consultation's workflow is started with. Instants are ms since the epoch. */
export interface ConsultationInput {
  readonly consultationId: string;
  readonly doctorId: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly expiresAt: number;
  /** Grows with every reschedule; letters are counted by it. */
  readonly scheduleVersion: number;
}

/** What the workflow of one signed protocol, the first or an amendment, is started with. */
export interface ProtocolInput {
  readonly protocolId: string;
  readonly consultationId: string;
  readonly doctorId: string;
  /** 1 is the first one; the others amend it. */
  readonly version: number;
}

/** Every signal says which message it is, so that a repeated one is recognised. It asks to look at the facts and carries none. */
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
  /** Money came, on time or late; D1 says what it bought. */
  paid: 'paid',
  /** The hold got more time from the clinic's staff. */
  extended: 'extended',
  cancelled: 'cancelled',
  rescheduled: 'rescheduled',
  /** Somebody came into the room, or went; D1 says who. */
  entered: 'entered',
  left: 'left',
  /** The doctor ended it; D1 says how. */
  concluded: 'concluded',
  /** The doctor signed a protocol; D1 holds it. */
  protocolSigned: 'protocolSigned',
} as const;

export type SignalName = keyof typeof SIGNALS;

/** Signals that say nothing but which message they are. */
export type PlainSignal = Exclude<SignalName, 'extended' | 'rescheduled'>;

/** What the outbox delivers to the gateway, one line a message. */
export type OutboxMessage =
  | { readonly kind: 'start'; readonly input: ConsultationInput }
  | { readonly kind: 'startProtocol'; readonly input: ProtocolInput }
  | { readonly kind: 'signal'; readonly name: PlainSignal; readonly consultationId: string; readonly told: Told }
  | { readonly kind: 'signal'; readonly name: 'extended'; readonly consultationId: string; readonly told: Extended }
  | { readonly kind: 'signal'; readonly name: 'rescheduled'; readonly consultationId: string; readonly told: Rescheduled };

/** What a workflow shows of itself for searching, readable by anybody who sees the console: ids, states and instants only. */
export const SEARCH_ATTRIBUTES = {
  state: { name: 'ConsultationState', type: 'KEYWORD' },
  doctor: { name: 'DoctorId', type: 'KEYWORD' },
  startsAt: { name: 'StartsAt', type: 'DATETIME' },
  money: { name: 'MoneyState', type: 'KEYWORD' },
} as const;

/**
 * Idempotency keys of the acts, made of the clinic's own words. Acts that only ask and settle (standing, checkPayments, settleRefunds,
 * closeRoom) carry none: a stored answer would keep showing yesterday's facts, and the edge guards each of their effects by itself.
 * `asked` counts how often one end of the hold was settled, because the edge's clock may not have reached it the first time.
 */
export const lapseKeyOf = (consultationId: string, expiresAt: number, asked: number): string =>
  `consultation:${consultationId}:lapse:${expiresAt}${asked === 0 ? '' : `:${asked}`}`;

export const missingKeyOf = (consultationId: string, kind: string, scheduleVersion: number): string =>
  `consultation:${consultationId}:${kind}:${scheduleVersion}`;

export const letterKeyOf = (consultationId: string, kind: string, scheduleVersion: number): string =>
  `consultation:${consultationId}:letter:${kind}:${scheduleVersion}`;
