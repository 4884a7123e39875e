// When the doctor is late: from when the patient is offered to wait, to move the visit or to get the money back, and when the offer ends.
// Called by the talon pages, the routes of moving and choosing, and the letter «doctorLate».
import { type Facts, isUpcoming, statusOf } from './status.ts';

/** After this long without the doctor the clinic acts: the patient gets a choice, the front desk makes a call. Ms after the start. */
export const DOCTOR_LATE_MS = 10 * 60_000;

/** A doctor who left again has come only after this long in the room, all stays after the start together. */
export const DOCTOR_STAY_MS = 8 * 60_000;

/** A patient has waited who was in the room for this long after the start, while the doctor was not in the call. */
export const PATIENT_WAIT_MS = 2 * 60_000;

const MINUTE = 60_000;

/** The doctor's own announcement of how late the visit will begin. */
export interface Lateness {
  readonly minutes: number;
  /** When it was announced, ms. */
  readonly at: number;
}

/** What is known about the doctor for the current time of the visit. */
export interface DoctorTrace {
  /**
   * The last arrival in the room or, from there, in the call; null when there was none. A doctor who left again before the start, or
   * had been there for less than DOCTOR_STAY_MS after it, does not count as arrived.
   */
  readonly cameAt: number | null;
  /** The last announcement of lateness. */
  readonly late: Lateness | null;
}

export type Delay =
  | { readonly kind: 'none' }
  /** The doctor has not come; `minutes` are whole minutes since the start. */
  | { readonly kind: 'offered'; readonly cause: 'absent'; readonly minutes: number }
  /** The doctor announced it; `minutes` as announced. */
  | { readonly kind: 'offered'; readonly cause: 'word'; readonly minutes: number };

/**
 * The offer begins 10 minutes after the start if the doctor has not come or only passed by, or at once when the doctor announces 10 minutes or more.
 * It ends when the doctor comes after that announcement, and when the visit begins, is moved, is cancelled or is over.
 */
export function delayOf(facts: Facts, doctor: DoctorTrace, now: number): Delay {
  if (!isAwaited(facts, now)) return { kind: 'none' };
  const { cameAt, late } = doctor;
  if (cameAt === null && now >= facts.startsAt + DOCTOR_LATE_MS)
    return { kind: 'offered', cause: 'absent', minutes: minutesPast(facts, now) };
  const isWordOpen = late !== null && (cameAt === null || cameAt <= late.at);
  if (isWordOpen && late.minutes * MINUTE >= DOCTOR_LATE_MS) return { kind: 'offered', cause: 'word', minutes: late.minutes };
  return { kind: 'none' };
}

/** Whole minutes since the start without the doctor, for the doctor's own desk; null when there are none. */
export function lateMinutesOf(facts: Facts, doctor: DoctorTrace, now: number): number | null {
  if (!isAwaited(facts, now) || doctor.cameAt !== null) return null;
  const minutes = minutesPast(facts, now);
  return minutes > 0 ? minutes : null;
}

const minutesPast = (facts: Facts, now: number): number => Math.floor((now - facts.startsAt) / MINUTE);

/** Paid, not begun, and not more than 12 hours past its end. */
function isAwaited(facts: Facts, now: number): boolean {
  const status = statusOf(facts, now);
  return (status === 'paid' || status === 'waiting') && isUpcoming(facts, now);
}
