// What waits for a doctor: consultations that nobody ended, protocols that nobody signed. Instants are ms.
import type { Doctor } from './doctor.ts';

/** A doctor's visit that is long past its time and has no outcome. */
export interface Unended {
  readonly consultationId: string;
  readonly patientName: string;
  readonly startsAt: number;
}

/** A doctor's visit whose protocol is not signed. */
export interface Unsigned extends Unended {
  readonly concludedAt: number;
}

/** A protocol that is unsigned for days, as the front desk sees it: no patient, no text. */
export interface Overdue {
  readonly doctor: Doctor;
  readonly startsAt: number;
  readonly concludedAt: number;
}
