// No network: what is safe, how to try again, and the phone for those whose consultation is now.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Phone } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';

export interface OfflinePageProps {
  readonly frame: Frame;
}

export function OfflinePage({ frame }: OfflinePageProps) {
  const w = wordsOf(frame.lang).failures.offline;
  return (
    <Layout frame={frame} title={w.title} current={null} solo>
      <Empty heading={w.title} top broken>
        <p>{w.text}</p>
        <a class="button quiet" href={frame.path}>
          {w.retry}
        </a>
      </Empty>
      <p>
        {w.visit} <Phone frame={frame} />
      </p>
    </Layout>
  );
}
