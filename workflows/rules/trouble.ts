// What the machinery could not do and a person must look at. Read by worker/data/troubles.ts, shown on the desk. Instants are ms.
import type { Doctor } from './doctor.ts';

/**
 * `message`: a line of the outbox that Temporal's host refused for good, so the consultation's reminders and refunds may not run. `letter`:
 * one that was refused or came back. `refund`: one that the payment provider refused; `lateRefund`: one without an end for three days.
 * `document`: a PDF that can never be made. `receipt`: one that the provider could not register; `lateReceipt`: one that is not registered after
 * three days. `money`: a paid visit that failed, and nobody has asked for the money to be returned. `external`: a refund that somebody made in the
 * provider's own cabinet. `claim`: a refund claim without a decision on day 7 or later; `claimOverdue`: after its last day.
 */
export const TROUBLE_KINDS = [
  'message',
  'letter',
  'refund',
  'document',
  'lateRefund',
  'receipt',
  'lateReceipt',
  'money',
  'external',
  'claim',
  'claimOverdue',
] as const;
export type TroubleKind = (typeof TROUBLE_KINDS)[number];

export interface Trouble {
  readonly kind: TroubleKind;
  readonly doctor: Doctor;
  readonly startsAt: number;
  readonly at: number;
  /** The refund that it is about, for who may act on it. */
  readonly refundId: string | null;
}
