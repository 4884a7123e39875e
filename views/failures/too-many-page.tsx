// 429: a limit in words, with the time from which another try is accepted.
import { clinicClockOf } from '../format.ts';
import type { RateLimitName } from '../../workflows/rules/limits.ts';
import type { Frame } from '../model.ts';
import { Rich } from '../parts/rich.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';
import { Failure } from './failure.tsx';

export interface TooManyPageProps {
  readonly frame: Frame;
  readonly limit: RateLimitName;
  readonly retryAt: number;
}

export function TooManyPage({ frame, limit, retryAt }: TooManyPageProps) {
  const { failures, limits } = wordsOf(frame.lang);
  // Rounded up to the next minute: the clock has no seconds, and the shown time must not be too early.
  const at = Math.ceil(retryAt / 60_000) * 60_000;
  const time = (
    <Time frame={frame} at={at}>
      {clinicClockOf(at, frame)}
    </Time>
  );
  return (
    <Failure frame={frame} title={failures.tooMany.title}>
      <Rich text={`${limits[limit]} ${failures.tooMany.text}`} fill={{ time }} />
    </Failure>
  );
}
