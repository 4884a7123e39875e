// «Проверка связи»: the results of each side's device check before the visit. worker/routes/room/room.ts writes them; the check page, the
// doctor's room and the passport read them.
import { every, number, one, type Read, type Row, text, type Write } from './db.ts';
import type { Which } from './which.ts';
import { AS_ASKER, type Asker, asArgs, IS_DOCTOR, ME } from './asker.ts';
import { newId } from './ids.ts';
import { TOUCHES } from './consultations.ts';
import type { CheckFound, LastCheck } from '../../workflows/rules/readiness.ts';

export interface DeviceCheck {
  readonly camera: boolean;
  readonly microphone: boolean;
  readonly speaker: boolean;
  /** What the network can carry, as the check estimates. */
  readonly network: 'video' | 'audio' | 'chat';
  /** JSON, at most 2 KB: browser, kinds of devices, figures. */
  readonly details: string;
}

export const keepsCheck = (consultationId: string, personId: string, check: DeviceCheck, now: number): Write => ({
  sql: `INSERT INTO device_check (id, consultation_id, person_id, at, camera, microphone, speaker, network, details)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
  args: [
    newId(),
    consultationId,
    personId,
    now,
    check.camera ? 1 : 0,
    check.microphone ? 1 : 0,
    check.speaker ? 1 : 0,
    check.network,
    check.details,
  ],
});

// The column has no value for «not measured»; `details` says it. Old rows store it as a speed of 0.
const UNMEASURED = "coalesce(json_extract(k.details, '$.measured') = 0, json_extract(k.details, '$.kbps') = 0, 0)";

const CHECK = `SELECT k.*, ${UNMEASURED} AS unmeasured,
    CASE WHEN k.person_id = c.patient_id THEN 'patient' ELSE 'doctor' END AS side
  FROM device_check k JOIN consultation c ON c.id = k.consultation_id`;

/** The newest 40 checks of both sides, latest first. */
export const checksRead = (which: Which): Read<CheckFound[]> => ({
  sql: `${which.with} ${CHECK} WHERE c.id = ${which.id} ORDER BY k.at DESC, k.id DESC LIMIT 40`,
  args: which.args,
  take: every(foundOf),
});

/** The patient's last check, for the doctor of the consultation; null for anybody else, and when there was none. */
export const patientsCheckRead = (asker: Asker, id: string): Read<CheckFound | null> => ({
  sql: `${AS_ASKER} ${CHECK} WHERE c.id = ?3 AND k.person_id = c.patient_id AND ${IS_DOCTOR} ORDER BY k.at DESC, k.id DESC LIMIT 1`,
  args: [...asArgs(asker), id],
  take: one(foundOf),
});

/** The last check of each patient by consultation id, for the asking doctor's consultations that overlap a span. */
export const deskChecksRead = (asker: Asker, from: number, to: number): Read<ReadonlyMap<string, CheckFound>> => ({
  sql: `${AS_ASKER} ${CHECK} WHERE ${IS_DOCTOR} AND ${TOUCHES} AND k.id = (
      SELECT x.id FROM device_check x WHERE x.consultation_id = c.id AND x.person_id = c.patient_id ORDER BY x.at DESC, x.id DESC LIMIT 1)`,
  args: [...asArgs(asker), from, to],
  take: rows => new Map(rows.map(row => [text(row, 'consultation_id'), foundOf(row)])),
});

/** The asker's last check for this consultation, or for any when the id is empty. Null when there was none. */
export const lastCheckRead = (asker: Asker, consultationId: string): Read<LastCheck | null> => ({
  // A doctor has thousands of checks: those of one visit are found by the visit.
  sql: `${AS_ASKER} SELECT at, camera, microphone, network, ${UNMEASURED} AS unmeasured FROM device_check k
    WHERE person_id = ${ME} ${consultationId === '' ? '' : 'AND consultation_id = ?3'} ORDER BY at DESC, id DESC LIMIT 1`,
  args: consultationId === '' ? asArgs(asker) : [...asArgs(asker), consultationId],
  take: one(checkOf),
});

const NETWORKS = ['video', 'audio', 'chat'] as const;

/** Null when it could not be measured. */
const networkOf = (row: Row) => (number(row, 'unmeasured') === 1 ? null : (NETWORKS.find(network => network === row.network) ?? null));

function foundOf(row: Row): CheckFound {
  return {
    side: text(row, 'side') === 'doctor' ? 'doctor' : 'patient',
    at: number(row, 'at'),
    camera: number(row, 'camera') === 1,
    microphone: number(row, 'microphone') === 1,
    speaker: number(row, 'speaker') === 1,
    network: networkOf(row) ?? 'unknown',
  };
}

const checkOf = (row: Row): LastCheck => ({
  at: number(row, 'at'),
  camera: number(row, 'camera') === 1,
  microphone: number(row, 'microphone') === 1,
  network: networkOf(row),
});
