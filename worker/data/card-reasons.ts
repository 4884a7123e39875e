// A doctor's written reason to read the card of somebody treated more than thirty days ago: it opens the card for twelve hours, and the patient
// reads it.
import { REASON_MS } from '../../workflows/rules/card-access.ts';
import { type Database, type Write, write } from './db.ts';
import type { Asker } from './asker.ts';
import { audited } from './audit.ts';
import { nameArgs, readerOf, VISITS } from './card-reader.ts';
import { newId } from './ids.ts';

/** `consultationId` is one of the asking doctor's own; false when it is nobody's or was never paid. */
export async function givesReason(
  db: Database,
  asker: Asker,
  consultationId: string,
  reason: string,
  hand: { personId: string; sessionId: string },
): Promise<boolean> {
  const id = newId();
  const row: Write = {
    sql: `INSERT INTO card_reason (id, patient_id, person_id, at, until, reason) ${readerOf('consultation')} SELECT ?4, w.patient_id, w.me, ?2, ?2 + ${REASON_MS}, ?5 FROM reader w
      WHERE EXISTS (SELECT 1 FROM ${VISITS})`,
    args: [...nameArgs(asker, { by: 'consultation', id: consultationId }), id, reason],
  };
  // The reason itself is the patient's to read; the journal of the clinic holds that there is one.
  const [written = 0] = await write(db, [row, audited({ now: asker.now, ...hand, act: 'card.reason', kind: 'cardReason', id })]);
  return written === 1;
}
