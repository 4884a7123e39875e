// Doctors, their services and schedules, from which the booking pages are drawn. Public data, without an asker.
import { type Interval, LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import type { ScheduleException, ScheduleRule } from '../../workflows/rules/slot.ts';
import { GRACE_MS } from '../../workflows/rules/status.ts';
import { clinicRead } from './clinic.ts';
import { both, every, number, numberOrNull, type Read, type Row, text, textOrNull } from './db.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Doctor, Specialty } from '../../workflows/rules/doctor.ts';

export const DOCTOR_COLUMNS = `d.id AS doctor_id, d.family_name_ru, d.family_name_en, d.given_name_ru, d.given_name_en, d.experience_ru, d.experience_en,
  d.patients_ru, d.patients_en, d.languages_ru, d.languages_en, d.registry_id, d.on_duty, sp.id AS specialty_id, sp.name_ru AS specialty_ru, sp.name_en AS specialty_en,
  sv.duration_minutes, sv.price_minor AS service_price_minor`;
export const DOCTOR_JOINS = 'JOIN specialty sp ON sp.id = d.specialty_id JOIN service sv ON sv.doctor_id = d.id';

/** Data that changes rarely and is the same for everybody: the clinic's settings, doctors, and when they work. */
export interface Directory {
  readonly clinic: ClinicSettings;
  readonly specialties: readonly Specialty[];
  readonly doctors: readonly Doctor[];
  readonly rules: ByDoctor<ScheduleRule>;
  readonly exceptions: ByDoctor<ScheduleException>;
}

export const directoryReads = (now: number) => ({
  clinic: clinicRead(),
  specialties: specialtiesRead(),
  doctors: doctorsRead(),
  rules: rulesRead(),
  // One day earlier, because the clinic's date may be behind UTC.
  exceptions: exceptionsRead(new Date(now - 86_400_000).toISOString().slice(0, 10)),
});

const specialtiesRead = (): Read<Specialty[]> => ({
  sql: 'SELECT id, name_ru, name_en FROM specialty ORDER BY name_ru',
  args: [],
  take: every(row => ({ id: text(row, 'id'), name: both(row, 'name') })),
});

const doctorsRead = (): Read<Doctor[]> => ({
  sql: `SELECT ${DOCTOR_COLUMNS} FROM doctor d ${DOCTOR_JOINS} ORDER BY d.family_name_ru`,
  args: [],
  take: every(doctorOf),
});

type ByDoctor<T> = ReadonlyMap<string, readonly T[]>;

const rulesRead = (): Read<ByDoctor<ScheduleRule>> => ({
  sql: 'SELECT * FROM schedule_rule',
  args: [],
  take: byDoctor(row => ({
    weekday: number(row, 'weekday'),
    fromMinute: number(row, 'from_minute'),
    toMinute: number(row, 'to_minute'),
    stepMinutes: number(row, 'step_minutes'),
    leadMinutes: numberOrNull(row, 'lead_minutes'),
    validFrom: textOrNull(row, 'valid_from'),
    validTo: textOrNull(row, 'valid_to'),
  })),
});

const exceptionsRead = (fromDate: string): Read<ByDoctor<ScheduleException>> => ({
  sql: 'SELECT * FROM schedule_exception WHERE date >= ?1',
  args: [fromDate],
  take: byDoctor(row => ({
    date: text(row, 'date'),
    kind: text(row, 'kind') === 'open' ? 'open' : 'closed',
    fromMinute: number(row, 'from_minute'),
    toMinute: number(row, 'to_minute'),
  })),
});

// Live holds that end after ?1. A hold past its grace does not count, even when nobody has recorded its lapse yet.
const IS_HELD = `h.released_at IS NULL AND h.start_at > ?1 - ${LONGEST_VISIT_MS} AND h.end_at > ?1
  AND (h.firm_at IS NOT NULL OR h.expires_at + ${GRACE_MS} > ?1)`;

/** One doctor's intervals that are held after now. */
export const heldRead = (doctorId: string, now: number): Read<ByDoctor<Interval>> => ({
  sql: `SELECT h.doctor_id, h.start_at, h.end_at FROM hold h WHERE h.doctor_id = ?2 AND ${IS_HELD}`,
  args: [now, doctorId],
  take: byDoctor(heldOf),
});

/** The same for the doctor of a consultation. */
export const heldBesideRead = (consultationId: string, now: number): Read<ByDoctor<Interval>> => ({
  sql: `SELECT h.doctor_id, h.start_at, h.end_at FROM hold h WHERE h.doctor_id = (SELECT c.doctor_id FROM consultation c WHERE c.id = ?2) AND ${IS_HELD}`,
  args: [now, consultationId],
  take: byDoctor(heldOf),
});

const heldOf = (row: Row): Interval => ({ startsAt: number(row, 'start_at'), endsAt: number(row, 'end_at') });

/** Every doctor's, one row each: thousands of rows of their own would cost more than the page. */
export const allHeldRead = (now: number): Read<ByDoctor<Interval>> => ({
  sql: `SELECT d.id, (SELECT json_group_array(json_array(h.start_at, h.end_at)) FROM hold h WHERE h.doctor_id = d.id AND ${IS_HELD}) AS held FROM doctor d`,
  args: [now],
  take: rows =>
    new Map(
      rows.map(row => [
        text(row, 'id'),
        (JSON.parse(text(row, 'held')) as [number, number][]).map(([startsAt, endsAt]) => ({ startsAt, endsAt })),
      ]),
    ),
});

export const doctorOf = (row: Row): Doctor => ({
  id: text(row, 'doctor_id'),
  familyName: both(row, 'family_name'),
  givenName: both(row, 'given_name'),
  specialty: { id: text(row, 'specialty_id'), name: both(row, 'specialty') },
  experience: both(row, 'experience'),
  patients: both(row, 'patients'),
  languages: both(row, 'languages'),
  registryId: text(row, 'registry_id'),
  onDuty: number(row, 'on_duty') === 1,
  durationMinutes: number(row, 'duration_minutes'),
  priceMinor: number(row, 'service_price_minor'),
});

const byDoctor =
  <T>(take: (row: Row) => T) =>
  (rows: Row[]): ByDoctor<T> => {
    const grouped = new Map<string, T[]>();
    for (const row of rows) {
      const id = text(row, 'doctor_id');
      const list = grouped.get(id) ?? [];
      list.push(take(row));
      grouped.set(id, list);
    }
    return grouped;
  };

/** The e-mail address of a consultation's doctor, for letters; null when the clinic has none. */
export const doctorsEmailRead = (consultationId: string): Read<string | null> => ({
  sql: 'SELECT p.email FROM consultation c JOIN doctor d ON d.id = c.doctor_id JOIN person p ON p.id = d.person_id WHERE c.id = ?1',
  args: [consultationId],
  take: rows => (rows[0] ? textOrNull(rows[0], 'email') : null),
});
