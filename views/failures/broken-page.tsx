// 500: what happened, that the money is safe, and a reference number. provider-broken-page.tsx uses the same parts.
import { clockOf, documentDateOf, zoneNameOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { Phone } from '../parts/notice.tsx';
import { Time } from '../parts/time.tsx';
import { wordsOf } from '../words.ts';
import { Failure } from './failure.tsx';

export interface BrokenPageProps {
  readonly frame: Frame;
  /** What the patient can read to the clinic's staff, such as «7F3K-22». */
  readonly reference: string;
  readonly at: number;
}

export function BrokenPage({ frame, reference, at }: BrokenPageProps) {
  const w = wordsOf(frame.lang).failures;
  return (
    <Failure
      frame={frame}
      title={w.broken.title}
      broken
      onward={{ href: frame.path, label: w.refresh }}
      below={<Reference frame={frame} reference={reference} at={at} />}
    >
      {w.broken.text}
    </Failure>
  );
}

/** The number by which the staff find the failure in the logs, with its time to the second. */
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
