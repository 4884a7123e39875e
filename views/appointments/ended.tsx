// The body of a card in history: what happened, where the money is, how to book again. The money line is always the last sentence.
import { minutesOf, momentOf } from '../format.ts';
import type { ConsultationCard } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { moneyLine } from '../parts/money-line.ts';
import { type Words, wordsOf } from '../words.ts';

export interface EndedProps {
  readonly frame: Frame;
  readonly card: ConsultationCard;
}

export function Ended({ frame, card }: EndedProps) {
  const w = wordsOf(frame.lang).appointments;
  return (
    <>
      <p>
        {endOf(frame, card)} {moneyLine(card.facts, frame)}
      </p>
      <div class="acts">
        {card.status === 'published' && (
          <a class="button quiet" href={`/consultations/${card.id}/protocol`}>
            {w.protocol}
          </a>
        )}
        <a class="button quiet" href={`/doctors/${card.doctor.id}`}>
          {w.again}
        </a>
        <a class="button plain" href={`/consultations/${card.id}`}>
          {w.details}
        </a>
      </div>
    </>
  );
}

/** How it ended, in a sentence; nothing for one that simply took place. */
export function endOf(frame: Frame, card: ConsultationCard): string {
  const w = wordsOf(frame.lang).appointments;
  const { facts, status, cancelReason } = card;
  switch (status) {
    case 'lapsed':
      return w.lapsed(minutesOf(facts.expiresAt - card.createdAt));
    case 'cancelled':
      return cancelledAs(w, facts.cancelledBy, cancelReason)(momentOf(facts.cancelledAt ?? 0, frame));
    case 'absent':
      return w.absent;
    case 'failed':
      return w.failed;
    case 'published':
      return w.published;
    default:
      return '';
  }
}

function cancelledAs(w: Words['appointments'], by: ConsultationCard['facts']['cancelledBy'], reason: ConsultationCard['cancelReason']) {
  if (reason === 'doctorLate') return w.cancelledLate;
  return by === 'clinic' ? w.cancelledByClinic : w.cancelledByPatient;
}
