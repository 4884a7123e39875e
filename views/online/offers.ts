// Who can be booked and when, for the booking pages. Dates are clinic dates (YYYY-MM-DD).
import type { Interval } from '../../workflows/rules/interval.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export type When = 'nearest' | 'today' | 'tomorrow' | 'evening' | 'weekend';

export interface DoctorOffer {
  readonly doctor: Doctor;
  /** The nearest free slots that fit the filter, at most three, all of one clinic day; empty when there are none. */
  readonly nearest: readonly Interval[];
}

/** The part of the list that one answer draws. */
export interface OffersPage {
  readonly offers: readonly DoctorOffer[];
  /** How many of the list were shown before this part, and how many there are in total. */
  readonly earlier: number;
  readonly total: number;
  /** How many doctors of the list have a free slot at all. */
  readonly free: number;
  /** Value of `?after=` for the next part; null on the last. */
  readonly after: string | null;
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
