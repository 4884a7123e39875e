// «Из карты»: what the doctor of a consultation sees of the patient's card beside the room and the protocol, with the look in the card's journal.
import type { Asker } from './asker.ts';
import { type CardName, journalled } from './card-reader.ts';
import { timelineRead } from './card-timeline.ts';

const SHOWN = 8;
const EVERYTHING = { kind: null, doctorId: null, from: 0, to: Number.MAX_SAFE_INTEGER, before: null };

/** The latest entries of the card, for the doctor while treating; empty for anybody else. Part of the page's one batch. */
export function fromCardReads(asker: Asker, consultationId: string) {
  const name: CardName = { by: 'consultation', id: consultationId };
  return {
    fromCard: timelineRead(asker, name, EVERYTHING, SHOWN),
    cardLook: journalled(asker, name, { act: 'card', subjectId: null, folds: true }),
  };
}
