// 500: what happened, that money is safe, and a number to name. Also the parts that the provider's failure shares.
import { clockOf, documentDateOf, zoneNameOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Phone } from '../parts/notice.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';

export interface BrokenPageProps {
  readonly frame: Frame;
  /** What the patient may read out to us, as «7F3K-22». */
  readonly reference: string;
  readonly at: number;
}

export function BrokenPage({ frame, reference, at }: BrokenPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.failures;
  return (
    <Layout frame={frame} title={w.broken.title} current={null} solo>
      <Empty heading={w.broken.title} top broken>
        <p>{w.broken.text}</p>
        <div class="acts">
          <a class="button" href={frame.path}>
            {w.refresh}
          </a>
          <a class="button quiet" href="/help">
            {words.frame.help}
          </a>
        </div>
      </Empty>
      <Reference frame={frame} reference={reference} at={at} />
    </Layout>
  );
}

/** The number by which our people find the failure, with its second. */
export function Reference({ frame, reference, at }: BrokenPageProps) {
  const w = wordsOf(frame.lang).failures;
  const { zone } = frame.clinic;
  const seconds = String(Math.floor(at / 1000) % 60).padStart(2, '0');
  return (
    <div class="card tight">
      <p class="small muted">{w.reference}</p>
      <p class="big-num">{reference}</p>
      <p class="small muted">
        <Time frame={frame} at={at}>
          {`${documentDateOf(at, zone, frame.lang)}, ${clockOf(at, zone)}:${seconds} (${zoneNameOf(at, zone, frame.lang)})`}
        </Time>
        . {w.now} <Phone frame={frame} />
      </p>
    </div>
  );
}
