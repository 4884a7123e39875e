// What doctors offer, from the directory and the holds: the nearest slots of each doctor, one doctor's days, one day's slots. Called by the
// routes of booking and moving.
import type { DayOffer, DoctorOffer, OffersPage, When } from '../../views/online/offers.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import {
  type ClinicDay,
  freeSlotsOn,
  freeCountOn,
  type Offer,
  type ScheduleException,
  type ScheduleRule,
} from '../../workflows/rules/slot.ts';
import { addDays, clinicDay, dateIn, minuteIn } from './zone.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

/** How many days may be booked, today included. */
const HORIZON_DAYS = 28;
const EVENING_MINUTE = 17 * 60;
const SATURDAY = 6;

export interface Schedules {
  readonly rules: ReadonlyMap<string, readonly ScheduleRule[]>;
  readonly exceptions: ReadonlyMap<string, readonly ScheduleException[]>;
  readonly held: ReadonlyMap<string, readonly Interval[]>;
}

/** The clinic's days from today. They are the same for everybody until midnight, so they are computed once. */
export function daysAhead(clinic: ClinicSettings, now: number): readonly ClinicDay[] {
  const today = dateIn(clinic.zone, now);
  if (made?.[0]?.date !== today || madeFor !== clinic.zone) {
    made = Array.from({ length: HORIZON_DAYS }, (_, i) => clinicDay(addDays(today, i), clinic.zone));
    madeFor = clinic.zone;
  }
  return made;
}

let made: ClinicDay[] | undefined;
let madeFor: string | undefined;

export const offerOf = (doctor: Doctor, schedules: Schedules, clinic: ClinicSettings): Offer => ({
  rules: schedules.rules.get(doctor.id) ?? [],
  exceptions: schedules.exceptions.get(doctor.id) ?? [],
  held: schedules.held.get(doctor.id) ?? [],
  durationMinutes: doctor.durationMinutes,
  leadMinutes: clinic.leadMinutes,
});

/** Each doctor with the three nearest slots of one day that fit the filter, earliest first. */
export function nearestOffers(
  doctors: readonly Doctor[],
  schedules: Schedules,
  clinic: ClinicSettings,
  when: When,
  now: number,
): DoctorOffer[] {
  const days = daysAhead(clinic, now).filter((day, i) => fitsDay(when, day, i));
  const offers = doctors
    .map(doctor => ({ doctor, nearest: nearestOn(days, offerOf(doctor, schedules, clinic), clinic, when, now) }))
    // Somebody who looks for any time also sees doctors who have none; who asks for a time sees those who have it.
    .filter(({ nearest }) => when === 'nearest' || nearest.length > 0);
  return offers.sort((a, b) => startOf(a) - startOf(b));
}

/** So many doctors are drawn at once; the others are found by the search, the filters and «ещё». */
const PAGE = 20;

/**
 * The part of the offers that follows the place named by `after`; the first part when it names none. `doctors` is the order in which nearestOffers
 * was given them.
 */
export function pageOf(offers: readonly DoctorOffer[], doctors: readonly Doctor[], after: string): OffersPage {
  const earlier = placeAfter(offers, doctors, after);
  const page = offers.slice(earlier, earlier + PAGE);
  const last = page.at(-1);
  const isLast = last === undefined || earlier + PAGE >= offers.length;
  const free = offers.filter(({ nearest }) => nearest.length > 0).length;
  return { offers: page, earlier, total: offers.length, free, after: isLast ? null : `${startOf(last)}.${last.doctor.id}` };
}

// A place is a start and a doctor. While somebody reads, starts are taken and their doctors move down the list; whoever comes after the place is
// compared with it again, so that nobody is skipped.
function placeAfter(offers: readonly DoctorOffer[], doctors: readonly Doctor[], after: string): number {
  const [, startsAt, doctorId] = /^(\d{1,15}|Infinity)\.([0-9a-f-]{36})$/.exec(after) ?? [];
  if (startsAt === undefined) return 0;
  const ranks = new Map(doctors.map(({ id }, rank) => [id, rank]));
  const rankOf = (id: string | undefined): number => ranks.get(id ?? '') ?? -1;
  const next = offers.findIndex(offer => {
    const start = startOf(offer);
    return start > Number(startsAt) || (start === Number(startsAt) && rankOf(offer.doctor.id) > rankOf(doctorId));
  });
  return next < 0 ? offers.length : next;
}

/** Infinity for a doctor who has no free slot. */
const startOf = ({ nearest }: DoctorOffer): number => nearest[0]?.startsAt ?? Infinity;

function nearestOn(days: readonly ClinicDay[], offer: Offer, clinic: ClinicSettings, when: When, now: number): Interval[] {
  for (const day of days) {
    const slots = freeSlotsOn(day, offer, now).filter(slot => when !== 'evening' || minuteIn(clinic.zone, slot.startsAt) >= EVENING_MINUTE);
    if (slots.length > 0) return slots.slice(0, 3);
  }
  return [];
}

function fitsDay(when: When, day: ClinicDay, index: number): boolean {
  switch (when) {
    case 'today':
      return index === 0;
    case 'tomorrow':
      return index === 1;
    case 'weekend':
      return day.weekday >= SATURDAY;
    case 'nearest':
    case 'evening':
      return true;
  }
}

/** Free slots for moving a visit. The visit's own hold does not block, and its current start is not offered. */
export function otherTimes(days: readonly ClinicDay[], offer: Offer, own: Interval, now: number) {
  const held = offer.held.filter(hold => hold.startsAt !== own.startsAt || hold.endsAt !== own.endsAt);
  const slotsOn = (day: ClinicDay) => freeSlotsOn(day, { ...offer, held }, now).filter(slot => slot.startsAt !== own.startsAt);
  return {
    slotsOn,
    strip: (): DayOffer[] => days.map(day => ({ date: day.date, free: slotsOn(day).length })),
    slotAt: (startsAt: number): Interval | undefined => days.flatMap(slotsOn).find(slot => slot.startsAt === startsAt),
    nearestTo: (at: number): Interval[] => nearestOf(days.flatMap(slotsOn), at),
  };
}

/** Number of free slots on each day. */
export const dayOffers = (days: readonly ClinicDay[], offer: Offer, now: number): DayOffer[] =>
  days.map(day => ({ date: day.date, free: freeCountOn(day, offer, now) }));

/** The free slot that starts at `startsAt` (ms), or undefined. Only days that may contain it are computed. */
export const slotAt = (days: readonly ClinicDay[], offer: Offer, startsAt: number, now: number): Interval | undefined =>
  days
    .filter(day => day.instantOf(0) <= startsAt && startsAt < day.instantOf(2880))
    .flatMap(day => freeSlotsOn(day, offer, now))
    .find(slot => slot.startsAt === startsAt);

/** The three free slots nearest to `at` (ms), for somebody whose slot was taken. */
export const nearestTo = (days: readonly ClinicDay[], offer: Offer, at: number, now: number): Interval[] =>
  nearestOf(
    days.flatMap(day => freeSlotsOn(day, offer, now)),
    at,
  );

const nearestOf = (slots: Interval[], at: number): Interval[] =>
  slots
    .sort((a, b) => Math.abs(a.startsAt - at) - Math.abs(b.startsAt - at))
    .slice(0, 3)
    .sort((a, b) => a.startsAt - b.startsAt);
