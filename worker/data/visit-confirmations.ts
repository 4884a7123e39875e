// The word of somebody else than the doctor that a visit took place without a meeting in the call, for example by telephone: of the patient, or of the
// front desk with its reason. The outcome «took place» needs it then. A trigger refuses the doctor's own.
import type { Role } from '../../workflows/rules/person.ts';
import type { Unmet } from '../../workflows/rules/visit-confirmation.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { type Database, every, isClash, number, one, raised, type Read, text, write } from './db.ts';
import { consultationOf, PATIENT, patientOf, selectsConsultations } from './consultations.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';
import { fullNameOf } from '../../workflows/rules/person.ts';
import { audited } from './audit.ts';
import { newId } from './ids.ts';

export interface Confirming {
  readonly consultationId: string;
  /** The version of the schedule that the page showed. */
  readonly version: number;
  readonly personId: string;
  readonly sessionId: string;
  readonly by: 'patient' | 'frontDesk';
  /** 10 to 500 characters from the front desk; null from the patient. */
  readonly reason: string | null;
}

export type Confirmed = 'confirmed' | 'already' | 'notNow' | 'notTheirs';

/** Keeps the word once a schedule, with a line of the journal. */
export async function confirmVisit(db: Database, c: Confirming, now: number): Promise<Confirmed> {
  const { consultationId, version, personId, sessionId, by, reason } = c;
  const id = newId();
  try {
    await write(db, [
      {
        sql: `INSERT INTO visit_confirmation (id, consultation_id, schedule_version, at, person_id, by, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
        args: [id, consultationId, version, now, personId, by, reason],
      },
      audited({ now, personId, sessionId, act: 'consultation.confirm', kind: 'consultation', id: consultationId, detail: by }),
    ]);
    return 'confirmed';
  } catch (error) {
    if (isClash(error)) return 'already';
    const name = raised(error, ['notNow', 'notTheirs']);
    if (name === null) throw error;
    return name;
  }
}

const HAS_ROLE = `EXISTS (SELECT 1 FROM role r WHERE r.person_id = ${ME} AND r.role IN (SELECT value FROM json_each(?3)))`;

/** A month: what is older is settled by other means. */
const SHOWN_MS = 30 * 86_400_000;
const SHOWN = 50;

/** Visits past their start without a meeting and without an outcome, the latest first, for those who have one of these roles. */
export const unmetRead = (asker: Asker, roles: readonly Role[]): Read<Unmet[]> => ({
  sql: `${AS_ASKER} SELECT c.id, c.starts_at, pt.given_name || ' ' || pt.family_name AS patient FROM hold h
      JOIN consultation c ON c.id = h.consultation_id JOIN person pt ON pt.id = c.patient_id
    WHERE h.start_at <= ?2 AND h.start_at > ?2 - ${SHOWN_MS} AND h.firm_at IS NOT NULL AND h.released_at IS NULL AND h.concluded_at IS NULL AND ${HAS_ROLE}
      AND NOT EXISTS (SELECT 1 FROM met m WHERE m.consultation_id = c.id AND m.schedule_version = c.schedule_version)
      AND NOT EXISTS (SELECT 1 FROM visit_confirmation v WHERE v.consultation_id = c.id AND v.schedule_version = c.schedule_version)
    ORDER BY c.starts_at DESC LIMIT ${SHOWN}`,
  args: [...asArgs(asker), JSON.stringify(roles)],
  take: every(row => ({ consultationId: text(row, 'id'), patientName: text(row, 'patient'), startsAt: number(row, 'starts_at') })),
});

export interface UnmetVisit {
  readonly consultation: Consultation;
  readonly patientName: string;
}

/** One consultation for those who have one of these roles; null for anybody else. */
export const staffVisitRead = (asker: Asker, roles: readonly Role[], id: string): Read<UnmetVisit | null> => ({
  sql: `${AS_ASKER} ${selectsConsultations(`c.id = ?4 AND ${HAS_ROLE}`, PATIENT)}`,
  args: [...asArgs(asker), JSON.stringify(roles), id],
  take: one(row => ({ consultation: consultationOf(row), patientName: fullNameOf(patientOf(row)) })),
});
