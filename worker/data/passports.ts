// Reads a call's passport in one batch, for the patient, the doctor and the permitted roles. Each statement checks the asker itself, and
// the same batch logs a staff member's view. Called by worker/routes/room/passport.tsx.
import { attendanceRead } from './attendance.ts';
import { alongside, one, type Read, text } from './db.ts';
import { AS_ASKER, type Asker, asArgs, ME, MEETS } from './asker.ts';
import type { Which } from './which.ts';
import { callDevicesRead } from './call-devices.ts';
import { callMinutesRead, faultsRead } from './call-passport.ts';
import { checksRead } from './device-checks.ts';
import { newId } from './ids.ts';
import { latenessesRead } from './lateness.ts';
import { consultationOf, type Part, PATIENT, patientOf, selectsConsultations } from './consultations.ts';
import type { Role, PatientName } from '../../workflows/rules/person.ts';
import type { PassportReader } from '../../workflows/rules/passport.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

export interface PassportOwner {
  readonly consultation: Consultation;
  readonly patient: PatientName;
  readonly reader: PassportReader;
}

/** SQL: the consultation whose passport the asker may see, no row for anybody else. ?3 is its id, ?4 the roles as a JSON list. */
const SEEN = `${AS_ASKER}, seen AS MATERIALIZED (
  SELECT c.id FROM consultation c WHERE c.id = ?3 AND (${MEETS}
    OR EXISTS (SELECT 1 FROM role r WHERE r.person_id = ${ME} AND r.role IN (SELECT value FROM json_each(?4)))))`;

/** The reads of a passport page. `roles` may read it without being a participant. */
export function passportReads(asker: Asker, id: string, roles: readonly Role[]) {
  const seen: Which = { with: SEEN, id: '(SELECT id FROM seen)', args: [...asArgs(asker), id, JSON.stringify(roles)] };
  return {
    owner: ownerRead(seen),
    attendances: attendanceRead(seen),
    lates: latenessesRead(seen),
    faults: faultsRead(seen),
    minutes: callMinutesRead(seen),
    checks: checksRead(seen),
    devices: callDevicesRead(seen),
    journal: journalled(seen),
  };
}

const WHO_LOOKS: Part = { columns: `${ME} AS me, d.person_id AS doctor_person_id` };

const ownerRead = (seen: Which): Read<PassportOwner | null> => ({
  sql: `${seen.with} ${selectsConsultations(`c.id = ${seen.id}`, PATIENT, WHO_LOOKS)}`,
  args: seen.args,
  take: one(row => ({ consultation: consultationOf(row), patient: patientOf(row), reader: readerOf(text(row, 'me'), row) })),
});

const readerOf = (me: string, row: Parameters<typeof text>[0]): PassportReader =>
  me === text(row, 'patient_id') ? 'patient' : me === text(row, 'doctor_person_id') ? 'doctor' : 'staff';

/**
 * The journal row, only for staff: the two participants are not logged. It is in the same batch, so nothing is read without being logged.
 */
const journalled = (seen: Which): Read<null> =>
  alongside({
    sql: `INSERT INTO audit (id, at, person_id, session_id, act, subject_kind, subject_id)
    ${seen.with} SELECT ?5, ?2, e.me, e.session_id, 'passport.read', 'consultation', c.id
    FROM asking e, consultation c JOIN doctor d ON d.id = c.doctor_id
    WHERE c.id = ${seen.id} AND e.me NOT IN (c.patient_id, d.person_id)`,
    args: [...seen.args, newId()],
  });
