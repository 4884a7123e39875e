// A clinic with a past, for the bench: 200 doctors, 8,000 holds ahead, and as many ended visits as are asked for, each with the rows that a real
// one leaves. SQLite makes the rows itself, because a million of them would take minutes to send.
import type { Statement } from '../../stand/clinic/clinic.ts';
import { type CastPerson, DAY, HOUR, MINUTE } from '../cast.ts';
import { crowd, crowdOf } from '../crowd.ts';
import type { Edge } from './edge.ts';

const CLINIC_DOCTORS = 200;
const AHEAD = 8_000;
const PATIENTS = 2_000;
/** Anna's are the latest visits of one doctor: the same number in every clinic. */
const OWN = 5;
const OWN_DOCTOR = 3;
const ROWS_A_STATEMENT = 20_000;

/** Fills an edge with this many past visits. */
export async function fillPast(edge: Edge, visits: number, anna: CastPerson, now: number): Promise<void> {
  await edge.run([...crowd(CLINIC_DOCTORS), ...numbered()]);
  await edge.run([
    {
      sql: `INSERT INTO person (id, family_name, given_name, birth_date, created_at, updated_at)
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1) SELECT ${PERSON}, 'Прошлая' || i, 'Анна', '1980-01-01', ?, ? FROM n`,
      args: [PATIENTS, now, now],
    },
  ]);
  await edge.run(rowsOf({ from: 0, count: AHEAD, at: aheadAt(now), isOver: false, anna: '' }));
  for (let from = 0; from < visits; from += ROWS_A_STATEMENT) {
    const count = Math.min(ROWS_A_STATEMENT, visits - from);
    await edge.run(rowsOf({ from, count, at: pastAt(now), isOver: true, anna: anna.id }));
  }
}

const PERSON = `printf('01910000-0000-7000-8000-%012x', i % ${PATIENTS})`;
const DOCTOR = `(SELECT d.id FROM bench_doctor d WHERE d.n = i % ${CLINIC_DOCTORS})`;

/** Hourly in each doctor's past, the latest first. */
const pastAt = (now: number): string => `${Math.floor(now / HOUR) * HOUR - DAY} - (i / ${CLINIC_DOCTORS}) * ${HOUR}`;

/** Two a day from 10 o'clock in Moscow, from tomorrow on. */
const aheadAt = (now: number): string =>
  `${Math.floor(now / DAY) * DAY + DAY + 7 * HOUR} + (i / ${CLINIC_DOCTORS} / 2) * ${DAY} + (i / ${CLINIC_DOCTORS} % 2) * ${30 * MINUTE}`;

interface Rows {
  readonly from: number;
  readonly count: number;
  /** SQL for the start of visit `i`, ms. */
  readonly at: string;
  readonly isOver: boolean;
  readonly anna: string;
}

function rowsOf({ from, count, at, isOver, anna }: Rows): Statement[] {
  // Ids are in the order of their making, as UUIDv7 is.
  const id = `printf('%08x-%04x-7000-8000-%012x', at / 65536, at % 65536, i)`;
  const visits = `WITH RECURSIVE n (i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${from + count - 1}),
    timed AS (SELECT i, ${at} AS at, ${isOver ? `CASE WHEN i % ${CLINIC_DOCTORS} = ${OWN_DOCTOR} AND i / ${CLINIC_DOCTORS} < ${OWN} THEN '${anna}' ELSE ${PERSON} END` : PERSON} AS patient, ${DOCTOR} AS doctor FROM n),
    v AS (SELECT *, ${id} AS id FROM timed)`;
  const insert = (into: string, select: string, where = 'TRUE'): Statement => ({
    sql: `INSERT INTO ${into} ${visits} SELECT ${select} FROM v WHERE ${where}`,
    args: [],
  });
  const ahead = [
    insert(
      'consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)',
      `id, patient, doctor, at, at + ${30 * MINUTE}, 230000, 'RUB', 'p' || i || '@example.ru', 'ru', at - ${2 * DAY}, id`,
    ),
    insert(
      'hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at, firm_at)',
      `id, doctor, patient, at, at + ${30 * MINUTE}, at - ${2 * DAY}, at - ${2 * DAY}`,
    ),
    insert(
      'payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id, succeeded_at, receipt)',
      `id, id, 1, 230000, 'RUB', at - ${2 * DAY}, 'yookassa', id, at - ${2 * DAY}, 'succeeded'`,
    ),
    ...['start', 'paid', 'concluded'].map(word =>
      insert(
        'outbox (consultation_id, message_id, body, created_at, next_at, delivered_at)',
        `id, '${word}:' || id, '{"kind":"signal","name":"${word}","consultationId":"' || id || '"}', at, at, at`,
      ),
    ),
  ];
  if (!isOver) return ahead;
  return [
    ...ahead,
    ...['patient', 'doctor'].map(role =>
      insert(
        'attendance (id, consultation_id, person_id, role, entered_at, joined_at, left_at, schedule_version)',
        `'${role[0]}' || id, id, ${role === 'patient' ? 'patient' : DOCTORS_PERSON}, '${role}', at, at, at + ${20 * MINUTE}, 1`,
      ),
    ),
    insert('conclusion (consultation_id, at, person_id, outcome)', `id, at + ${20 * MINUTE}, ${DOCTORS_PERSON}, 'tookPlace'`),
    insert(
      'protocol (id, consultation_id, version, content, content_hash, verify_code, published_at)',
      `id, id, 1, '{"complaints":"боль"}', id, id, at + ${HOUR}`,
    ),
  ];
}

const DOCTORS_PERSON = `(SELECT d.person_id FROM doctor d WHERE d.id = doctor)`;

/** The numbers of the doctors, so that SQL finds the doctor of visit `i`. */
const numbered = (): Statement[] => [
  { sql: 'CREATE TABLE bench_doctor (n INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT', args: [] },
  ...crowdOf(CLINIC_DOCTORS).map((id, n) => ({ sql: 'INSERT INTO bench_doctor (n, id) VALUES (?, ?)', args: [n, id] })),
];
