// Who can be booked and when, for the booking pages. Dates are clinic dates (YYYY-MM-DD).
import type { Interval } from '../../workflows/rules/interval.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export type When = 'nearest' | 'today' | 'tomorrow' | 'evening' | 'weekend';

export interface DoctorOffer {
  readonly doctor: Doctor;
  /** The nearest free slots that fit the filter, at most three, all of one clinic day; empty when there are none. */
  readonly nearest: readonly Interval[];
}

export interface DoctorFilter {
  readonly specialty: string | null;
  readonly name: string;
  readonly when: When;
}

export interface DayOffer {
  readonly date: string;
  readonly free: number;
}
