// Open work of a doctor on any day: visits without a conclusion, protocols without a signature; for the front desk, protocols unsigned for
// too long. Called by worker/routes/desk/desk.tsx.
import { UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { every, number, type Read, text } from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_DOCTOR, ME } from './asker.ts';
import { DOCTOR_COLUMNS, DOCTOR_JOINS, doctorOf } from './doctors.ts';
import type { Role } from '../../workflows/rules/person.ts';
import type { Overdue, Unended, Unsigned } from '../../workflows/rules/unsigned.ts';

const UNSIGNED = `n.outcome = 'tookPlace' AND NOT EXISTS (SELECT 1 FROM protocol p WHERE p.consultation_id = n.consultation_id)`;
const SHOWN = 50;

/** The asking doctor's visits more than 12 hours past their end without an outcome, oldest first. */
export const unendedRead = (asker: Asker): Read<Unended[]> => ({
  sql: `${AS_ASKER} SELECT c.id, c.starts_at, pt.given_name || ' ' || pt.family_name AS patient FROM consultation c
      JOIN hold h ON h.consultation_id = c.id JOIN person pt ON pt.id = c.patient_id
    WHERE ${IS_DOCTOR} AND c.ends_at + ${UPCOMING_TAIL_MS} <= ?2 AND h.firm_at IS NOT NULL AND h.released_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = c.id) ORDER BY c.starts_at LIMIT ${SHOWN}`,
  args: asArgs(asker),
  take: every(row => ({ consultationId: text(row, 'id'), patientName: text(row, 'patient'), startsAt: number(row, 'starts_at') })),
});

/** The asking doctor's unsigned protocols, oldest conclusion first. */
export const unsignedRead = (asker: Asker): Read<Unsigned[]> => ({
  sql: `${AS_ASKER} SELECT c.id, c.starts_at, n.at, pt.given_name || ' ' || pt.family_name AS patient FROM conclusion n
      JOIN consultation c ON c.id = n.consultation_id JOIN person pt ON pt.id = c.patient_id
    WHERE ${IS_DOCTOR} AND ${UNSIGNED} ORDER BY n.at LIMIT ${SHOWN}`,
  args: asArgs(asker),
  take: every(row => ({
    consultationId: text(row, 'id'),
    patientName: text(row, 'patient'),
    startsAt: number(row, 'starts_at'),
    concludedAt: number(row, 'at'),
  })),
});

/** Visits concluded up to the instant `before` (ms) whose protocol is unsigned, for people with one of `roles`; empty for anybody else. */
export const overdueRead = (asker: Asker, roles: readonly Role[], before: number): Read<Overdue[]> => ({
  sql: `${AS_ASKER} SELECT c.starts_at, n.at AS concluded_at, ${DOCTOR_COLUMNS} FROM conclusion n
      JOIN consultation c ON c.id = n.consultation_id JOIN doctor d ON d.id = c.doctor_id ${DOCTOR_JOINS}
    WHERE n.at <= ?3 AND ${UNSIGNED} AND EXISTS (SELECT 1 FROM role r WHERE r.person_id = ${ME} AND r.role IN (${roles.map((_, i) => `?${i + 4}`).join(', ')}))
    ORDER BY n.at LIMIT ${SHOWN}`,
  args: [...asArgs(asker), before, ...roles],
  take: every(row => ({ doctor: doctorOf(row), startsAt: number(row, 'starts_at'), concludedAt: number(row, 'concluded_at') })),
});
