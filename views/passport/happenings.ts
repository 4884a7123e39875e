// What happened around a call, in order of minutes: comings and goings, the doctor's word on lateness, faults, the end.
import type { Side } from '../../workflows/rules/admission.ts';
import type { Fault, Stay } from '../../workflows/rules/passport.ts';
import type { Outcome } from '../../workflows/rules/status.ts';
import type { PassportView } from './passport-view.ts';

export type Happening =
  | { readonly kind: 'entered' | 'returned' | 'left'; readonly at: number; readonly side: Side }
  | { readonly kind: 'starts' | 'finishes' | 'met'; readonly at: number }
  | { readonly kind: 'late'; readonly at: number; readonly minutes: number }
  | { readonly kind: 'fault'; readonly at: number; readonly fault: Fault }
  | { readonly kind: 'concluded'; readonly at: number; readonly outcome: Outcome }
  | { readonly kind: 'cancelled'; readonly at: number; readonly by: 'patient' | 'clinic' };

/** Of two things in the same millisecond the one that caused the other stands first. What lies ahead is not told. */
export function happeningsOf(view: PassportView): Happening[] {
  const { facts, passport, stays, faults, lates, until } = view;
  const all: Happening[] = [
    ...lates.map(({ minutes, at }): Happening => ({ kind: 'late', at, minutes })),
    ...comingsIn(stays, facts.concludedAt),
    ...(passport.metAt === null ? [] : [{ kind: 'met', at: passport.metAt } as const]),
    { kind: 'starts', at: facts.startsAt },
    { kind: 'finishes', at: facts.endsAt },
    ...faults.map((fault): Happening => ({ kind: 'fault', at: fault.at, fault })),
    ...endsOf(view),
  ];
  return all.filter(happening => happening.at <= until).toSorted((a, b) => a.at - b.at);
}

/** The end of the visit closes the room for whoever is in it: that is said once, by the end itself. */
function comingsIn(stays: readonly Stay[], concludedAt: number | null): Happening[] {
  return stays.flatMap((stay, i): Happening[] => {
    const isFirst = !stays.slice(0, i).some(other => other.role === stay.role);
    const entered: Happening = { kind: isFirst ? 'entered' : 'returned', at: stay.enteredAt, side: stay.role };
    if (stay.leftAt === null || stay.leftAt === concludedAt) return [entered];
    return [entered, { kind: 'left', at: stay.leftAt, side: stay.role }];
  });
}

function endsOf({ facts }: PassportView): Happening[] {
  const ends: Happening[] = [];
  if (facts.concludedAt !== null && facts.outcome !== null) ends.push({ kind: 'concluded', at: facts.concludedAt, outcome: facts.outcome });
  if (facts.cancelledAt !== null) ends.push({ kind: 'cancelled', at: facts.cancelledAt, by: facts.cancelledBy ?? 'clinic' });
  return ends;
}
