// One consultation as D1 holds it: the row with its facts. Whoever reads it is checked by the statement that reads it.
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
  readonly refusedReason: string | null;
  readonly paymentOpen: boolean;
  readonly openPayments: number;
  readonly openRefunds: number;
  /** The doctor's first entry into the room. */
  readonly doctorEnteredAt: number | null;
  /** The doctor's last coming and last word on lateness. */
  readonly trace: DoctorTrace;
  /** The patient of a late doctor chose to wait. */
  readonly hasWaited: boolean;
  /** How often the patient asked for another time; moves away from a late doctor are not counted. */
  readonly moves: number;
  /** When it was to start before it was moved last; null when it never was. */
  readonly movedFrom: number | null;
  readonly cancelReason: CancelReason | null;
}

export type CancelReason = 'asked' | 'doctorLate';
