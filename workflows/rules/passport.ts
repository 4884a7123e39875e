// The call's passport in figures: how long the two were together, how long each side was missing, what broke on whose side. Evidence for a
// refund claim and for support; it decides nothing by itself.
import type { Side } from './admission.ts';
import type { Interval } from './interval.ts';

export type FaultSide = 'patient' | 'clinic' | 'sfu' | 'unknown';

export interface Fault {
  readonly at: number;
  readonly side: FaultSide;
  readonly kind: string;
  readonly detail: string | null;
}

/** One coming and going; `leftAt` is null while it lasts. */
export interface Stay {
  readonly role: Side;
  readonly enteredAt: number;
  readonly leftAt: number | null;
}

export interface Passport {
  /** Whole minutes with both in the room, whenever that was. */
  readonly togetherMinutes: number;
  /** Whole minutes of the booked time, as far as it has passed, without that side. */
  readonly missingMinutes: Readonly<Record<Side, number>>;
  readonly faults: Readonly<Record<FaultSide, number>>;
  /** When both were there for the first time; null when they never met. */
  readonly metAt: number | null;
}

/** `until` is the end of what is looked at: the conclusion, or now. */
export function passportOf(visit: Interval, stays: readonly Stay[], faults: readonly Fault[], until: number): Passport {
  const presence = (side: Side) => merged(stays.filter(s => s.role === side).map(s => spanOf(s, until)));
  const [patient, doctor] = [presence('patient'), presence('doctor')];
  const together = intersection(patient, doctor);
  const booked = [{ startsAt: visit.startsAt, endsAt: Math.max(visit.startsAt, Math.min(visit.endsAt, until)) }];
  const missing = (side: Interval[]) => minutes(lengthOf(booked) - lengthOf(intersection(booked, side)));
  const count = (side: FaultSide) => faults.filter(fault => fault.side === side).length;
  return {
    togetherMinutes: minutes(lengthOf(together)),
    missingMinutes: { patient: missing(patient), doctor: missing(doctor) },
    faults: { patient: count('patient'), clinic: count('clinic'), sfu: count('sfu'), unknown: count('unknown') },
    metAt: together[0]?.startsAt ?? null,
  };
}

const minutes = (ms: number): number => Math.floor(ms / 60_000);

const spanOf = (stay: Stay, until: number): Interval => ({ startsAt: stay.enteredAt, endsAt: Math.min(stay.leftAt ?? until, until) });

const lengthOf = (spans: readonly Interval[]): number =>
  spans.reduce((sum, { startsAt, endsAt }) => sum + Math.max(0, endsAt - startsAt), 0);

/** Spans in order, those that touch or overlap as one, empty ones left out. */
function merged(spans: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const span of spans.filter(s => s.endsAt > s.startsAt).toSorted((a, b) => a.startsAt - b.startsAt)) {
    const last = result.at(-1);
    if (last && span.startsAt <= last.endsAt) result[result.length - 1] = { ...last, endsAt: Math.max(last.endsAt, span.endsAt) };
    else result.push(span);
  }
  return result;
}

/** What two ordered lists of spans share. */
const intersection = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  a.flatMap(x =>
    b
      .map(y => ({ startsAt: Math.max(x.startsAt, y.startsAt), endsAt: Math.min(x.endsAt, y.endsAt) }))
      .filter(span => span.endsAt > span.startsAt),
  );
