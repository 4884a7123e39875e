// Two lanes of time: when each side was in the room, against the booked start and end. The sentences under it say the same.
import type { Interval } from '../../workflows/rules/interval.ts';
import { clockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { type PassportView, SIDES } from './passport-view.ts';

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
            {SIDES.map(side => w.presenceOf(w.sides[side], spansText(frame, view, presence[side]))).join(' ')}
          </p>
        </>
      )}
    </section>
  );
}

function spansText(frame: Frame, { phase, until }: PassportView, spans: readonly Interval[]): string {
  const w = wordsOf(frame.lang).passport;
  if (spans.length === 0) return w.wasAway;
  const clock = (at: number) => (phase === 'going' && at === until ? w.nowWord : clockOf(at, frame.clinic.zone));
  return spans.map(({ startsAt, endsAt }) => `${clock(startsAt)}–${clock(endsAt)}`).join(', ');
}

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
            <rect
              class={side === 'patient' ? 'a' : 'b'}
              x={x(span.startsAt)}
              y={33 + lane * 40}
              width={Math.max(2, x(span.endsAt) - x(span.startsAt))}
              height="20"
              rx="4"
            />
          ))}
        </>
      ))}
    </svg>
  );
}

/** A word at a mark, turned to where there is room for it. */
const Mark = ({ x, y, text }: { readonly x: number; readonly y: number; readonly text: string }) => (
  <text x={x} y={y} text-anchor={x > (LEFT + RIGHT) / 2 ? 'end' : 'start'}>
    {text}
  </text>
);
