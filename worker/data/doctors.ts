// Doctors, their services and schedules: what the booking pages are drawn from. Public: anybody may look.
import type { Doctor, Specialty } from '../../views/model.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import type { ScheduleException, ScheduleRule } from '../../workflows/rules/slot.ts';
import { GRACE_MS } from '../../workflows/rules/status.ts';
import { both, every, number, numberOrNull, one, type Read, type Row, text, textOrNull } from './ask.ts';

export const DOCTOR_COLUMNS = `d.id AS doctor_id, d.family_name_ru, d.family_name_en, d.given_name_ru, d.given_name_en, d.experience_ru, d.experience_en,
  d.patients_ru, d.patients_en, d.languages_ru, d.languages_en, d.registry_id, d.on_duty, sp.id AS specialty_id, sp.name_ru AS specialty_ru, sp.name_en AS specialty_en,
  sv.duration_minutes, sv.price_minor AS service_price_minor`;
export const DOCTOR_JOINS = 'JOIN specialty sp ON sp.id = d.specialty_id JOIN service sv ON sv.doctor_id = d.id';

export const specialtiesRead = (): Read<Specialty[]> => ({
  sql: 'SELECT id, name_ru, name_en FROM specialty ORDER BY name_ru',
  args: [],
  take: every(row => ({ id: text(row, 'id'), name: both(row, 'name') })),
});

/** Folds a name the way doctor.search is kept: lower case, ё as е, single spaces. */
export const folded = (name: string): string => name.toLocaleLowerCase('ru').replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();

/** Doctors of a specialty (null is any) whose name holds every word of the search. */
export const doctorsRead = (specialty: string | null, name: string): Read<Doctor[]> => {
  const words = folded(name).split(' ').filter(Boolean).slice(0, 4);
  const matches = words.map((_, i) => ` AND instr(d.search, ?${i + 2}) > 0`).join('');
  return {
    sql: `SELECT ${DOCTOR_COLUMNS} FROM doctor d ${DOCTOR_JOINS} WHERE (?1 IS NULL OR d.specialty_id = ?1)${matches} ORDER BY d.family_name_ru`,
    args: [specialty, ...words],
    take: every(doctorOf),
  };
};

export const doctorRead = (id: string): Read<Doctor | null> => ({
  sql: `SELECT ${DOCTOR_COLUMNS} FROM doctor d ${DOCTOR_JOINS} WHERE d.id = ?1`,
  args: [id],
  take: one(doctorOf),
});

type ByDoctor<T> = ReadonlyMap<string, readonly T[]>;

/** All that decides which slots are free: of one doctor, or of all when no id is given. */
export const scheduleReads = (doctorId: string | null, now: number) => ({
  rules: rulesRead(doctorId),
  // A day of slack on the early side: the clinic's date may be behind UTC's.
  exceptions: exceptionsRead(doctorId, new Date(now - 86_400_000).toISOString().slice(0, 10)),
  claimed: claimedRead(doctorId, now),
});

/** Weekly rules by doctor; one doctor's when an id is given. */
const rulesRead = (doctorId: string | null): Read<ByDoctor<ScheduleRule>> => ({
  sql: 'SELECT * FROM schedule_rule WHERE (?1 IS NULL OR doctor_id = ?1)',
  args: [doctorId],
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

const exceptionsRead = (doctorId: string | null, fromDate: string): Read<ByDoctor<ScheduleException>> => ({
  sql: 'SELECT * FROM schedule_exception WHERE (?1 IS NULL OR doctor_id = ?1) AND date >= ?2',
  args: [doctorId, fromDate],
  take: byDoctor(row => ({
    date: text(row, 'date'),
    kind: text(row, 'kind') === 'open' ? 'open' : 'closed',
    fromMinute: number(row, 'from_minute'),
    toMinute: number(row, 'to_minute'),
  })),
});

/** Live claims that end after now. A hold past its grace does not count, even when nobody has recorded its lapse yet. */
const claimedRead = (doctorId: string | null, now: number): Read<ByDoctor<Interval>> => ({
  sql: `SELECT doctor_id, start_at, end_at FROM claim WHERE released_at IS NULL AND end_at > ?2 AND (?1 IS NULL OR doctor_id = ?1)
    AND (firm_at IS NOT NULL OR expires_at + ${GRACE_MS} > ?2)`,
  args: [doctorId, now],
  take: byDoctor(row => ({ startsAt: number(row, 'start_at'), endsAt: number(row, 'end_at') })),
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
