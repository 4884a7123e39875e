// The state of a visit on the doctor's desk: the usual tag, and in addition since when the patient waits, or that they left the room.
import { clockOf } from '../format.ts';
import type { DeskRow } from './desk-view.ts';
import type { Frame } from '../model.ts';
import { Tag } from '../parts/tag.tsx';
import { wordsOf } from '../words.ts';

export function VisitTag({ frame, row }: { readonly frame: Frame; readonly row: DeskRow }) {
  const w = wordsOf(frame.lang).staff;
  const { status, waitsSince } = row;
  const text = status !== 'waiting' ? undefined : waitsSince === null ? w.wentOut : w.waitsSince(clockOf(waitsSince, frame.clinic.zone));
  return <Tag frame={frame} status={status} facts={row.facts} to="staff" text={text} />;
}
