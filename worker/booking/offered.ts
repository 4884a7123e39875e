// What all doctors offer, for the list of doctors, in the memory of an isolate. For a second the list may show an interval that was just taken; the
// doctor's own page and the confirmation always ask, and the trigger of the table decides who gets it.
import type { DoctorOffer, When } from '../../views/online/offers.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import type { Directory } from '../data/doctors.ts';
import { memory } from './memory.ts';
import { nearestOffers } from './offers.ts';

const FRESH_MS = 1_000;

/** The offers of all doctors in the order of the list, by when the visit is wanted. */
export type Offered = (when: When) => readonly DoctorOffer[];

export const offered = memory<Offered>(FRESH_MS);

/** Each list is made when it is first asked for. */
export function offeredFrom(directory: Directory, held: ReadonlyMap<string, readonly Interval[]>, now: number): Offered {
  const lists = new Map<When, readonly DoctorOffer[]>();
  return when => {
    const made = lists.get(when) ?? nearestOffers(directory.doctors, { ...directory, held }, directory.clinic, when, now);
    lists.set(when, made);
    return made;
  };
}

/** The offers of these doctors alone. */
export function offersOf(offers: readonly DoctorOffer[], doctors: readonly Doctor[]): readonly DoctorOffer[] {
  const ids = new Set(doctors.map(({ id }) => id));
  return offers.filter(({ doctor }) => ids.has(doctor.id));
}
