// The time left to pay, with the buttons right under it. The script (islands/countdown.ts) announces the last minutes and can pause the
// numbers.
import type { ComponentChildren } from 'preact';
import { clinicClockOf } from '../format.ts';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { TimeLeft } from '../parts/time-left.tsx';
import { wordsOf } from '../words.ts';

export interface CountdownProps {
  readonly frame: Frame;
  readonly talon: TalonView;
  /** The buttons. They are here so that a phone shows them without scrolling. */
  readonly children: ComponentChildren;
}

export function Countdown({ frame, talon, children }: CountdownProps) {
  const w = wordsOf(frame.lang).appointments;
  const { expiresAt } = talon.facts;
  const left = Math.max(0, expiresAt - frame.now);
  const says = { 'data-five': w.saidMinutes(5), 'data-one': w.saidMinutes(1), 'data-over': w.saidOver };
  return (
    <div class="stack" data-countdown data-id={talon.id} data-left={left} data-pause={w.pause} data-resume={w.resume} {...says}>
      <TimeLeft
        frame={frame}
        until={expiresAt}
        lifeMs={expiresAt - talon.createdAt}
        words={{ left: w.left, until: w.payBy(clinicClockOf(expiresAt, frame)), bar: w.bar }}
      />
      {children}
      <p class="small muted">
        {w.afterwards}{' '}
        <button class="button plain small scripted" type="button" data-pauses id={`pause-${talon.id}`}>
          <Icon name="pause" />
          <span>{w.pause}</span>
        </button>
      </p>
    </div>
  );
}
