// 413: the request is larger than the limit.
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { Failure } from './failure.tsx';

export interface TooLargePageProps {
  readonly frame: Frame;
  readonly limitBytes: number;
}

export function TooLargePage({ frame, limitBytes }: TooLargePageProps) {
  const w = wordsOf(frame.lang).failures;
  const kilobytes = Math.round(limitBytes / 1024);
  const limit = kilobytes >= 1024 ? w.megabytes(String(Math.round(kilobytes / 1024))) : w.kilobytes(String(kilobytes));
  return (
    <Failure frame={frame} title={w.tooLarge.title}>
      {w.tooLarge.text(limit)}
    </Failure>
  );
}
