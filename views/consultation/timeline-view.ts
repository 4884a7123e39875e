// The data of a consultation for its patient: a talon in a list, and the whole consultation with every letter, payment and move. Instants
// are ms, sums minor units.
import type { Door } from '../../workflows/rules/admission.ts';
import type { CancellationTerms } from '../../workflows/rules/cancellation.ts';
import type { ClaimOffer } from '../../workflows/rules/claim-offer.ts';
import type { Delay, DoctorTrace } from '../../workflows/rules/delay.ts';
import type { Moving, MoveTrace } from '../../workflows/rules/reschedule.ts';
import type { Facts, Status } from '../../workflows/rules/status.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';
import type { LetterTrace } from '../../workflows/rules/letter.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import type { ReceiptTrace } from '../../workflows/rules/receipt.ts';
import type { RefundTrace } from '../../workflows/rules/refund.ts';

/** What is offered to the patient of a late doctor, in the fragment `#delay-{id}`. */
export interface DelayView {
  readonly consultationId: string;
  readonly delay: Delay;
  /** The doctor's own message about the delay, which may announce a later start than the delay so far. */
  readonly trace: DoctorTrace;
  readonly startsAt: number;
  /** The patient chose to wait, so the offer shrinks to one line. */
  readonly hasWaited: boolean;
  /** Everything that was paid and is not being returned, minor units. */
  readonly returnMinor: number;
}

/** One consultation as its patient sees it in a list. */
export interface TalonView {
  readonly id: string;
  readonly doctor: Doctor;
  readonly facts: Facts;
  readonly status: Status;
  readonly createdAt: number;
  readonly email: string;
  readonly door: Door;
  readonly terms: CancellationTerms;
  /** The provider's reason for the latest refused attempt; null when there is none or when a later payment succeeded. */
  readonly refusedReason: string | null;
  /** A payment was started and the provider has not finished it. */
  readonly paymentOpen: boolean;
  readonly delay: DelayView;
  readonly moving: Moving;
  readonly cancelReason: 'asked' | 'doctorLate' | null;
  /** «Вернуть оплату»; null where it is not shown. */
  readonly claim: ClaimOffer | null;
}

export interface ConsultationView extends TalonView {
  /** The consultation has a call passport to show. */
  readonly hasPassport: boolean;
  readonly letters: readonly LetterTrace[];
  readonly payments: readonly PaymentTrace[];
  readonly refunds: readonly RefundTrace[];
  readonly receipts: readonly ReceiptTrace[];
  readonly moves: readonly MoveTrace[];
  /** When the patient of a late doctor decided to wait. */
  readonly waits: readonly number[];
}
