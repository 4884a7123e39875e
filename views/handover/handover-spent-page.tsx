// The address for another device is unknown, used or expired. All three get the same page, so that it does not show which one it was.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';

export interface HandoverSpentPageProps {
  readonly frame: Frame;
  readonly minutes: number;
}

export function HandoverSpentPage({ frame, minutes }: HandoverSpentPageProps) {
  const w = wordsOf(frame.lang).handover;
  return (
    <Layout frame={frame} title={w.spentTitle} current={null} solo>
      <Empty heading={w.spentHeading} top broken>
        <p>{w.spentText(minutes)}</p>
        <a class="button" href={frame.viewer ? '/appointments' : '/sign-in'}>
          {frame.viewer ? wordsOf(frame.lang).appointments.title : w.signIn}
        </a>
      </Empty>
    </Layout>
  );
}
