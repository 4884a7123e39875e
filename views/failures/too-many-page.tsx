// 429: too many tries, with the time from which another one is taken.
import { clinicClockOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Rich } from '../parts/rich.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';

export interface TooManyPageProps {
  readonly frame: Frame;
  readonly retryAt: number;
}

export function TooManyPage({ frame, retryAt }: TooManyPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.failures.tooMany;
  // Rounded up to the next minute: a clock without seconds must not promise too early.
  const at = Math.ceil(retryAt / 60_000) * 60_000;
  const time = (
    <Time frame={frame} at={at}>
      {clinicClockOf(at, frame)}
    </Time>
  );
  return (
    <Layout frame={frame} title={w.title} current={null} solo>
      <Empty heading={w.title} top>
        <p>
          <Rich text={w.text} fill={{ time }} />
        </p>
        <div class="acts">
          <a class="button quiet" href="/help">
            {words.frame.help}
          </a>
        </div>
      </Empty>
    </Layout>
  );
}
