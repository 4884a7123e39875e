// The demo clinic as SQL statements: settings, documents, people, doctors and their schedules. load.ts runs them once for `npm start`;
// tests run the same ones.
import { DEFAULT_SETTINGS } from '../../workflows/rules/clinic-setting.ts';
import { type DemoDocument, DOCUMENTS, hashOf } from './documents.ts';
import { DOCTORS, type DemoDoctor, type DemoPerson, demoId, PATIENTS, SPECIALTIES, STAFF } from './people.ts';
import { demoProtocols } from './protocols.ts';

export interface Statement {
  readonly sql: string;
  readonly args: readonly (string | number | null)[];
}

/** Settings of the clinic that journeys and tests may change. */
export interface ClinicOverrides {
  readonly holdMinutes?: number;
  readonly joinMinutes?: number;
  readonly waitingMinutes?: number;
  readonly leadMinutes?: number;
}

const insert = (table: string, row: Record<string, string | number | null>): Statement => {
  const names = Object.keys(row);
  return { sql: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, args: Object.values(row) };
};

/** All statements, in an order that satisfies the foreign keys. `now` is ms. */
export async function demoClinic(now: number, overrides: ClinicOverrides = {}): Promise<Statement[]> {
  return [
    clinic(overrides),
    ...demoSettings(),
    ...(await Promise.all(DOCUMENTS.map(document))),
    ...SPECIALTIES.map(s => insert('specialty', { id: s.id, name_ru: s.ru, name_en: s.en })),
    ...[...DOCTORS, ...STAFF, ...PATIENTS].flatMap(p => person(p, now)),
    ...PATIENTS.map((p, i) =>
      insert('identity', { id: demoId(7, i + 1), person_id: p.id, provider: 'frontDesk', subject: p.id, confirmed: 1, at: now }),
    ),
    ...DOCTORS.flatMap((d, i) => doctor(d, i + 1)),
    ...demoProtocols(now),
  ];
}

const clinic = (overrides: ClinicOverrides): Statement =>
  insert('clinic', {
    id: 1,
    name_ru: 'Клиника «Пример»',
    name_en: 'Primer Clinic',
    legal_name: 'ООО «Пример»',
    licence: 'Л041-00000-00/00000000 (демонстрационная)',
    address: 'Москва, Демонстрационная ул., 1',
    phone: '+7 000 000-00-00',
    zone: 'Europe/Moscow',
    hold_minutes: overrides.holdMinutes ?? 10,
    lead_minutes: overrides.leadMinutes ?? 60,
    waiting_minutes: overrides.waitingMinutes ?? 15,
    join_minutes: overrides.joinMinutes ?? 2,
    free_hours: 24,
    kept_percent: 10,
    vat_code: 1,
  });

/** Requisites of an organisation that cannot exist, the claims address of the stand's mailbox, and limits; in force since the offer. */
export const demoSettings = (): Statement[] => {
  const since = Date.parse('2026-11-10T00:00:00+03:00');
  return Object.entries(DEFAULT_SETTINGS).map(([key, value]) => insert('clinic_setting', { key, value: String(value), since, at: since }));
};

const document = async (d: DemoDocument): Promise<Statement> =>
  insert('consent_document', {
    id: d.id,
    kind: d.kind,
    version: d.version,
    title_ru: d.title[0],
    title_en: d.title[1],
    summary_ru: d.summary[0],
    summary_en: d.summary[1],
    without_ru: d.without[0],
    without_en: d.without[1],
    body_ru: d.body[0],
    body_en: d.body[1],
    hash: await hashOf(d),
    published_at: d.publishedAt,
  });

function person(p: DemoPerson, now: number): Statement[] {
  const row = insert('person', {
    id: p.id,
    family_name: p.familyName,
    given_name: p.givenName,
    birth_date: p.birthDate,
    email: p.email,
    created_at: now,
    updated_at: now,
  });
  return p.role === 'patient' ? [row] : [row, insert('role', { person_id: p.id, role: p.role, at: now })];
}

function doctor(d: DemoDoctor, n: number): Statement[] {
  return [
    insert('doctor', {
      id: d.doctorId,
      person_id: d.id,
      specialty_id: d.specialtyId,
      family_name_ru: d.familyName,
      given_name_ru: d.givenName,
      family_name_en: d.latin.familyName,
      given_name_en: d.latin.givenName,
      experience_ru: d.experience[0],
      experience_en: d.experience[1],
      patients_ru: d.patients[0],
      patients_en: d.patients[1],
      languages_ru: d.languages[0],
      languages_en: d.languages[1],
      registry_id: '00000000000',
      on_duty: d.onDuty ? 1 : 0,
    }),
    insert('service', {
      id: demoId(8, n),
      doctor_id: d.doctorId,
      duration_minutes: d.durationMinutes,
      price_minor: d.priceMinor,
      currency: 'RUB',
    }),
    ...Object.entries(d.hours).map(([weekday, [from, to]]) =>
      insert('schedule_rule', {
        id: demoId(9, n * 16 + Number(weekday)),
        doctor_id: d.doctorId,
        weekday: Number(weekday),
        from_minute: from * 60,
        // For a doctor on duty the last start of a day is 23:55, so that there is no gap at midnight.
        to_minute: d.onDuty ? 1435 + d.durationMinutes : to * 60,
        step_minutes: d.onDuty ? 5 : d.durationMinutes,
        lead_minutes: d.onDuty ? 0 : null,
        valid_from: null,
        valid_to: null,
      }),
    ),
  ];
}
