// 404, also for what belongs to another person: a stranger does not learn that it exists.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';

export interface NotFoundPageProps {
  readonly frame: Frame;
}

export function NotFoundPage({ frame }: NotFoundPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.failures;
  return (
    <Layout frame={frame} title={w.notFound.title} current={null} solo>
      <Empty heading={w.notFound.title} top>
        <p>{w.notFound.text}</p>
        <div class="acts">
          <a class="button" href={frame.viewer ? '/appointments' : '/online'}>
            {frame.viewer ? w.myAppointments : w.toDoctors}
          </a>
          <a class="button quiet" href="/help">
            {words.frame.help}
          </a>
        </div>
      </Empty>
    </Layout>
  );
}
