// The doctor concludes a consultation: one guarded batch writes the outcome, ends every attendance and signals Temporal. Called by
// worker/routes/desk/visit.ts.
import type { Unproven } from '../../workflows/rules/admission.ts';
import { type Outcome, OUTCOMES } from '../../workflows/rules/status.ts';
import { askOne, type Database, isClash, one, raised, text, write } from './db.ts';
import { emptiesRoom } from './attendance.ts';
import { audited } from './audit.ts';
import { signals } from './outbox.ts';
import { asksBackWhole } from './refunds.ts';

export interface Concluding {
  readonly consultationId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly outcome: Outcome;
  /** The version of the schedule that the doctor's page showed. */
  readonly version: number;
}

export type Concluded =
  | { readonly kind: 'concluded'; readonly outcome: Outcome }
  /** Already concluded, perhaps by the same click; `outcome` is the recorded one. */
  | { readonly kind: 'already'; readonly outcome: Outcome }
  | { readonly kind: 'notFirm' }
  /** The consultation was moved after the page was drawn. */
  | { readonly kind: 'staleSchedule' }
  /** The outcome would keep the price, and attendance does not prove it. */
  | { readonly kind: Unproven }
  | { readonly kind: 'notTheDoctor' };

/**
 * Records the conclusion once. Triggers refuse another doctor, a consultation that is unpaid, cancelled or was moved, and an outcome that would keep
 * the price without attendance or somebody else's confirmation.
 */
export async function conclude(db: Database, c: Concluding, now: number): Promise<Concluded> {
  const { consultationId, personId, sessionId, outcome, version } = c;
  try {
    await write(db, [
      {
        sql: 'INSERT INTO conclusion (consultation_id, at, person_id, outcome, schedule_version) VALUES (?1, ?2, ?3, ?4, ?5)',
        args: [consultationId, now, personId, outcome, version],
      },
      emptiesRoom(consultationId, now),
      ...asksBackWhole(consultationId, 'failed', now, HAS_FAILED),
      signals(consultationId, 'concluded', `concluded:${consultationId}`, now),
      audited({ now, personId, sessionId, act: 'consultation.conclude', kind: 'consultation', id: consultationId, detail: outcome }),
    ]);
    return { kind: 'concluded', outcome };
  } catch (error) {
    if (isClash(error)) return { kind: 'already', outcome: await standingOutcome(db, consultationId) };
    const name = raised(error, [
      'notTheDoctor',
      'notFirm',
      'staleSchedule',
      'notNow',
      'haveMet',
      'haveNotMet',
      'patientWaited',
      'patientHere',
      'notThere',
    ]);
    if (name === null) throw error;
    return { kind: name };
  }
}

/** SQL: the consultation ?2 could not be held, so its price goes back without an application. */
export const HAS_FAILED = "EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = ?2 AND n.outcome = 'failed')";

async function standingOutcome(db: Database, consultationId: string): Promise<Outcome> {
  const outcome = await askOne(db, {
    sql: 'SELECT outcome FROM conclusion WHERE consultation_id = ?1',
    args: [consultationId],
    take: one(row => outcomeOf(text(row, 'outcome'))),
  });
  return outcome ?? 'failed';
}

export const outcomeOf = (word: string | null | undefined): Outcome | null => OUTCOMES.find(outcome => outcome === word) ?? null;
