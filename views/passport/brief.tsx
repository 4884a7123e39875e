// The summary of the passport: who, when, how the visit ended, how long both were together and how long each was missing.
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import type { ComponentChildren } from 'preact';
import type { FaultSide } from '../../workflows/rules/passport.ts';
import { bothClocksOf, capital, clinicClockOf, documentDateOf, ownClockOf, rangeOf, zoneNameOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { doctorName } from '../parts/person.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';
import type { PassportView } from './passport-view.ts';

interface Props {
  readonly frame: Frame;
  readonly view: PassportView;
}

export function Brief({ frame, view }: Props) {
  const w = wordsOf(frame.lang).passport;
  const { phase } = view;
  const isKnown = phase === 'going' || phase === 'over';
  return (
    <section class="card" aria-labelledby="brief">
      <h2 id="brief">{w.brief}</h2>
      <dl class="facts">
        <Line name={w.sides.patient}>{view.patientName}</Line>
        <Line name={w.sides.doctor}>{doctorName(view.doctor, frame.lang)}</Line>
        <Line name={w.booked}>
          <Booked frame={frame} view={view} />
        </Line>
        {isKnown && (
          <Line name={w.met}>
            <Met frame={frame} view={view} />
          </Line>
        )}
        <Line name={w.end}>{endText(frame, view)}</Line>
        {isKnown && <Line name={w.together}>{togetherText(frame, view)}</Line>}
        {isKnown && SIDES.map(side => <Line name={w.without[side]}>{missingText(frame, view, side)}</Line>)}
        {isKnown && <Line name={w.faults}>{faultsText(frame, view)}</Line>}
      </dl>
    </section>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Booked({ frame, view: { facts } }: Props) {
  const { zone } = frame.clinic;
  const own = ownClockOf(facts.startsAt, frame);
  const clinics = `${documentDateOf(facts.startsAt, zone, frame.lang)}, ${rangeOf(facts, zone)} (${zoneNameOf(facts.startsAt, zone, frame.lang)})`;
  return (
    <Time frame={frame} at={facts.startsAt}>
      {own === null ? clinics : `${clinics}, ${own}`}
    </Time>
  );
}

function Met({ frame, view }: Props) {
  const w = wordsOf(frame.lang).passport;
  const { metAt } = view.passport;
  if (metAt === null) return <>{view.phase === 'over' ? w.neverMet : w.notMetYet}</>;
  return (
    <Time frame={frame} at={metAt}>
      {bothClocksOf(metAt, frame)}
    </Time>
  );
}

function endText(frame: Frame, { facts, phase, status }: PassportView): string {
  const w = wordsOf(frame.lang);
  const at = (text: string, instant: number | null) => (instant === null ? text : `${text}, ${clinicClockOf(instant, frame)}`);
  if (facts.cancelledAt !== null) return w.passport.endCancelled;
  if (facts.outcome !== null) return at(w.passport.ends[facts.outcome], facts.concludedAt);
  switch (phase) {
    case 'none':
      return w.states.staff[status];
    case 'ahead':
      return w.passport.endAhead;
    case 'going':
      return w.passport.endGoing;
    case 'over':
      return w.passport.endForgotten;
  }
}

function togetherText(frame: Frame, { facts, passport }: PassportView): string {
  const w = wordsOf(frame.lang).passport;
  const booked = Math.round((facts.endsAt - facts.startsAt) / 60_000);
  if (passport.metAt === null) return w.togetherNever(booked);
  return passport.togetherMinutes === 0 ? w.togetherLess(booked) : w.togetherOf(passport.togetherMinutes, booked);
}

function missingText(frame: Frame, { passport }: PassportView, side: Side): string {
  const w = wordsOf(frame.lang).passport;
  if (passport.missingMs[side] === 0) return w.withoutNothing;
  return passport.missingMinutes[side] === 0 ? w.withoutLess : w.withoutOf(passport.missingMinutes[side]);
}

const FAULT_SIDES = ['patient', 'clinic', 'sfu', 'unknown'] as const satisfies readonly FaultSide[];

function faultsText(frame: Frame, { passport }: PassportView): string {
  const w = wordsOf(frame.lang).passport;
  const counted = FAULT_SIDES.filter(side => passport.faults[side] > 0).map(side => w.faultCounts[side](passport.faults[side]));
  return counted.length === 0 ? w.noFaults : capital(counted.join(', '));
}
