// The activities that workflows call, typed. Each is idempotent under the key that its caller sends, and returns ids, instants (ms) and
// kinds only. The host (temporal/activity-proxy.ts) registers every name as one generic call to POST /activities/:name of the edge.
import { ACTIVITY_MS, RECONCILING_MS, RENDERING_MS } from './clocks.ts';
import type { ClaimState } from './rules/claim-state.ts';
import type { MoneyState, Status } from './rules/status.ts';
import type { ClaimMoment } from './rules/claim-moments.ts';
import type { LetterKind } from './rules/letter.ts';

export interface About {
  readonly consultationId: string;
}

/** The current state of a consultation in D1. Instants are ms. */
export interface Standing {
  readonly status: Status;
  readonly money: MoneyState;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly expiresAt: number;
  readonly scheduleVersion: number;
  /** Payments begun at the provider that it has neither confirmed nor cancelled. */
  readonly openPayments: number;
  /** Refunds that were requested and are neither settled nor refused. */
  readonly openRefunds: number;
  /**
   * The patient's first entry and the doctor's last arrival; null when there was none. A doctor who left before the start has not arrived.
   */
  readonly patientEnteredAt: number | null;
  readonly doctorEnteredAt: number | null;
}

/** How a refund claim stands in D1 after what was due was written down. Instants are ms. */
export interface ClaimStanding {
  readonly state: ClaimState;
  /** A refund of its decision is on its way through the provider. */
  readonly owesMoney: boolean;
  /** Letters about it that have a row and were not sent. */
  readonly letters: readonly { readonly kind: LetterKind; readonly subject: string }[];
  /** When it is to be looked after again if nothing happens, and for what; null when nothing is left to do. */
  readonly wakeAt: number | null;
  readonly wakesFor: ClaimMoment;
}

export interface AboutClaim {
  readonly claimId: string;
}

/** Who has not come: the doctor 10 minutes after the start, the patient 15 minutes after it. */
export type MissingKind = 'doctorLate' | 'patientAbsent';

export interface Activities {
  standing(about: About): Promise<Standing>;
  /** At the end of the hold: asks the provider about every open payment, then lapses the hold unless it was paid. */
  settleExpiry(about: About): Promise<Standing>;
  /** Asks the provider about every open payment and records the answers. */
  checkPayments(about: About): Promise<Standing>;
  /** Sends refunds that are owed, and asks the provider about those sent before. */
  settleRefunds(about: About): Promise<Standing>;
  /** Sends one letter at most once. 'skipped' when the facts no longer require it, 'refused' when the mail provider never takes it. */
  sendLetter(
    about: About & { readonly kind: LetterKind; readonly scheduleVersion: number; readonly subject?: string | undefined },
  ): Promise<{ kind: 'sent' | 'already' | 'skipped' | 'refused' }>;
  /**
   * Records that the doctor has not come and tells the patient who waits in the room. 'untrue' when the doctor has come, or the visit was
   * moved or is over.
   */
  noteDoctorLate(about: About & { readonly scheduleVersion: number }): Promise<{ kind: 'noted' | 'untrue' }>;
  /** The same for the patient. */
  notePatientAbsent(about: About & { readonly scheduleVersion: number }): Promise<{ kind: 'noted' | 'untrue' }>;
  /** Closes the room: its sockets and media sessions are closed, its memory is deleted. */
  closeRoom(about: About): Promise<{ kind: 'closed' }>;
  /** Makes the PDF of a signed protocol, has it signed when a signing service is configured, and stores it. 'already' when it is stored. */
  renderProtocol(about: { readonly protocolId: string }): Promise<{ kind: 'rendered' | 'already' }>;
  /** Writes down what is due for a refund claim: letters, the decision by rule, alarms. Repeating it changes nothing. */
  lookAfterClaim(about: AboutClaim): Promise<ClaimStanding>;
  /**
   * Does one page of a run of «Сверка». Without an id it begins the nightly run of the clinic's date at `at` (ms), or finds it. 'taken' when somebody
   * else does a page now.
   */
  reconcile(about: {
    readonly runId: string | null;
    readonly at: number;
  }): Promise<{ readonly kind: 'more' | 'taken' | 'done'; readonly runId: string }>;
}

export const ACTIVITY_NAMES = [
  'standing',
  'settleExpiry',
  'checkPayments',
  'settleRefunds',
  'sendLetter',
  'noteDoctorLate',
  'notePatientAbsent',
  'closeRoom',
  'renderProtocol',
  'reconcile',
  'lookAfterClaim',
] as const satisfies readonly (keyof Activities)[];

/** The longest attempt of each activity, ms, for the workflow and for the host, which aborts its request then. */
export const attemptMsOf = (name: keyof Activities): number =>
  name === 'renderProtocol' ? RENDERING_MS : name === 'reconcile' ? RECONCILING_MS : ACTIVITY_MS;
