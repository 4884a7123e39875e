// «Из карты»: the part of the patient's card that a doctor sees beside the room and the protocol, and the journal row for it. Called by
// worker/protocol/ and worker/routes/room/meeting.tsx.
import type { Asker } from './asker.ts';
import { type CardName, journalled } from './card-reader.ts';
import { timelineRead } from './card-timeline.ts';

const SHOWN = 8;
const EVERYTHING = { kind: null, doctorId: null, from: 0, to: Number.MAX_SAFE_INTEGER, before: null };

/** The latest 8 entries of the card, while the doctor has access; empty for anybody else. */
export const fromCardRead = (asker: Asker, consultationId: string) =>
  timelineRead(asker, { by: 'consultation', id: consultationId }, EVERYTHING, SHOWN);

/** The journal row for that view, added to the batch of a page that is opened, not to each save of a text. */
export const fromCardLook = (asker: Asker, consultationId: string) => {
  const name: CardName = { by: 'consultation', id: consultationId };
  return { cardLook: journalled(asker, name, { act: 'card', subjectId: null, folds: true }) };
};
