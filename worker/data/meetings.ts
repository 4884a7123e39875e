// A consultation as its patient or its doctor sees it before the visit and in the room; nobody else can read it. Called by
// worker/rooms/entrance.ts and the room routes.
import { type Side, SIDES, type OpenDoor } from '../../workflows/rules/admission.ts';
import type { Lateness } from '../../workflows/rules/delay.ts';
import { UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { number, one, type Read, type Row, text, textOrNull } from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_PATIENT, ME, MEETS } from './asker.ts';
import { consultationOf, type Part, PATIENT, patientOf, PRESENT, selectsConsultations } from './consultations.ts';
import type { PatientName } from '../../workflows/rules/person.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

/** A consultation as one of its two participants sees it. */
export interface Meeting {
  readonly consultation: Consultation;
  readonly role: Side;
  readonly personId: string;
  readonly patient: PatientName;
  /** Who is in the room now. */
  readonly present: readonly Side[];
  /** The patient was in the call after the start, or in the room while the doctor did not come for ten minutes. */
  readonly patientCame: boolean;
  /** The doctor's last announcement of lateness. */
  readonly late: Lateness | null;
}

const WHO_LOOKS: Part = { columns: `${ME} AS me` };
const PATIENT_CAME: Part = {
  columns: 'EXISTS (SELECT 1 FROM patient_came w WHERE w.consultation_id = c.id AND w.at <= ?2) AS patient_came',
};

/** The consultation for its patient or doctor; null for anybody else. */
export const meetingRead = (asker: Asker, id: string): Read<Meeting | null> => ({
  sql: `${AS_ASKER} ${selectsConsultations(`c.id = ?3 AND ${MEETS}`, PATIENT, WHO_LOOKS, PRESENT, PATIENT_CAME)}`,
  args: [...asArgs(asker), id],
  take: one(row => meetingOf(row, consultationOf(row))),
});

const meetingOf = (row: Row, consultation: Consultation): Meeting => ({
  consultation,
  role: text(row, 'me') === text(row, 'patient_id') ? 'patient' : 'doctor',
  personId: text(row, 'me'),
  patient: patientOf(row),
  present: presentIn(row),
  patientCame: number(row, 'patient_came') === 1,
  late: consultation.trace.late,
});

const presentIn = (row: Row): Side[] => SIDES.filter(side => textOrNull(row, 'present')?.split(',').includes(side));

const DOOR_IS_OPEN = `${IS_PATIENT} AND h.firm_at IS NOT NULL AND h.released_at IS NULL AND n.at IS NULL
  AND c.starts_at - (SELECT k.join_minutes FROM clinic k WHERE k.id = 1) * 60000 <= ?2 AND c.ends_at + ${UPCOMING_TAIL_MS} > ?2`;

/** The asker's own consultation that can be entered now, for the strip above every page; the latest of several, null when there is none. */
export const openDoorRead = (asker: Asker): Read<OpenDoor | null> => ({
  sql: `${AS_ASKER} ${selectsConsultations(DOOR_IS_OPEN, PRESENT)} ORDER BY c.starts_at DESC LIMIT 1`,
  args: asArgs(asker),
  take: one(row => {
    const { id, doctor, facts } = consultationOf(row);
    const doctorWaits = presentIn(row).includes('doctor');
    return { consultationId: id, doctor, startsAt: facts.startsAt, doctorWaits, begun: facts.startedAt !== null };
  }),
});
