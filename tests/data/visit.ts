// A paid visit of tomorrow in a fresh clinic, with functions that write who comes and how its doctor ends it. Used by the tests of this
// folder.
import { ask } from '../../worker/data/db.ts';
import { type Entering, enterRoom } from '../../worker/data/attendance.ts';
import type { Concluding } from '../../worker/data/conclusions.ts';
import { consultationRead } from '../../worker/data/consultations.ts';
import { recordMoney } from '../../worker/data/payments.ts';
import type { Outcome } from '../../workflows/rules/status.ts';
import { MAKETOVA, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting } from '../routes/meeting.ts';
import { d1, db, freshClinic } from './d1.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

/** The session of the first patient. */
export const SESSION = '01930000-0000-7000-8000-000000020001';

export async function freshVisit(): Promise<Meeting> {
  await freshClinic();
  return await meeting(TOMORROW_14_30);
}

export const patientOf = ({ id, anna }: Meeting): Entering => ({ consultationId: id, personId: anna.id, role: 'patient' });
export const doctorOf = ({ id }: Meeting): Entering => ({ consultationId: id, personId: MAKETOVA.id, role: 'doctor' });

/** Returns the attendance's id; empty when the visit is over. */
export async function enters(who: Entering, at: number): Promise<string> {
  const entered = await enterRoom(db, who, at);
  return 'attendanceId' in entered ? entered.attendanceId : '';
}

export async function consultationOf(consultationId: string): Promise<Consultation> {
  const { consultation } = await ask(db, { consultation: consultationRead(consultationId) });
  if (!consultation) throw new Error('no consultation');
  return consultation;
}

export const concluding = ({ id }: Meeting, outcome: Outcome, personId: string = MAKETOVA.id): Concluding => ({
  consultationId: id,
  personId,
  sessionId: SESSION,
  outcome,
  version: 1,
});

/** The price of a visit with MAKETOVA, kopecks. */
export const PRICE = 230_000;

/** Writes an attempt to pay for a consultation; its id at the provider is «at-<id>». `succeededAt` is null while nobody has paid. */
export async function pays(id: string, consultationId: string, at: number, succeededAt: number | null): Promise<void> {
  await d1
    .prepare(
      `INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id, succeeded_at)
        SELECT ?1, ?2, count(*) + 1, ?3, 'RUB', ?4, 'yookassa', 'at-' || ?1, ?5 FROM payment WHERE consultation_id = ?2`,
    )
    .bind(id, consultationId, PRICE, at, succeededAt)
    .run();
}

/** Records the provider's word that this attempt was paid. */
export const succeeds = (id: string, consultationId: string, now: number): Promise<void> => {
  const attempt = { id, consultationId, amountMinor: PRICE, createdAt: now, provider: 'yookassa', providerId: `at-${id}` };
  return recordMoney(db, { attempt: { ...attempt, confirmationUrl: null, succeededAt: null, cancelledAt: null }, method: null }, now);
};
