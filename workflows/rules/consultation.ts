// One consultation as D1 holds it: the row with its facts. Whoever reads it is checked by the statement that reads it.
import type { CancellationPolicy } from './cancellation.ts';
import type { DoctorTrace } from './delay.ts';
import type { Facts } from './status.ts';
import type { Doctor } from './doctor.ts';

export interface Consultation {
  readonly id: string;
  readonly patientId: string;
  readonly doctor: Doctor;
  readonly facts: Facts;
  readonly createdAt: number;
  readonly email: string;
  readonly lang: 'ru' | 'en';
  readonly zone: string | null;
  readonly scheduleVersion: number;
  /** What the patient agreed to at booking; later changes of the clinic's settings do not reach it. */
  readonly policy: CancellationPolicy;
  /** The patient or the front desk confirmed that the visit took place without a meeting in the call, for the schedule in force. */
  readonly isConfirmed: boolean;
  readonly refusedReason: string | null;
  readonly paymentOpen: boolean;
  readonly openPayments: number;
  readonly openRefunds: number;
  /** The doctor's first entry into the room. */
  readonly doctorEnteredAt: number | null;
  /** The doctor's last arrival and last announcement of lateness. */
  readonly trace: DoctorTrace;
  /** The patient of a late doctor chose to wait. */
  readonly hasWaited: boolean;
  /** How often the patient moved the visit; moves away from a late doctor are not counted. */
  readonly moves: number;
  /** The start before the last move, ms; null when it was never moved. */
  readonly movedFrom: number | null;
  readonly cancelReason: CancelReason | null;
}

export type CancelReason = 'asked' | 'doctorLate';
