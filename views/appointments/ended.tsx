// The body of a talon in history: what happened, where the money is, how to book again. The money line is always the last sentence.
import { ClaimButton, whyNoClaim } from '../claim/claim-offer.tsx';
import { minutesOf, momentOf } from '../format.ts';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { moneyLine } from '../parts/money-line.ts';
import { type Words, wordsOf } from '../words.ts';

export interface EndedProps {
  readonly frame: Frame;
  readonly talon: TalonView;
}

export function Ended({ frame, talon }: EndedProps) {
  const w = wordsOf(frame.lang).appointments;
  return (
    <>
      <p>
        {endOf(frame, talon)} {moneyLine(talon.facts, frame)} {talon.claim && whyNoClaim(frame, talon.claim)}
      </p>
      <div class="acts">
        {talon.status === 'published' && (
          <a class="button quiet" href={`/consultations/${talon.id}/protocol`}>
            {w.protocol}
          </a>
        )}
        <a class="button quiet" href={`/doctors/${talon.doctor.id}`}>
          {w.again}
        </a>
        {talon.claim && <ClaimButton frame={frame} consultationId={talon.id} offer={talon.claim} />}
        <a class="button plain" href={`/consultations/${talon.id}`}>
          {w.details}
        </a>
      </div>
    </>
  );
}

/** How the appointment ended, in a sentence; empty for one that took place as usual. */
export function endOf(frame: Frame, talon: TalonView): string {
  const w = wordsOf(frame.lang).appointments;
  const { facts, status, cancelReason } = talon;
  switch (status) {
    case 'lapsed':
      return w.lapsed(minutesOf(facts.expiresAt - talon.createdAt));
    case 'cancelled':
      return cancelledAs(w, facts.cancelledBy, cancelReason)(momentOf(facts.cancelledAt ?? 0, frame));
    case 'absent':
      return w.absent;
    case 'failed':
      return w.failed;
    case 'published':
      return w.published;
    case 'reserved':
    case 'paid':
    case 'waiting':
    case 'progress':
    case 'concluded':
      return '';
  }
}

function cancelledAs(w: Words['appointments'], by: TalonView['facts']['cancelledBy'], reason: TalonView['cancelReason']) {
  if (reason === 'doctorLate') return w.cancelledLate;
  return by === 'clinic' ? w.cancelledByClinic : w.cancelledByPatient;
}
