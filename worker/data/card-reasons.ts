// A doctor's written reason to read the card of a patient treated more than 30 days ago. It opens the card for 12 hours, and the patient
// sees it. Called by worker/routes/patient/card.tsx.
import { REASON_MS } from '../../workflows/rules/card-access.ts';
import { type Database, type Write, write } from './db.ts';
import type { Asker } from './asker.ts';
import { auditedIfChanged } from './audit.ts';
import { nameArgs, readerOf, VISITS } from './card-reader.ts';
import { newId } from './ids.ts';

/** `consultationId` is one of the asking doctor's own; false when it is not, or when none of them was paid. */
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
  // The patient reads the reason itself; the clinic's journal only records that there is one.
  const [written = 0] = await write(db, [row, auditedIfChanged({ now: asker.now, ...hand, act: 'card.reason', kind: 'cardReason', id })]);
  return written === 1;
}
