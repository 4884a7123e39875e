// How long something is still valid, by the server's clock: running numbers, the end time, a bar. The script (islands/countdown.ts) updates
// all three; without script only the end time is shown. Must be inside a `data-countdown` element.
import { countdownOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Time } from './time.tsx';

export interface TimeLeftProps {
  readonly frame: Frame;
  /** When it ends, ms UTC. */
  readonly until: number;
  /** The full duration from the beginning, ms: the length of the whole bar. */
  readonly lifeMs: number;
  readonly words: { readonly left: string; readonly until: string; readonly bar: string };
}

export function TimeLeft({ frame, until, lifeMs, words }: TimeLeftProps) {
  const left = Math.max(0, until - frame.now);
  return (
    <div class="countdown">
      <div class="left">
        <span class="scripted">{words.left}</span>
        <b class="scripted" role="timer" aria-live="off">
          {countdownOf(left)}
        </b>
        <Time frame={frame} at={until}>
          {words.until}
        </Time>
      </div>
      <progress class="scripted" max={Math.round(lifeMs / 1000)} value={Math.round(left / 1000)} aria-label={words.bar} />
    </div>
  );
}
