// Draws the timeline: a heading for each day, a row for each minute, and the next event.
import { methodOf } from '../parts/method.ts';
import { assertNever } from '../../workflows/rules/assert-never.ts';
import { clinicClockOf, clockOf, dateOf, dayOf, minutesOf, momentOf, rangeOf, rub } from '../format.ts';
import type { ConsultationView } from './timeline-view.ts';
import type { Frame } from '../model.ts';
import { Time } from '../parts/time.tsx';
import { declineText, wordsOf } from '../words.ts';
import { letterState } from './letters.tsx';
import { type Happening, type Next, timelineOf } from './timeline.ts';

export function ConsultationTimeline({ frame, consultation }: { readonly frame: Frame; readonly consultation: ConsultationView }) {
  const w = wordsOf(frame.lang).consultation;
  const { past, next } = timelineOf(consultation, frame.now);
  const { zone } = frame.clinic;
  return (
    <section class="stack" aria-labelledby="timeline">
      <h2 id="timeline">{w.timeline}</h2>
      <ol class="timeline">
        {past.flatMap((happening, i) => {
          const before = past[i - 1];
          const newDay = before === undefined || dateOf(before.at, zone) !== dateOf(happening.at, zone);
          const row = <Row frame={frame} happening={happening} last={i === past.length - 1} />;
          return newDay ? [<li class="date">{dayOf(happening.at, frame)}</li>, row] : [row];
        })}
        {next && (
          <li class="next">
            <span class="small">{w.next}</span>
            <div>{nextText(frame, next)}</div>
          </li>
        )}
      </ol>
    </section>
  );
}

interface RowProps {
  readonly frame: Frame;
  readonly happening: Happening;
  readonly last: boolean;
}

function Row({ frame, happening, last }: RowProps) {
  const { tone, text, note } = sayOf(frame, happening);
  return (
    <li class={[tone, last ? 'now' : ''].filter(Boolean).join(' ') || undefined}>
      <Time frame={frame} at={happening.at}>
        {clockOf(happening.at, frame.clinic.zone)}
      </Time>
      <div>
        {text}
        {note && <p>{note}</p>}
      </div>
    </li>
  );
}

interface Said {
  readonly tone: 'ok' | 'warn' | 'bad' | '';
  readonly text: string;
  readonly note?: string | undefined;
}

function sayOf(frame: Frame, h: Happening): Said {
  const words = wordsOf(frame.lang);
  const w = words.consultation;
  const sum = (minor: number) => rub(minor, frame.lang);
  switch (h.kind) {
    case 'booked':
      return { tone: '', text: w.booked, note: `${dayOf(h.slot.startsAt, frame)}, ${rangeOf(h.slot, frame.clinic.zone)}` };
    case 'paymentBegun':
      return { tone: '', text: w.paymentBegun(sum(h.payment.amountMinor)) };
    case 'paymentTaken':
      return {
        tone: 'ok',
        text: w.paymentTaken(sum(h.payment.amountMinor)),
        note: h.lateMs === null ? methodOf(h.payment.method, frame.lang) : w.paymentLate(minutesOf(h.lateMs)),
      };
    case 'paymentRefused':
      return { tone: 'warn', text: w.paymentRefused, note: declineText(words, h.payment.cancelReason) };
    case 'lapsed':
      return { tone: '', text: w.lapsed(minutesOf(h.heldMs)) };
    case 'cancelled':
      return { tone: '', text: w.cancelledBy[h.by] };
    case 'rescheduled': {
      const moment = (at: number) => `${dayOf(at, frame)}, ${clinicClockOf(at, frame)}`;
      const { by, reason, from, to } = h.move;
      const text = reason === 'doctorLate' ? w.movedFromLate : by === 'clinic' ? w.movedByClinic : w.moved;
      return { tone: '', text, note: w.movedNote(moment(from.startsAt), moment(to.startsAt)) };
    }
    case 'waits':
      return { tone: '', text: w.waits };
    case 'refundAsked':
      return { tone: '', text: w.refundAsked(sum(h.refund.amountMinor)), note: w.refundReasons[h.refund.reason] };
    case 'refundSettled':
      return { tone: 'ok', text: w.refundSettled(sum(h.refund.amountMinor)) };
    case 'refundRefused':
      return {
        tone: 'bad',
        text: w.refundRefused(sum(h.refund.amountMinor)),
        note: h.refund.isStuck ? w.refundRefusedNote : w.refundElsewhere,
      };
    case 'letter':
      return {
        tone: '',
        text: w.letter(w.letterNames[h.letter.kind]),
        note: letterState(w, h.letter),
      };
    case 'entered':
      return { tone: 'ok', text: w.entered };
    case 'started':
      return { tone: 'ok', text: w.started };
    case 'concluded':
      return { tone: h.outcome === 'failed' ? 'bad' : '', text: w.concluded[h.outcome] };
    case 'published':
      return { tone: 'ok', text: w.published };
    default:
      return assertNever(h);
  }
}

function nextText(frame: Frame, next: Next): string {
  const w = wordsOf(frame.lang).consultation;
  switch (next.kind) {
    case 'pay':
      return w.nextPay(clinicClockOf(next.by, frame));
    case 'checking':
      return w.nextChecking;
    case 'visit':
      return w.nextVisit(momentOf(next.at, frame));
    case 'refund':
      return w.nextRefund;
    case 'protocol':
      return w.nextProtocol;
  }
}
