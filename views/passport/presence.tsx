// A chart with two lanes: when each side was in the room and when in the call, with the booked start and end. The sentences under it say
// the same.
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import { clockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { PassportView } from './passport-view.ts';

interface Props {
  readonly frame: Frame;
  readonly view: PassportView;
}

export function Presence({ frame, view }: Props) {
  const w = wordsOf(frame.lang).passport;
  const { presence } = view.passport;
  const isEmpty = SIDES.every(side => presence[side].length === 0);
  return (
    <section class="card" aria-labelledby="presence">
      <h2 id="presence">{w.presence}</h2>
      {isEmpty ? (
        <p>{w.presenceEmpty}</p>
      ) : (
        <>
          <div class="plot">
            <Lanes frame={frame} view={view} />
          </div>
          <p class="small muted" id="presence-said">
            {[...SIDES.map(side => saidOf(frame, view, side)), w.presenceKey].join(' ')}
          </p>
        </>
      )}
    </section>
  );
}

function saidOf(frame: Frame, view: PassportView, side: Side): string {
  const w = wordsOf(frame.lang).passport;
  const { presence, calls } = view.passport;
  if (presence[side].length === 0) return w.presenceAway(w.sides[side]);
  const room = spansText(frame, view, presence[side]);
  if (calls[side].length === 0) return w.presenceWaited(w.sides[side], room);
  return w.presenceOf(w.sides[side], room, spansText(frame, view, calls[side]));
}

function spansText(frame: Frame, { phase, until }: PassportView, spans: readonly Interval[]): string {
  const w = wordsOf(frame.lang).passport;
  const clock = (at: number) => (phase === 'going' && at === until ? w.nowWord : clockOf(at, frame.clinic.zone));
  return joined(spans)
    .map(({ startsAt, endsAt }) => `${clock(startsAt)}–${clock(endsAt)}`)
    .join(', ');
}

const MINUTE_MS = 60_000;

/** Breaks shorter than a minute are left out of the sentence; the chart and the list of events show every break. */
const joined = (spans: readonly Interval[]): Interval[] =>
  spans.reduce<Interval[]>((before, span) => {
    const last = before.at(-1);
    if (last === undefined || span.startsAt - last.endsAt >= MINUTE_MS) return [...before, span];
    return [...before.slice(0, -1), { ...last, endsAt: span.endsAt }];
  }, []);

const LEFT = 92;
const RIGHT = 472;

function Lanes({ frame, view }: Props) {
  const w = wordsOf(frame.lang).passport;
  const { facts, passport } = view;
  const edges = SIDES.flatMap(side => passport.presence[side]).flatMap(span => [span.startsAt, span.endsAt]);
  const [from, to] = [Math.min(facts.startsAt, ...edges), Math.max(facts.endsAt, ...edges)];
  const x = (at: number) => Math.round(LEFT + ((at - from) / (to - from)) * (RIGHT - LEFT));
  const clock = (at: number) => clockOf(at, frame.clinic.zone);
  return (
    <svg class="chart" viewBox="0 0 480 132" role="img" aria-labelledby="presence" aria-describedby="presence-said">
      <Mark x={x(facts.startsAt)} y={16} text={w.bookedStart(clock(facts.startsAt))} />
      <Mark x={x(facts.endsAt)} y={126} text={w.bookedEnd(clock(facts.endsAt))} />
      <path class="goal" d={`M${x(facts.startsAt)} 22v84M${x(facts.endsAt)} 22v84`} fill="none" stroke-width="2" />
      {SIDES.map((side, lane) => (
        <>
          <text x="0" y={48 + lane * 40}>
            {w.sides[side]}
          </text>
          {passport.presence[side].map(span => (
            <Span side={side} from={x(span.startsAt)} to={x(span.endsAt)} middle={43 + lane * 40} height={6} />
          ))}
          {passport.calls[side].map(span => (
            <Span side={side} from={x(span.startsAt)} to={x(span.endsAt)} middle={43 + lane * 40} height={20} />
          ))}
        </>
      ))}
    </svg>
  );
}

interface SpanProps {
  readonly side: Side;
  readonly from: number;
  readonly to: number;
  readonly middle: number;
  readonly height: number;
}

/** A span has a minimum width of 2, so that a short one is visible. */
const Span = ({ side, from, to, middle, height }: SpanProps) => (
  <rect
    class={side === 'patient' ? 'a' : 'b'}
    x={from}
    y={middle - height / 2}
    width={Math.max(2, to - from)}
    height={height}
    rx={height / 5}
  />
);

/** The label of a mark, aligned to the side with free space. */
const Mark = ({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) => (
  <text x={x} y={y} text-anchor={x > (LEFT + RIGHT) / 2 ? 'end' : 'start'}>
    {text}
  </text>
);
