// Time left to pay, by the server's clock. The island runs it; without script the deadline alone is shown.
import { clinicClockOf, countdownOf } from '../format.ts';
import type { ConsultationCard, Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';

export function Countdown({ frame, card }: { readonly frame: Frame; readonly card: ConsultationCard }) {
  const w = wordsOf(frame.lang).appointments;
  const { expiresAt } = card.facts;
  const left = Math.max(0, expiresAt - frame.now);
  const says = { 'data-five': w.saidMinutes(5), 'data-one': w.saidMinutes(1), 'data-over': w.saidOver };
  return (
    <div class="countdown" data-countdown data-id={card.id} data-left={left} data-pause={w.pause} data-resume={w.resume} {...says}>
      <div class="left">
        <span class="scripted">{w.left}</span>
        <b class="scripted" role="timer" aria-live="off">
          {countdownOf(left)}
        </b>
        <Time frame={frame} at={expiresAt}>
          {w.payBy(clinicClockOf(expiresAt, frame))}
        </Time>
      </div>
      <progress
        class="scripted"
        max={Math.round((expiresAt - card.createdAt) / 1000)}
        value={Math.round(left / 1000)}
        aria-label={w.bar}
      />
      <p class="small muted">
        {w.afterwards}{' '}
        <button class="button plain small scripted" type="button" id={`pause-${card.id}`}>
          <Icon name="pause" />
          <span>{w.pause}</span>
        </button>
      </p>
    </div>
  );
}
