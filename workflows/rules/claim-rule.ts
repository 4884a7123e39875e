// The rule that grants a refund claim without a person: the passport of the call proves the fault of the clinic or of the connection, and both were
// together for less than the clinic's limit. It only ever returns money; whatever it is not sure of, it leaves to a person. What it saw is kept with its
// decision (claim_decision.saw). Sums are minor units, durations ms.
import type { ClaimVia } from './claim.ts';
import { type Passport, passportEndOf, passportOf, type Attendance, type Fault, type FaultSide } from './passport.ts';
import { intersection, lengthOf } from './spans.ts';
import { type Facts, isAhead, type Status, statusOf } from './status.ts';

/** What the rule looks at. */
export interface RuleSeen {
  readonly status: Status;
  /** The booked time is over, or the visit has an end. */
  readonly isOver: boolean;
  /** Somebody confirmed that the visit took place without a meeting in the call. */
  readonly isConfirmed: boolean;
  readonly via: ClaimVia;
  readonly demandedMinor: number;
  readonly availableMinor: number;
  /** A refund that the bank refused waits for a person. */
  readonly stuckMinor: number;
  readonly togetherMs: number;
  readonly limitMs: number;
  /** How long each was in the room during the booked time. */
  readonly patientMs: number;
  readonly doctorMs: number;
  readonly faults: Readonly<Record<FaultSide, number>>;
}

export type Grounds = 'doctorAbsent' | 'clinicFault' | 'serviceFault';

export type LeftBecause =
  | 'notOver'
  | 'cancelled'
  | 'confirmed'
  | 'protocol'
  | 'otherWay'
  | 'moreThanLeft'
  | 'together'
  | 'patientAway'
  | 'bothSides'
  | 'noProof';

export type RuleOpinion =
  | { readonly kind: 'grants'; readonly because: Grounds }
  | { readonly kind: 'leaves'; readonly because: LeftBecause };

const leaves = (because: LeftBecause): RuleOpinion => ({ kind: 'leaves', because });
const grants = (because: Grounds): RuleOpinion => ({ kind: 'grants', because });

export function ruleOpinion(seen: RuleSeen): RuleOpinion {
  if (seen.status === 'cancelled') return leaves('cancelled');
  if (!seen.isOver) return leaves('notOver');
  if (seen.isConfirmed) return leaves('confirmed');
  if (seen.status === 'published') return leaves('protocol');
  if (seen.via !== 'same' || seen.stuckMinor > 0) return leaves('otherWay');
  if (seen.demandedMinor > seen.availableMinor) return leaves('moreThanLeft');
  if (seen.togetherMs >= seen.limitMs) return leaves('together');
  // The clinic had to be there, whether or not the patient was. An absence that the doctor recorded needs the doctor in the room, and two who talked
  // before the start have met.
  if (seen.doctorMs === 0 && seen.togetherMs === 0 && seen.status !== 'absent') return grants('doctorAbsent');
  if (seen.patientMs === 0) return leaves('patientAway');
  const { clinic, sfu, patient } = seen.faults;
  if (clinic + sfu === 0) return leaves('noProof');
  // Who failed first cannot be told from counts.
  if (patient > 0) return leaves('bothSides');
  return grants(clinic > 0 ? 'clinicFault' : 'serviceFault');
}

export interface RuleAsked {
  readonly facts: Facts;
  readonly isConfirmed: boolean;
  readonly attendances: readonly Attendance[];
  readonly faults: readonly Fault[];
  readonly via: ClaimVia;
  readonly demandedMinor: number;
  readonly limitMinutes: number;
}

// What one side can bring about alone proves nothing for it. A row of the service's own may come from the requests of one browser, a session that its
// network has let die for example; when the service fails, both browsers report lost media. A video that was switched off for a bad line ends no talk.
const proves = ({ side, kind }: Fault): boolean => side !== 'sfu' && kind !== 'videoOff';

/** What the rule sees of a consultation at the instant `now`. */
export function ruleSees({ facts, isConfirmed, attendances, faults, via, demandedMinor, limitMinutes }: RuleAsked, now: number): RuleSeen {
  const passport = passportOf(facts, attendances, faults.filter(proves), passportEndOf(facts, now));
  const status = statusOf(facts, now);
  return {
    status,
    isOver: isAhead(status) ? now >= facts.endsAt : status !== 'reserved' && status !== 'lapsed',
    isConfirmed,
    via,
    demandedMinor,
    availableMinor: facts.takenMinor - facts.returningMinor,
    stuckMinor: facts.refusedMinor,
    togetherMs: togetherMsOf(passport),
    limitMs: limitMinutes * 60_000,
    patientMs: passport.presentMs.patient,
    doctorMs: passport.presentMs.doctor,
    faults: passport.faults,
  };
}

/** How long both were in the call together. */
export const togetherMsOf = ({ calls }: Passport): number => lengthOf(intersection(calls.patient, calls.doctor));
