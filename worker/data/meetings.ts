// A consultation as its patient or its doctor sees it before the visit and in the room; nobody else can read it. Called by
// worker/rooms/entrance.ts and the room routes.
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import type { Lateness } from '../../workflows/rules/delay.ts';
import { LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import { UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { number, one, type Read, type Row, text, textOrNull } from './db.ts';
import { AS_ASKER, type Asker, asArgs, ME, MEETS } from './asker.ts';
import { consultationOf, MET_AT, type Part, PATIENT, patientOf, PRESENT, selectsConsultations } from './consultations.ts';
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
  /** The patient was in the call after the start, or waited in the room while the doctor was not in the call. */
  readonly patientCame: boolean;
  /** The doctor was in the room for DOCTOR_STAY_MS after the start. */
  readonly doctorStayed: boolean;
  /** The doctor's last announcement of lateness. */
  readonly late: Lateness | null;
}

const WHO_LOOKS: Part = { columns: `${ME} AS me` };
/** SQL: how long these stays have lasted until now. */
const lasted = (stays: string): string =>
  `(SELECT coalesce(sum(max(0, min(s.until, ?2) - s.since)), 0) FROM ${stays} AND s.consultation_id = c.id)`;

// The trigger conclusion_needs_visit asks the same.
const PATIENT_CAME: Part = {
  columns: `EXISTS (SELECT 1 FROM patient_came w WHERE w.consultation_id = c.id AND w.at <= ?2)
    OR ${lasted("stay s WHERE s.role = 'patient'")} - ${lasted('received s WHERE TRUE')} >= (SELECT wait_ms FROM limits) AS patient_came`,
};
const DOCTOR_STAYED: Part = {
  columns: `${lasted("stay s WHERE s.role = 'doctor'")} >= (SELECT stay_ms FROM limits) AS doctor_stayed`,
};

/** The consultation for its patient or doctor; null for anybody else. */
export const meetingRead = (asker: Asker, id: string): Read<Meeting | null> => ({
  sql: `${AS_ASKER} ${selectsConsultations(`c.id = ?3 AND ${MEETS}`, PATIENT, WHO_LOOKS, PRESENT, PATIENT_CAME, DOCTOR_STAYED)}`,
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
  doctorStayed: number(row, 'doctor_stayed') === 1,
  late: consultation.trace.late,
});

const presentIn = (row: Row): Side[] => SIDES.filter(side => textOrNull(row, 'present')?.split(',').includes(side));

/** The visit of the asker whose button works now, for the strip above every page. */
export interface DoorOpen {
  readonly consultationId: string;
  readonly doctorId: string;
  readonly startsAt: number;
  /** The doctor is in the room. */
  readonly doctorWaits: boolean;
  /** The patient has been in the call. */
  readonly begun: boolean;
}

/** SQL of the common table `door`, after AS_ASKER: one row, of the latest visit when there are several; no row when there is none. */
export const OPEN_DOOR = `door AS MATERIALIZED (
  SELECT c.id AS door_id, c.starts_at AS door_at, c.doctor_id AS door_doctor, ${MET_AT} IS NOT NULL AS door_begun,
    EXISTS (SELECT 1 FROM attendance w WHERE w.consultation_id = c.id AND w.schedule_version = c.schedule_version AND w.role = 'doctor'
      AND w.left_at IS NULL) AS door_waits
  FROM hold h JOIN consultation c ON c.id = h.consultation_id
  WHERE h.patient_id = ${ME} AND h.released_at IS NULL AND h.firm_at IS NOT NULL AND h.concluded_at IS NULL
    AND h.start_at > ?2 - ${UPCOMING_TAIL_MS + LONGEST_VISIT_MS} AND h.end_at > ?2 - ${UPCOMING_TAIL_MS}
    AND h.start_at <= ?2 + (SELECT k.join_minutes FROM clinic k WHERE k.id = 1) * 60000
  ORDER BY h.start_at DESC LIMIT 1)`;

/** Reads the columns of `door`, which a LEFT JOIN leaves empty. */
export function doorIn(row: Row): DoorOpen | null {
  const consultationId = textOrNull(row, 'door_id');
  if (consultationId === null) return null;
  return {
    consultationId,
    doctorId: text(row, 'door_doctor'),
    startsAt: number(row, 'door_at'),
    doctorWaits: number(row, 'door_waits') === 1,
    begun: number(row, 'door_begun') === 1,
  };
}
