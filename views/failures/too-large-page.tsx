// 413: what was sent is larger than we take.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';

export interface TooLargePageProps {
  readonly frame: Frame;
  readonly limitBytes: number;
}

export function TooLargePage({ frame, limitBytes }: TooLargePageProps) {
  const words = wordsOf(frame.lang);
  const w = words.failures;
  const kilobytes = Math.round(limitBytes / 1024);
  const limit = kilobytes >= 1024 ? w.megabytes(String(Math.round(kilobytes / 1024))) : w.kilobytes(String(kilobytes));
  return (
    <Layout frame={frame} title={w.tooLarge.title} current={null} solo>
      <Empty heading={w.tooLarge.title} top>
        <p>{w.tooLarge.text(limit)}</p>
        <div class="acts">
          <a class="button quiet" href="/help">
            {words.frame.help}
          </a>
        </div>
      </Empty>
    </Layout>
  );
}
