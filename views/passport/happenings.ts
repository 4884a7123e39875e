// The events of a call in order of time: entering and leaving, the doctor's messages about a delay, faults, the end. Called by course.tsx.
import type { Side } from '../../workflows/rules/admission.ts';
import type { Attendance, Fault } from '../../workflows/rules/passport.ts';
import type { Outcome } from '../../workflows/rules/status.ts';
import type { PassportView } from './passport-view.ts';

export type Happening =
  | { readonly kind: 'entered' | 'returned' | 'joined' | 'left'; readonly at: number; readonly side: Side }
  | { readonly kind: 'starts' | 'finishes' | 'met'; readonly at: number }
  | { readonly kind: 'late'; readonly at: number; readonly minutes: number }
  | { readonly kind: 'fault'; readonly at: number; readonly fault: Fault }
  | { readonly kind: 'concluded'; readonly at: number; readonly outcome: Outcome }
  | { readonly kind: 'cancelled'; readonly at: number; readonly by: 'patient' | 'clinic' };

/** Of two events in the same millisecond the cause comes first. Future events are left out. */
export function happeningsOf(view: PassportView): Happening[] {
  const { facts, passport, attendances, faults, lates, until } = view;
  const all: Happening[] = [
    ...lates.map(({ minutes, at }): Happening => ({ kind: 'late', at, minutes })),
    ...comingsIn(attendances, facts.concludedAt),
    ...(passport.metAt === null ? [] : [{ kind: 'met', at: passport.metAt } as const]),
    { kind: 'starts', at: facts.startsAt },
    { kind: 'finishes', at: facts.endsAt },
    ...faults.map((fault): Happening => ({ kind: 'fault', at: fault.at, fault })),
    ...endsOf(view),
  ];
  return all.filter(happening => happening.at <= until).toSorted((a, b) => a.at - b.at);
}

/** The end of the visit closes the room for everyone in it, so their leaving at that instant is not listed separately. */
function comingsIn(attendances: readonly Attendance[], concludedAt: number | null): Happening[] {
  return attendances.flatMap(({ role: side, enteredAt, joinedAt, leftAt }, i): Happening[] => {
    const earlier = attendances.slice(0, i).filter(other => other.role === side);
    const comings: Happening[] = [{ kind: earlier.length === 0 ? 'entered' : 'returned', at: enteredAt, side }];
    // Listed once, because after a reload a participant is back in the call immediately.
    if (joinedAt !== null && earlier.every(other => other.joinedAt === null)) comings.push({ kind: 'joined', at: joinedAt, side });
    if (leftAt !== null && leftAt !== concludedAt) comings.push({ kind: 'left', at: leftAt, side });
    return comings;
  });
}

function endsOf({ facts }: PassportView): Happening[] {
  const ends: Happening[] = [];
  if (facts.concludedAt !== null && facts.outcome !== null) ends.push({ kind: 'concluded', at: facts.concludedAt, outcome: facts.outcome });
  if (facts.cancelledAt !== null) ends.push({ kind: 'cancelled', at: facts.cancelledAt, by: facts.cancelledBy ?? 'clinic' });
  return ends;
}
