// The figures of the call's passport: how long the two were together, how long each side was missing, and which faults happened on whose
// side. They are evidence for a refund claim and for support; nothing is decided by them automatically. Called by the talon, the passport
// page and the PDF.
import type { Side } from './admission.ts';
import type { Interval } from './interval.ts';
import { intersection, lengthOf, merged } from './spans.ts';
import { type Facts, statusOf, UPCOMING_TAIL_MS } from './status.ts';

export type FaultSide = 'patient' | 'clinic' | 'sfu' | 'unknown';

export interface Fault {
  readonly at: number;
  readonly side: FaultSide;
  readonly kind: string;
  readonly detail: string | null;
}

/** One stay of one side in the room. */
export interface Attendance {
  readonly role: Side;
  readonly enteredAt: number;
  /** When they entered the call, ms; null when they only waited in the room. */
  readonly joinedAt: number | null;
  /** Null while they are in the room. */
  readonly leftAt: number | null;
}

export interface Passport {
  /** Whole minutes with both in the call, also outside the booked time. */
  readonly togetherMinutes: number;
  /** Time together divided by the booked length, 0 to 1; time after the booked end makes up for a late start. */
  readonly togetherShare: number;
  /** Whole minutes of the booked time elapsed so far without that side. */
  readonly missingMinutes: Readonly<Record<Side, number>>;
  /** The booked time elapsed so far, and how much of it each side was present and missing, ms. */
  readonly bookedMs: number;
  readonly presentMs: Readonly<Record<Side, number>>;
  readonly missingMs: Readonly<Record<Side, number>>;
  /** When each side was in the room and in the call, in order and without overlaps. */
  readonly presence: Readonly<Record<Side, readonly Interval[]>>;
  readonly calls: Readonly<Record<Side, readonly Interval[]>>;
  readonly faults: Readonly<Record<FaultSide, number>>;
  /** The first instant with both in the call, ms; null when they never met. */
  readonly metAt: number | null;
}

/** `until` is the end of the period to evaluate, ms; `passportEndOf` returns it for a visit. */
export function passportOf(visit: Interval, attendances: readonly Attendance[], faults: readonly Fault[], until: number): Passport {
  const spansOf = (side: Side, since: Since) => spans(attendances, side, since, until);
  const [patient, doctor] = [spansOf('patient', 'enteredAt'), spansOf('doctor', 'enteredAt')];
  const calls = { patient: spansOf('patient', 'joinedAt'), doctor: spansOf('doctor', 'joinedAt') };
  const together = intersection(calls.patient, calls.doctor);
  const booked = [{ startsAt: visit.startsAt, endsAt: Math.max(visit.startsAt, Math.min(visit.endsAt, until)) }];
  const bookedMs = lengthOf(booked);
  const presentMs = { patient: lengthOf(intersection(booked, patient)), doctor: lengthOf(intersection(booked, doctor)) };
  const missingMs = { patient: bookedMs - presentMs.patient, doctor: bookedMs - presentMs.doctor };
  const happened = attributed(faults);
  const count = (side: FaultSide) => happened.filter(fault => fault.side === side).length;
  return {
    togetherMinutes: minutes(lengthOf(together)),
    togetherShare: Math.min(1, lengthOf(together) / Math.max(1, visit.endsAt - visit.startsAt)),
    missingMinutes: { patient: minutes(missingMs.patient), doctor: minutes(missingMs.doctor) },
    bookedMs,
    presentMs,
    missingMs,
    presence: { patient, doctor },
    calls,
    faults: { patient: count('patient'), clinic: count('clinic'), sfu: count('sfu'), unknown: count('unknown') },
    metAt: together[0]?.startsAt ?? null,
  };
}

// Two browsers report a failed connection within seconds of each other, and the only thing both connections share is the media service.
const SAME_LOSS_MS = 10_000;
const isNear = (fault: Fault, at: number): boolean => Math.abs(fault.at - at) <= SAME_LOSS_MS;

/**
 * Assigns each fault to a side, in order of time. A row names the side that reported it. Media lost on both sides within ten seconds is one
 * fault of the media service, under the kind that the service reported if it did. Media that never arrived may have been lost anywhere.
 */
export function attributed(faults: readonly Fault[]): Fault[] {
  const inOrder = faults.toSorted((a, b) => a.at - b.at);
  const losses = (side: FaultSide) => inOrder.filter(fault => fault.kind === 'mediaLost' && fault.side === side);
  const shared = new Set<Fault>();
  const services: Fault[] = [];
  for (const own of losses('patient')) {
    const other = losses('clinic').find(fault => !shared.has(fault) && isNear(fault, own.at));
    if (!other) continue;
    const at = Math.min(own.at, other.at);
    const admitted = inOrder.filter(fault => fault.side === 'sfu' && fault.kind !== own.kind && isNear(fault, at));
    for (const fault of [own, other, ...admitted]) shared.add(fault);
    services.push({ ...(admitted[0] ?? own), at, side: 'sfu' });
  }
  const single = inOrder.filter(fault => !shared.has(fault));
  const sided = single.map(fault => (fault.kind === 'noRemoteMedia' ? { ...fault, side: 'unknown' as const } : fault));
  return [...sided, ...services].toSorted((a, b) => a.at - b.at);
}

/** `none`: there was no call, because nobody paid or the visit was cancelled. */
export type PassportPhase = 'none' | 'ahead' | 'going' | 'over';

/** The phase of the visit; `wasEntered` when either side has been in the room. */
export function passportPhaseOf(facts: Facts, wasEntered: boolean, now: number): PassportPhase {
  switch (statusOf(facts, now)) {
    case 'reserved':
    case 'lapsed':
      return 'none';
    case 'cancelled':
      return wasEntered ? 'over' : 'none';
    case 'concluded':
    case 'published':
    case 'absent':
    case 'failed':
      return 'over';
    case 'paid':
    case 'waiting':
    case 'progress':
      if (now >= facts.endsAt + UPCOMING_TAIL_MS) return 'over';
      return wasEntered || now >= facts.startsAt ? 'going' : 'ahead';
  }
}

/** Whether there is a passport to show: somebody was in the room, or a paid visit ended without that. */
export function hasPassport(facts: Facts, wasEntered: boolean, now: number): boolean {
  const phase = passportPhaseOf(facts, wasEntered, now);
  return phase === 'over' || (phase === 'going' && wasEntered);
}

/** Until when a passport counts, ms: the recorded end, else now, but at most 12 hours after the booked end. */
export const passportEndOf = (facts: Facts, now: number): number =>
  Math.min(facts.concludedAt ?? facts.cancelledAt ?? now, facts.endsAt + UPCOMING_TAIL_MS);

const minutes = (ms: number): number => Math.floor(ms / 60_000);

/** The start of a stay in the room, or in the call. */
type Since = 'enteredAt' | 'joinedAt';

function spans(attendances: readonly Attendance[], side: Side, since: Since, until: number): Interval[] {
  const own = attendances.filter(({ role }) => role === side);
  return merged(
    own.flatMap(one => {
      const startsAt = one[since];
      return startsAt === null ? [] : [{ startsAt, endsAt: Math.min(one.leftAt ?? until, until) }];
    }),
  );
}

/** Who reads a passport: one of the two participants, or the clinic's staff. */
export type PassportReader = Side | 'staff';
