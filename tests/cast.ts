// The people and the time of all tests: noon in Moscow on a fixed Tuesday, patients who are identified and have signed all documents, and
// the demo clinic's own doctors.
import { DOCUMENTS, hashOf } from '../stand/clinic/documents.ts';
import { demoClinic, type Statement } from '../stand/clinic/clinic.ts';
import { DOCTORS } from '../stand/clinic/people.ts';
import type { Facts } from '../workflows/rules/status.ts';
import type { Doctor } from '../workflows/rules/doctor.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Tuesday, 24 November 2026, 12:00 in Moscow. */
export const NOON = Date.parse('2026-11-24T12:00:00+03:00');

/** 14:30 on the next day: an interval of the paediatrician, who works on Wednesdays from 10 to 18, every 30 minutes. */
export const TOMORROW_14_30 = Date.parse('2026-11-25T14:30:00+03:00');

const doctorNamed = (familyName: string) => {
  const found = DOCTORS.find(d => d.familyName === familyName);
  if (!found) throw new Error(`No doctor ${familyName} in the demo clinic.`);
  return found;
};

export const PRIMEROV = doctorNamed('Примеров');
export const OBRAZTSOVA = doctorNamed('Образцова');
export const MAKETOVA = doctorNamed('Макетова');

/** A doctor in the form that views use, for tests that need any doctor. */
export const DOCTOR: Doctor = {
  id: MAKETOVA.doctorId,
  familyName: { ru: MAKETOVA.familyName, en: MAKETOVA.latin.familyName },
  givenName: { ru: MAKETOVA.givenName, en: MAKETOVA.latin.givenName },
  specialty: { id: MAKETOVA.specialtyId, name: { ru: 'Педиатр', en: 'Paediatrician' } },
  experience: { ru: MAKETOVA.experience[0], en: MAKETOVA.experience[1] },
  patients: { ru: MAKETOVA.patients[0], en: MAKETOVA.patients[1] },
  languages: { ru: MAKETOVA.languages[0], en: MAKETOVA.languages[1] },
  registryId: '00000000000',
  onDuty: false,
  durationMinutes: MAKETOVA.durationMinutes,
  priceMinor: MAKETOVA.priceMinor,
};

/** An unpaid reservation for the day after NOON, held for ten minutes; `given` overrides single facts. */
export const factsWith = (given: Partial<Facts> = {}): Facts => ({
  startsAt: NOON + DAY,
  endsAt: NOON + DAY + 30 * MINUTE,
  priceMinor: 230_000,
  expiresAt: NOON + 10 * MINUTE,
  firmAt: null,
  lapsedAt: null,
  cancelledAt: null,
  cancelledBy: null,
  enteredAt: null,
  startedAt: null,
  concludedAt: null,
  outcome: null,
  publishedAt: null,
  takenMinor: 0,
  returningMinor: 0,
  refusedMinor: 0,
  returnedMinor: 0,
  ...given,
});

export const clinicAt = (now: number, overrides = {}): Promise<Statement[]> => demoClinic(now, overrides);

export interface CastPerson {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly tokenHash: string;
  readonly statements: readonly Statement[];
}

const idOf = (n: number): string => `01930000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** A patient with a session. `given` changes the defaults. */
export async function patient(
  n: number,
  now: number,
  given: { identified?: boolean; consents?: boolean; email?: string } = {},
): Promise<CastPerson> {
  const id = idOf(n);
  const token = `token-of-patient-${n}`;
  const tokenHash = await sha256(token);
  const email = given.email ?? `patient${n}@example.ru`;
  const statements: Statement[] = [
    {
      sql: `INSERT INTO person (id, family_name, given_name, birth_date, email, snils_masked, created_at, updated_at) VALUES (?, ?, 'Анна', '1958-05-05', ?, '•••-•••-••6 06', ?, ?)`,
      args: [id, `Тестова${n}`, email, now, now],
    },
    {
      sql: `INSERT INTO identity (id, person_id, provider, subject, confirmed, at) VALUES (?, ?, 'gosuslugi', ?, ?, ?)`,
      args: [idOf(n + 0x10000), id, `subject-${n}`, given.identified === false ? 0 : 1, now],
    },
    session(idOf(n + 0x20000), tokenHash, id, now),
  ];
  if (given.consents !== false) {
    for (const [i, document] of DOCUMENTS.entries()) {
      statements.push({
        sql: 'INSERT INTO consent (id, person_id, document_id, hash, session_id, at) VALUES (?, ?, ?, ?, ?, ?)',
        args: [idOf(n + 0x30000 + i * 0x10000), id, document.id, await hashOf(document), idOf(n + 0x20000), now],
      });
    }
  }
  return { id, email, token, tokenHash, statements };
}

/** A session for a person of the demo clinic: a doctor or other staff. */
export async function sessionFor(personId: string, n: number, now: number): Promise<CastPerson> {
  const token = `token-of-staff-${n}`;
  const tokenHash = await sha256(token);
  return { id: personId, email: '', token, tokenHash, statements: [session(idOf(n + 0x90000), tokenHash, personId, now)] };
}

const session = (id: string, tokenHash: string, personId: string, now: number): Statement => ({
  sql: `INSERT INTO session (id, token_hash, person_id, way, created_at, seen_at, idle_until, expires_at) VALUES (?, ?, ?, 'gosuslugi', ?, ?, ?, ?)`,
  args: [id, tokenHash, personId, now, now, now + 30 * DAY, now + 30 * DAY],
});

async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
