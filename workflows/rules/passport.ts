// The call's passport in figures: how long the two were together, how long each side was missing, what broke on whose side. Evidence for a
// refund claim and for support; it decides nothing by itself.
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

/** One coming and going. */
export interface Attendance {
  readonly role: Side;
  readonly enteredAt: number;
  /** When they went from waiting in the room into the call; null when they did not. */
  readonly joinedAt: number | null;
  /** Null while it lasts. */
  readonly leftAt: number | null;
}

export interface Passport {
  /** Whole minutes with both in the call, whenever that was. */
  readonly togetherMinutes: number;
  /** Time together against the length that was booked, 0 to 1: what runs over makes up for a late start. */
  readonly togetherShare: number;
  /** Whole minutes of the booked time, as far as it has passed, without that side. */
  readonly missingMinutes: Readonly<Record<Side, number>>;
  /** The booked time as far as it has passed, and how much of it was with and without each side, ms. */
  readonly bookedMs: number;
  readonly presentMs: Readonly<Record<Side, number>>;
  readonly missingMs: Readonly<Record<Side, number>>;
  /** When each side was in the room, and when in the call, in order and without overlaps. */
  readonly presence: Readonly<Record<Side, readonly Interval[]>>;
  readonly calls: Readonly<Record<Side, readonly Interval[]>>;
  readonly faults: Readonly<Record<FaultSide, number>>;
  /** When both were in the call for the first time; null when they never met. */
  readonly metAt: number | null;
}

/** `until` is the end of what is looked at: of a visit, `passportEndOf` says it. */
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

// Browsers admit a dead line within seconds of each other, and a line between two people has nothing in common but the service.
const SAME_LOSS_MS = 10_000;
const isNear = (fault: Fault, at: number): boolean => Math.abs(fault.at - at) <= SAME_LOSS_MS;

/**
 * Whose side each fault is of, in order. The table holds who told of it; media that both lost within ten seconds was the service's, once, under
 * the name that the service itself gave it if it did, and media that never came may have been lost anywhere on its way.
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

/** `none`: it never came to a call, because nobody paid or it was cancelled. */
export type PassportPhase = 'none' | 'ahead' | 'going' | 'over';

/** How far the visit that a passport tells of has come; `wasEntered` when either side has been in the room. */
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

/** Whether there is something to read: somebody has been in the room, or a paid visit is over without that. */
export function hasPassport(facts: Facts, wasEntered: boolean, now: number): boolean {
  const phase = passportPhaseOf(facts, wasEntered, now);
  return phase === 'over' || (phase === 'going' && wasEntered);
}

/** Up to when a passport counts: the recorded end, else now; a visit that nobody ended is over half a day after its time. */
export const passportEndOf = (facts: Facts, now: number): number =>
  Math.min(facts.concludedAt ?? facts.cancelledAt ?? now, facts.endsAt + UPCOMING_TAIL_MS);

const minutes = (ms: number): number => Math.floor(ms / 60_000);

/** In the room, or in the call. */
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

/** Whose eyes read a call's passport: one of the two who met, or the clinic's staff. */
export type PassportReader = Side | 'staff';
