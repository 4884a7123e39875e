// What a workflow may ask of the world: the typed list. Each is idempotent under the key that its caller sends, and answers with ids,
// instants and kinds only. The host registers every name as one generic call to POST /activities/:name.
import type { MoneyState, Status } from './rules/status.ts';
import type { LetterKind } from './rules/letter.ts';

export interface About {
  readonly consultationId: string;
}

/** How a consultation stands in D1 right now. */
export interface Standing {
  readonly status: Status;
  readonly money: MoneyState;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly expiresAt: number;
  readonly scheduleVersion: number;
  /** Payments begun at the provider that have not ended there. */
  readonly openPayments: number;
  /** Refunds that are asked for and not yet settled. */
  readonly openRefunds: number;
  /** When the patient was in the room for the first time, and the doctor came last; null while nobody came. A doctor who had gone by the start has not. */
  readonly patientEnteredAt: number | null;
  readonly doctorEnteredAt: number | null;
}

/** Who has not come: the doctor ten minutes after the start, the patient a quarter of an hour after it. */
export type MissingKind = 'doctorLate' | 'patientAbsent';

export interface Activities {
  standing(about: About): Promise<Standing>;
  /** At the end of the hold: asks the provider about every open payment, then lapses the hold unless money came. */
  settleExpiry(about: About): Promise<Standing>;
  /** Asks the provider about every payment that has not ended and settles what it says. */
  checkPayments(about: About): Promise<Standing>;
  /** Sends back what is owed and asks about what was sent before. */
  settleRefunds(about: About): Promise<Standing>;
  /** Sends one letter once; 'skipped' when the facts no longer want it. */
  sendLetter(
    about: About & { readonly kind: LetterKind; readonly scheduleVersion: number },
  ): Promise<{ kind: 'sent' | 'already' | 'skipped' }>;
  /** Writes down that the doctor has not come and tells the patient who sits in the room, unless that is no longer so. */
  noteDoctorLate(about: About & { readonly scheduleVersion: number }): Promise<{ kind: 'noted' | 'untrue' }>;
  /** The same of the patient. */
  notePatientAbsent(about: About & { readonly scheduleVersion: number }): Promise<{ kind: 'noted' | 'untrue' }>;
  /** Ends the room: sockets and media are closed, what it remembered is forgotten. */
  closeRoom(about: About): Promise<{ kind: 'closed' }>;
  /** Prints a signed protocol as a PDF, has it signed where there is a signing service, and keeps it. 'already' when it is kept. */
  renderProtocol(about: { readonly protocolId: string }): Promise<{ kind: 'rendered' | 'already' }>;
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
] as const satisfies readonly (keyof Activities)[];
