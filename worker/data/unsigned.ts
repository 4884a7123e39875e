// Open work of a doctor on any day: visits without a conclusion, protocols without a signature; for the front desk, protocols unsigned for
// too long. Called by worker/routes/desk/desk.tsx.
import { UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { every, number, type Read, text } from './db.ts';
import { AS_ASKER, type Asker, asArgs, ME, MY_DOCTOR } from './asker.ts';
import { DOCTOR_COLUMNS, DOCTOR_JOINS, doctorOf } from './doctors.ts';
import type { Role } from '../../workflows/rules/person.ts';
import type { Overdue, Unended, Unsigned } from '../../workflows/rules/unsigned.ts';

const SHOWN = 50;

/** The asking doctor's visits more than 12 hours past their end without an outcome, oldest first. */
export const unendedRead = (asker: Asker): Read<Unended[]> => ({
  sql: `${AS_ASKER} SELECT h.consultation_id AS id, h.start_at AS starts_at, pt.given_name || ' ' || pt.family_name AS patient
    FROM hold h JOIN person pt ON pt.id = h.patient_id
    WHERE h.doctor_id = ${MY_DOCTOR} AND h.released_at IS NULL AND h.firm_at IS NOT NULL AND h.concluded_at IS NULL
      AND h.start_at < ?2 - ${UPCOMING_TAIL_MS} AND h.end_at <= ?2 - ${UPCOMING_TAIL_MS} ORDER BY h.start_at LIMIT ${SHOWN}`,
  args: asArgs(asker),
  take: every(row => ({ consultationId: text(row, 'id'), patientName: text(row, 'patient'), startsAt: number(row, 'starts_at') })),
});

/** The asking doctor's unsigned protocols, oldest conclusion first. */
export const unsignedRead = (asker: Asker): Read<Unsigned[]> => ({
  sql: `${AS_ASKER} SELECT c.id, c.starts_at, u.concluded_at, pt.given_name || ' ' || pt.family_name AS patient FROM unsigned u
      JOIN consultation c ON c.id = u.consultation_id JOIN person pt ON pt.id = c.patient_id
    WHERE u.doctor_id = ${MY_DOCTOR} ORDER BY u.concluded_at LIMIT ${SHOWN}`,
  args: asArgs(asker),
  take: every(row => ({
    consultationId: text(row, 'id'),
    patientName: text(row, 'patient'),
    startsAt: number(row, 'starts_at'),
    concludedAt: number(row, 'concluded_at'),
  })),
});

/** Visits concluded up to the instant `before` (ms) whose protocol is unsigned, for people with one of `roles`; empty for anybody else. */
export const overdueRead = (asker: Asker, roles: readonly Role[], before: number): Read<Overdue[]> => ({
  sql: `${AS_ASKER} SELECT c.starts_at, u.concluded_at, ${DOCTOR_COLUMNS} FROM unsigned u
      JOIN consultation c ON c.id = u.consultation_id JOIN doctor d ON d.id = u.doctor_id ${DOCTOR_JOINS}
    WHERE u.concluded_at <= ?3 AND EXISTS (SELECT 1 FROM role r WHERE r.person_id = ${ME} AND r.role IN (${roles.map((_, i) => `?${i + 4}`).join(', ')}))
    ORDER BY u.concluded_at LIMIT ${SHOWN}`,
  args: [...asArgs(asker), before, ...roles],
  take: every(row => ({ doctor: doctorOf(row), startsAt: number(row, 'starts_at'), concludedAt: number(row, 'concluded_at') })),
});
