// The doctor is late: from when on the patient is offered to wait, to move the visit or to have the money back, and when the offer is over.
// Pages show it, the routes of moving and of the choice ask it, the letter asks whether it is still so.
import { type Facts, isUpcoming, statusOf } from './status.ts';

/** A doctor who has not come this long after the start is late enough for the clinic to act: the patient chooses, the front desk calls. */
export const DOCTOR_LATE_MS = 10 * 60_000;

const MINUTE = 60_000;

/** The doctor's own word on how late the visit will begin. */
export interface Lateness {
  readonly minutes: number;
  /** When it was said. */
  readonly at: number;
}

/** What is known of the doctor for the time that stands now. */
export interface DoctorTrace {
  /** The last coming, into the room or from there into the call; null when there was none. Who had gone again by the start has not come. */
  readonly cameAt: number | null;
  /** The last word on lateness. */
  readonly late: Lateness | null;
}

export type Delay =
  | { readonly kind: 'none' }
  /** Nobody has come for whole minutes after the start. */
  | { readonly kind: 'offered'; readonly cause: 'absent'; readonly minutes: number }
  /** The doctor said so. */
  | { readonly kind: 'offered'; readonly cause: 'word'; readonly minutes: number };

/**
 * The offer stands from ten minutes after the start while the doctor has not come at all, or at once when the doctor's own word says
 * ten minutes or more; until the doctor comes after that word, the visit begins, is moved, cancelled or over.
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

/** Whole minutes past the start without the doctor, for the doctor's own desk; null while there are none. */
export function lateMinutesOf(facts: Facts, doctor: DoctorTrace, now: number): number | null {
  if (!isAwaited(facts, now) || doctor.cameAt !== null) return null;
  const minutes = minutesPast(facts, now);
  return minutes > 0 ? minutes : null;
}

const minutesPast = (facts: Facts, now: number): number => Math.floor((now - facts.startsAt) / MINUTE);

/** Paid, not begun, not given up. */
function isAwaited(facts: Facts, now: number): boolean {
  const status = statusOf(facts, now);
  return (status === 'paid' || status === 'waiting') && isUpcoming(facts, now);
}
