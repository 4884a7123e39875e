// 404, also for data of another person: a stranger must not find out that it exists.
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
