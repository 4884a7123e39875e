// The doctor concludes a consultation: one guarded batch writes the outcome, ends every attendance and signals Temporal. Called by
// worker/routes/desk/visit.ts.
import type { NotAbsent } from '../../workflows/rules/admission.ts';
import { type Outcome, OUTCOMES } from '../../workflows/rules/status.ts';
import { askOne, type Database, isClash, one, raised, text, write } from './db.ts';
import { emptiesRoom } from './attendance.ts';
import { audited } from './audit.ts';
import { signals } from './outbox.ts';

export interface Concluding {
  readonly consultationId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly outcome: Outcome;
}

export type Concluded =
  | { readonly kind: 'concluded'; readonly outcome: Outcome }
  /** Already concluded, perhaps by the same click; `outcome` is the recorded one. */
  | { readonly kind: 'already'; readonly outcome: Outcome }
  | { readonly kind: 'notFirm' }
  /** `absent` is refused: too early, or the two were in the call together, or the patient waited for the doctor. */
  | { readonly kind: 'notNow' | NotAbsent }
  | { readonly kind: 'notTheDoctor' };

/**
 * Records the conclusion once. Triggers refuse another doctor, a consultation that is unpaid or cancelled, and `absent` for a patient who
 * met the doctor or waited.
 */
export async function conclude(db: Database, c: Concluding, now: number): Promise<Concluded> {
  const { consultationId, personId, sessionId, outcome } = c;
  try {
    await write(db, [
      {
        sql: 'INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?1, ?2, ?3, ?4)',
        args: [consultationId, now, personId, outcome],
      },
      emptiesRoom(consultationId, now),
      signals(consultationId, 'concluded', `concluded:${consultationId}`, now),
      audited({ now, personId, sessionId, act: 'consultation.conclude', kind: 'consultation', id: consultationId, detail: outcome }),
    ]);
    return { kind: 'concluded', outcome };
  } catch (error) {
    if (isClash(error)) return { kind: 'already', outcome: await standingOutcome(db, consultationId) };
    const name = raised(error, ['notTheDoctor', 'notFirm', 'notNow', 'haveMet', 'patientWaited']);
    if (name === null) throw error;
    return { kind: name };
  }
}

async function standingOutcome(db: Database, consultationId: string): Promise<Outcome> {
  const outcome = await askOne(db, {
    sql: 'SELECT outcome FROM conclusion WHERE consultation_id = ?1',
    args: [consultationId],
    take: one(row => outcomeOf(text(row, 'outcome'))),
  });
  return outcome ?? 'failed';
}

export const outcomeOf = (word: string | null | undefined): Outcome | null => OUTCOMES.find(outcome => outcome === word) ?? null;
