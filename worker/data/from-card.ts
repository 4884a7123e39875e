// «Из карты»: what the doctor of a consultation sees of the patient's card beside the room and the protocol, with the look in the card's journal.
import type { Asker } from './asker.ts';
import { type CardName, journalled } from './card-reader.ts';
import { timelineRead } from './card-timeline.ts';

const SHOWN = 8;
const EVERYTHING = { kind: null, doctorId: null, from: 0, to: Number.MAX_SAFE_INTEGER, before: null };

/** The latest entries of the card, for the doctor while treating; empty for anybody else. */
export const fromCardRead = (asker: Asker, consultationId: string) =>
  timelineRead(asker, { by: 'consultation', id: consultationId }, EVERYTHING, SHOWN);

/** The look at them, for a page that is opened and not for each save of a text. Part of the page's one batch. */
export const fromCardLook = (asker: Asker, consultationId: string) => {
  const name: CardName = { by: 'consultation', id: consultationId };
  return { cardLook: journalled(asker, name, { act: 'card', subjectId: null, folds: true }) };
};
