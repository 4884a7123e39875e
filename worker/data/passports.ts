// Reading a call's passport: everything about one consultation's call in one batch, for its patient, its doctor and the roles that may. Who asks
// is resolved inside each statement, and a staff member's look goes into the journal by the same batch.
import { attendanceRead } from './attendance.ts';
import { every, one, type Read, text } from './db.ts';
import { type Asker, asArgs, ME } from './asker.ts';
import { callDevicesRead } from './call-devices.ts';
import { callMinutesRead, faultsRead } from './call-passport.ts';
import { checksRead } from './device-checks.ts';
import { newId } from './ids.ts';
import { latenessesRead } from './lateness.ts';
import { patientOf, consultationOf, WITH_PATIENT } from './consultations.ts';
import type { Role, PatientName } from '../../workflows/rules/person.ts';
import type { PassportReader } from '../../workflows/rules/passport.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

export interface PassportOwner {
  readonly consultation: Consultation;
  readonly patient: PatientName;
  readonly reader: PassportReader;
}

// The consultation's id, when the asker may see its passport; else nothing, and no row is found by it.
const SEEN = `(SELECT s.id FROM consultation s JOIN doctor sd ON sd.id = s.doctor_id WHERE s.id = ?3 AND (${ME} IN (s.patient_id, sd.person_id)
  OR EXISTS (SELECT 1 FROM role r WHERE r.person_id = ${ME} AND r.role IN (SELECT value FROM json_each(?4)))))`;

/** What the page of a passport asks. `roles`: whose holders may read it without having met in it. */
export function passportReads(asker: Asker, id: string, roles: readonly Role[]) {
  const args = [...asArgs(asker), id, JSON.stringify(roles)];
  /** A read of the system, whose only argument is the consultation, for this asker. */
  const seen = <T>(read: Read<T>): Read<T> => ({ ...read, sql: read.sql.replace('?1', SEEN), args });
  return {
    owner: { ...OWNER, args },
    attendances: seen(attendanceRead(id)),
    lates: seen(latenessesRead(id)),
    faults: seen(faultsRead(id)),
    minutes: seen(callMinutesRead(id)),
    checks: seen(checksRead(id)),
    devices: seen(callDevicesRead(id)),
    journal: journalled(args),
  };
}

const OWNER = {
  sql: `${WITH_PATIENT.replace(' c.id,', ` ${ME} AS me, d.person_id AS doctor_person_id, c.id,`)} WHERE c.id = ${SEEN}`,
  take: one(row => ({ consultation: consultationOf(row), patient: patientOf(row), reader: readerOf(text(row, 'me'), row) })),
} satisfies Omit<Read<PassportOwner | null>, 'args'>;

const readerOf = (me: string, row: Parameters<typeof text>[0]): PassportReader =>
  me === text(row, 'patient_id') ? 'patient' : me === text(row, 'doctor_person_id') ? 'doctor' : 'staff';

/** Not a read but its trace: the two who met leave none. In the same batch, so that nobody reads what the journal did not take. */
const journalled = (args: readonly (string | number)[]): Read<unknown> => ({
  sql: `INSERT INTO audit (id, at, person_id, session_id, act, subject_kind, subject_id)
    SELECT ?5, ?2, e.person_id, e.id, 'passport.read', 'consultation', c.id
    FROM session e, consultation c JOIN doctor d ON d.id = c.doctor_id
    WHERE e.token_hash = ?1 AND c.id = ${SEEN} AND e.person_id NOT IN (c.patient_id, d.person_id)`,
  args: [...args, newId()],
  take: every(() => null),
});
