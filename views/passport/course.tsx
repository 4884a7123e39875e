// «Ход встречи»: draws the events, a heading for each day, a row for each minute, and who is in the room now while the visit lasts.
import type { Side } from '../../workflows/rules/admission.ts';
import { clockOf, dateOf, dayOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { assertNever } from '../../workflows/rules/assert-never.ts';
import { Time } from '../parts/time.tsx';
import { type Words, wordsOf } from '../words.ts';
import type { FaultKind } from '../words/passport.ru.ts';
import { type Happening, happeningsOf } from './happenings.ts';
import type { PassportView } from './passport-view.ts';

interface Props {
  readonly frame: Frame;
  readonly view: PassportView;
}

export function Course({ frame, view }: Props) {
  const w = wordsOf(frame.lang).passport;
  const { zone } = frame.clinic;
  const happenings = happeningsOf(view);
  if (happenings.length === 0) return null;
  return (
    <section class="card" aria-labelledby="course">
      <h2 id="course">{w.course}</h2>
      <ol class="timeline">
        {happenings.flatMap((happening, i) => {
          const before = happenings[i - 1];
          const isNewDay = before === undefined || dateOf(before.at, zone) !== dateOf(happening.at, zone);
          const row = <Row frame={frame} at={happening.at} said={sayOf(w, happening)} />;
          return isNewDay ? [<li class="date">{dayOf(happening.at, frame)}</li>, row] : [row];
        })}
        {view.phase === 'going' && <Row frame={frame} at={frame.now} said={{ tone: 'now', text: hereText(w, view) }} />}
      </ol>
    </section>
  );
}

interface Said {
  readonly tone: 'ok' | 'warn' | 'bad' | 'off' | 'now' | '';
  readonly text: string;
  readonly by?: string;
}

const Row = ({ frame, at, said }: { readonly frame: Frame; readonly at: number; readonly said: Said }) => (
  <li class={said.tone || undefined}>
    <Time frame={frame} at={at}>
      {clockOf(at, frame.clinic.zone)}
    </Time>
    <div>
      {said.text}
      {said.by && <p class="by">{said.by}</p>}
    </div>
  </li>
);

function sayOf(w: Words['passport'], h: Happening): Said {
  switch (h.kind) {
    case 'entered':
    case 'returned':
    case 'joined':
      return { tone: 'ok', text: w[h.kind][h.side] };
    case 'left':
      return { tone: '', text: w.left[h.side] };
    case 'met':
      return { tone: 'ok', text: w.metRow };
    case 'starts':
    case 'finishes':
      return { tone: 'off', text: w[h.kind] };
    case 'late':
      return { tone: 'warn', text: h.minutes === 0 ? w.onTime : w.late(h.minutes) };
    case 'fault':
      return { tone: 'warn', text: faultText(w, h), by: w.faultSides[h.fault.side] };
    case 'concluded':
      return { tone: h.outcome === 'failed' ? 'bad' : 'ok', text: w.concluded[h.outcome], by: w.closed };
    case 'cancelled':
      return { tone: '', text: w.cancelled[h.by] };
    default:
      return assertNever(h);
  }
}

function faultText(w: Words['passport'], { fault }: Extract<Happening, { kind: 'fault' }>): string {
  if (fault.kind === 'mediaLost' && fault.side === 'sfu') return w.lostByBoth;
  return fault.kind in w.faultKinds ? w.faultKinds[fault.kind as FaultKind] : w.faultUnknown;
}

function hereText(w: Words['passport'], { attendances }: PassportView): string {
  const isHere = (side: Side) => attendances.some(one => one.role === side && one.leftAt === null);
  if (isHere('patient')) return isHere('doctor') ? w.here.both : w.here.patient;
  return isHere('doctor') ? w.here.doctor : w.here.nobody;
}
