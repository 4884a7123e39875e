// A consultation as its patient reads it: one talon of a list, and its whole consultation with every letter, payment and move. Instants are ms, sums minor units.
import type { Door } from '../../workflows/rules/admission.ts';
import type { CancellationTerms } from '../../workflows/rules/cancellation.ts';
import type { Delay, DoctorTrace } from '../../workflows/rules/delay.ts';
import type { Moving, MoveTrace } from '../../workflows/rules/reschedule.ts';
import type { Facts, Status } from '../../workflows/rules/status.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';
import type { LetterTrace } from '../../workflows/rules/letter.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import type { RefundTrace } from '../../workflows/rules/refund.ts';

/** What is offered to the patient of a late doctor, as the fragment `#delay-{id}` shows it. */
export interface DelayView {
  readonly consultationId: string;
  readonly delay: Delay;
  /** The doctor's own word, which may name a later start than the delay so far. */
  readonly trace: DoctorTrace;
  readonly startsAt: number;
  /** The patient chose to wait: the offer steps back to one quiet line. */
  readonly hasWaited: boolean;
  /** Everything that was paid and is not on its way back, minor units. */
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
  /** The provider's reason of the latest refused attempt, when nothing was paid since. */
  readonly refusedReason: string | null;
  /** A payment was begun and the provider has not ended it. */
  readonly paymentOpen: boolean;
  readonly delay: DelayView;
  readonly moving: Moving;
  readonly cancelReason: 'asked' | 'doctorLate' | null;
}

export interface ConsultationView extends TalonView {
  /** There is a call's passport to read. */
  readonly hasPassport: boolean;
  readonly letters: readonly LetterTrace[];
  readonly payments: readonly PaymentTrace[];
  readonly refunds: readonly RefundTrace[];
  readonly moves: readonly MoveTrace[];
  /** When the patient of a late doctor decided to wait. */
  readonly waits: readonly number[];
}
