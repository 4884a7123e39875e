// Time left to pay, by the server's clock, with what to do about it right under it. The island runs the numbers; without script the
// deadline alone is shown.
import type { ComponentChildren } from 'preact';
import { clinicClockOf, countdownOf } from '../format.ts';
import type { ConsultationCard, Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';

export interface CountdownProps {
  readonly frame: Frame;
  readonly card: ConsultationCard;
  /** The buttons, so that they stand on the first screen of a phone. */
  readonly children: ComponentChildren;
}

export function Countdown({ frame, card, children }: CountdownProps) {
  const w = wordsOf(frame.lang).appointments;
  const { expiresAt } = card.facts;
  const left = Math.max(0, expiresAt - frame.now);
  const says = { 'data-five': w.saidMinutes(5), 'data-one': w.saidMinutes(1), 'data-over': w.saidOver };
  return (
    <div class="stack" data-countdown data-id={card.id} data-left={left} data-pause={w.pause} data-resume={w.resume} {...says}>
      <div class="countdown">
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
      </div>
      {children}
      <p class="small muted">
        {w.afterwards}{' '}
        <button class="button plain small scripted" type="button" data-pauses id={`pause-${card.id}`}>
          <Icon name="pause" />
          <span>{w.pause}</span>
        </button>
      </p>
    </div>
  );
}
