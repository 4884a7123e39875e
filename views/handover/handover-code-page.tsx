// The code for another device as its own page, for a browser without script.
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { wordsOf } from '../words.ts';
import { Handover, type HandoverState } from './handover.tsx';

export interface HandoverCodePageProps {
  readonly frame: Frame;
  readonly consultationId: string;
  /** The room that the reader came from. */
  readonly room: string;
  readonly state: HandoverState;
}

export function HandoverCodePage({ frame, consultationId, room, state }: HandoverCodePageProps) {
  const w = wordsOf(frame.lang).handover;
  return (
    <Layout frame={frame} title={w.heading} current={null} solo>
      <Crumb href={room}>{w.back}</Crumb>
      <Handover frame={frame} consultationId={consultationId} place="page" state={state} />
    </Layout>
  );
}
