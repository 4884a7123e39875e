// 404, also for what belongs to another person: a stranger does not learn that it exists.
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { Failure } from './failure.tsx';

export interface NotFoundPageProps {
  readonly frame: Frame;
}

export function NotFoundPage({ frame }: NotFoundPageProps) {
  const w = wordsOf(frame.lang).failures;
  const onward = frame.viewer ? { href: '/appointments', label: w.myAppointments } : { href: '/online', label: w.toDoctors };
  return (
    <Failure frame={frame} title={w.notFound.title} onward={onward}>
      {w.notFound.text}
    </Failure>
  );
}
