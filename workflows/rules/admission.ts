// When each side may enter the room. The waiting room opens first, the button «Онлайн-приём» a little before the start; both stay open
// until the doctor ends the consultation. Called by worker/rooms/entrance.ts, worker/booking/talon.ts and the desk routes; pages show the
// result.
import { DOCTOR_LATE_MS } from './delay.ts';
import { type Facts, type Outcome, statusOf, UPCOMING_TAIL_MS } from './status.ts';
import type { Doctor } from './doctor.ts';

export interface DoorPolicy {
  /** Minutes before the start from which the waiting room is open. */
  readonly waitingMinutes: number;
  /** Minutes before the start from which the button works. */
  readonly joinMinutes: number;
}

export interface Door {
  readonly waitingFrom: number;
  readonly joinFrom: number;
}

/** The two participants of a consultation. */
export const SIDES = ['patient', 'doctor'] as const;
export type Side = (typeof SIDES)[number];

const MINUTE = 60_000;

export const doorOf = (startsAt: number, policy: DoorPolicy): Door => ({
  waitingFrom: startsAt - policy.waitingMinutes * MINUTE,
  joinFrom: startsAt - policy.joinMinutes * MINUTE,
});

export type Over = 'notPaid' | 'lapsed' | 'cancelled' | 'concluded' | 'absent' | 'failed' | 'forgotten';

export type Admission =
  | { readonly kind: 'open' }
  /** The waiting room is open; the button does not work yet. */
  | { readonly kind: 'waiting'; readonly opensAt: number }
  | { readonly kind: 'early'; readonly waitingFrom: number; readonly opensAt: number }
  /** `notPaid` may still change; the others are final. `forgotten`: nobody concluded the visit within 12 hours after its end. */
  | { readonly kind: 'over'; readonly why: Over };

/** Whether this side may enter now. A doctor may enter when the waiting room opens, to prepare; a patient when the button works. */
export function mayEnter(facts: Facts, side: Side, now: number, policy: DoorPolicy): Admission {
  const over = whyOver(facts, now);
  if (over !== null) return { kind: 'over', why: over };
  const { waitingFrom, joinFrom } = doorOf(facts.startsAt, policy);
  const opensAt = side === 'doctor' ? Math.min(waitingFrom, joinFrom) : joinFrom;
  if (now >= opensAt) return { kind: 'open' };
  return now >= waitingFrom ? { kind: 'waiting', opensAt } : { kind: 'early', waitingFrom, opensAt };
}

/**
 * Why a patient cannot be recorded as absent, and never will be: the two have met, the patient waited for the doctor, or the room is closed and the
 * doctor had not stayed in it.
 */
export type NotAbsent = 'haveMet' | 'patientWaited' | 'notThere';

/**
 * Why an outcome that keeps the price is refused: its time has not come, the two did not meet in the call and nobody else confirmed the visit, the
 * doctor did not stay in the room, the patient is in it now, or was not absent.
 */
export type Unproven = 'notNow' | 'haveNotMet' | 'patientHere' | NotAbsent;

/** What attendance and the word of somebody else than the doctor show. */
export interface Proof {
  /** The patient was in the call after the start, or waited in the room while the doctor was not in the call. */
  readonly patientCame: boolean;
  /** The patient is in the room now. */
  readonly isPatientHere: boolean;
  /** The doctor was in the room for DOCTOR_STAY_MS after the start. */
  readonly doctorStayed: boolean;
  /** The patient or the front desk confirmed that the visit took place without a call. */
  readonly isConfirmed: boolean;
}

/** `patientCame`: as in Proof. What it answers stays so: no later fact takes it back. */
export const whyNotAbsent = (facts: Facts, patientCame: boolean): NotAbsent | null =>
  facts.startedAt !== null ? 'haveMet' : patientCame ? 'patientWaited' : null;

/**
 * The doctor may record an outcome from the opening of the waiting room, and also long after the visit: the paperwork must not stay open.
 * `notNow`: it is too early, or the visit has already ended.
 */
export function mayConclude(facts: Facts, proof: Proof, outcome: Outcome, now: number, policy: DoorPolicy): 'fine' | Unproven {
  const over = whyOver(facts, now);
  if (over !== null && over !== 'forgotten') return 'notNow';
  switch (outcome) {
    case 'failed':
      return now >= doorOf(facts.startsAt, policy).waitingFrom ? 'fine' : 'notNow';
    case 'tookPlace':
      return facts.startedAt !== null || proof.isConfirmed ? 'fine' : 'haveNotMet';
    case 'absent':
      if (proof.isConfirmed) return 'patientWaited';
      return whyNotAbsent(facts, proof.patientCame) ?? whyNotYetAbsent(facts, proof, now) ?? 'fine';
  }
}

function whyNotYetAbsent(facts: Facts, { isPatientHere, doctorStayed }: Proof, now: number): Unproven | null {
  if (isPatientHere) return 'patientHere';
  // The patient is waited for as long as the doctor.
  if (now < facts.startsAt + DOCTOR_LATE_MS) return 'notNow';
  return doctorStayed ? null : 'notThere';
}

function whyOver(facts: Facts, now: number): Over | null {
  const status = statusOf(facts, now);
  switch (status) {
    case 'reserved':
      return 'notPaid';
    case 'published':
      return 'concluded';
    case 'lapsed':
    case 'cancelled':
    case 'concluded':
    case 'absent':
    case 'failed':
      return status;
    case 'paid':
    case 'waiting':
    case 'progress':
      return now < facts.endsAt + UPCOMING_TAIL_MS ? null : 'forgotten';
  }
}

/** The strip above every patient page: a consultation that the patient can enter now. */
export interface OpenDoor {
  readonly consultationId: string;
  readonly doctor: Doctor;
  readonly startsAt: number;
  /** The doctor is in the room. */
  readonly doctorWaits: boolean;
  /** Both have been in the call: the strip then offers to return to it. */
  readonly begun: boolean;
}
