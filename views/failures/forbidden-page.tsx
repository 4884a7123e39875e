// 403, with the reason and the way on.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';

/** 'foreign' is a form that did not come from this site. */
export type ForbiddenReason = 'role' | 'identified' | 'consents' | 'foreign';

export interface ForbiddenPageProps {
  readonly frame: Frame;
  readonly reason: ForbiddenReason;
}

export function ForbiddenPage({ frame, reason }: ForbiddenPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.failures;
  const onward = {
    role: { href: '/', label: words.frame.online },
    identified: { href: '/help/sign-in', label: w.howToConfirm },
    consents: { href: '/consents', label: w.openDocuments },
    foreign: { href: '/appointments', label: w.myAppointments },
  }[reason];
  return (
    <Layout frame={frame} title={w.forbidden[reason].title} current={null} solo>
      <Empty heading={w.forbidden[reason].title} top>
        <p>{w.forbidden[reason].text}</p>
        <div class="acts">
          <a class="button" href={onward.href}>
            {onward.label}
          </a>
          <a class="button quiet" href="/help">
            {words.frame.help}
          </a>
        </div>
      </Empty>
    </Layout>
  );
}
