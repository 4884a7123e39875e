// Open work of a doctor: consultations without a conclusion, protocols without a signature. Used by worker/data/unsigned.ts and the desk.
// Instants are ms.
import type { Doctor } from './doctor.ts';

/** A doctor's visit more than 12 hours past its end without an outcome. */
export interface Unended {
  readonly consultationId: string;
  readonly patientName: string;
  readonly startsAt: number;
}

/** A doctor's visit whose protocol is not signed. */
export interface Unsigned extends Unended {
  readonly concludedAt: number;
}

/** A protocol unsigned for 72 hours, as the front desk sees it: without the patient and the text. */
export interface Overdue {
  readonly doctor: Doctor;
  readonly startsAt: number;
  readonly concludedAt: number;
}
