// 403, with the reason and the next step.
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { Failure } from './failure.tsx';

/** 'foreign' is a form that did not come from this site. */
type ForbiddenReason = 'role' | 'identified' | 'consents' | 'foreign' | 'onlyVisit';

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
    onlyVisit: { href: '/', label: w.toVisit },
  }[reason];
  return (
    <Failure frame={frame} title={w.forbidden[reason].title} onward={onward}>
      {w.forbidden[reason].text}
    </Failure>
  );
}
