// 429: too many attempts, with the time from which another one is accepted.
import { clinicClockOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Rich } from '../parts/rich.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';
import { Failure } from './failure.tsx';

export interface TooManyPageProps {
  readonly frame: Frame;
  readonly retryAt: number;
}

export function TooManyPage({ frame, retryAt }: TooManyPageProps) {
  const w = wordsOf(frame.lang).failures.tooMany;
  // Rounded up to the next minute: the clock has no seconds, and the shown time must not be too early.
  const at = Math.ceil(retryAt / 60_000) * 60_000;
  const time = (
    <Time frame={frame} at={at}>
      {clinicClockOf(at, frame)}
    </Time>
  );
  return (
    <Failure frame={frame} title={w.title}>
      <Rich text={w.text} fill={{ time }} />
    </Failure>
  );
}
