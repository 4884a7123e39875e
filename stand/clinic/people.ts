// The people of the demo clinic: six doctors, one person in each other role, and a patient identified in person at the front desk. All sign
// in with a code from a letter, which the stand's mailbox shows.

export interface DemoPerson {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string;
  readonly role: 'doctor' | 'frontDesk' | 'finance' | 'support' | 'owner' | 'patient';
  readonly birthDate: string;
}

export interface DemoDoctor extends DemoPerson {
  readonly doctorId: string;
  readonly latin: { readonly familyName: string; readonly givenName: string };
  readonly specialtyId: string;
  readonly experience: readonly [ru: string, en: string];
  readonly patients: readonly [ru: string, en: string];
  readonly languages: readonly [ru: string, en: string];
  readonly durationMinutes: number;
  readonly priceMinor: number;
  readonly onDuty: boolean;
  /** Working hours by ISO weekday, in the clinic's time zone. */
  readonly hours: Readonly<Record<number, readonly [fromHour: number, toHour: number]>>;
}

/** Fixed ids in the form of UUIDv7, so that the addresses in a guide or a test do not change. */
export const demoId = (kind: number, n: number): string =>
  `01900000-0000-7000-8${kind.toString(16).padStart(3, '0')}-${n.toString(16).padStart(12, '0')}`;

export const SPECIALTIES = [
  { id: demoId(1, 1), ru: 'Терапевт', en: 'General practitioner' },
  { id: demoId(1, 2), ru: 'Кардиолог', en: 'Cardiologist' },
  { id: demoId(1, 3), ru: 'Невролог', en: 'Neurologist' },
  { id: demoId(1, 4), ru: 'Педиатр', en: 'Paediatrician' },
  { id: demoId(1, 5), ru: 'Дерматолог', en: 'Dermatologist' },
  { id: demoId(1, 6), ru: 'Эндокринолог', en: 'Endocrinologist' },
] as const;

const ADULTS = ['взрослых от 18 лет', 'adults from 18'] as const;
const RU = ['русский', 'Russian'] as const;
const RU_EN = ['русский, английский', 'Russian, English'] as const;

const doctor = (n: number, d: Omit<DemoDoctor, 'id' | 'doctorId' | 'role' | 'specialtyId'>): DemoDoctor => ({
  ...d,
  id: demoId(2, n),
  doctorId: demoId(3, n),
  role: 'doctor',
  specialtyId: demoId(1, n),
});

const ROUND_THE_CLOCK = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map(weekday => [weekday, [0, 24] as const]));

export const DOCTORS: readonly DemoDoctor[] = [
  doctor(1, {
    familyName: 'Примеров',
    givenName: 'Борис',
    latin: { familyName: 'Primerov', givenName: 'Boris' },
    email: 'b.primerov@example.ru',
    birthDate: '1979-03-12',
    experience: ['высшая категория, стаж 18 лет', 'highest category, 18 years of practice'],
    patients: ADULTS,
    languages: RU_EN,
    durationMinutes: 15,
    priceMinor: 150_000,
    onDuty: true,
    hours: ROUND_THE_CLOCK,
  }),
  doctor(2, {
    familyName: 'Образцова',
    givenName: 'Вера',
    latin: { familyName: 'Obraztsova', givenName: 'Vera' },
    email: 'v.obraztsova@example.ru',
    birthDate: '1973-07-02',
    experience: ['стаж 24 года, кандидат медицинских наук', '24 years of practice, PhD'],
    patients: ADULTS,
    languages: RU,
    durationMinutes: 40,
    priceMinor: 320_000,
    onDuty: false,
    hours: { 1: [9, 15], 2: [9, 15], 3: [13, 20], 4: [13, 20], 5: [9, 15] },
  }),
  doctor(3, {
    familyName: 'Условный',
    givenName: 'Глеб',
    latin: { familyName: 'Uslovny', givenName: 'Gleb' },
    email: 'g.uslovny@example.ru',
    birthDate: '1985-11-23',
    experience: ['стаж 11 лет', '11 years of practice'],
    patients: ADULTS,
    languages: RU,
    durationMinutes: 30,
    priceMinor: 280_000,
    onDuty: false,
    hours: { 2: [9, 18], 4: [9, 18], 6: [10, 14] },
  }),
  doctor(4, {
    familyName: 'Макетова',
    givenName: 'Дарья',
    latin: { familyName: 'Maketova', givenName: 'Darya' },
    email: 'd.maketova@example.ru',
    birthDate: '1989-05-17',
    experience: ['стаж 9 лет', '9 years of practice'],
    patients: ['детей до 18 лет, с родителем', 'children under 18, with a parent'],
    languages: RU_EN,
    durationMinutes: 30,
    priceMinor: 230_000,
    onDuty: false,
    hours: { 1: [10, 18], 2: [10, 18], 3: [10, 18], 4: [10, 18], 5: [10, 16], 7: [11, 15] },
  }),
  doctor(5, {
    familyName: 'Пробная',
    givenName: 'Елена',
    latin: { familyName: 'Probnaya', givenName: 'Elena' },
    email: 'e.probnaya@example.ru',
    birthDate: '1982-01-30',
    experience: ['первая категория, стаж 14 лет', 'first category, 14 years of practice'],
    patients: ADULTS,
    languages: RU,
    durationMinutes: 20,
    priceMinor: 240_000,
    onDuty: false,
    hours: { 1: [16, 21], 3: [16, 21], 5: [16, 21], 6: [9, 13] },
  }),
  doctor(6, {
    familyName: 'Эталонова',
    givenName: 'Жанна',
    latin: { familyName: 'Etalonova', givenName: 'Zhanna' },
    email: 'zh.etalonova@example.ru',
    birthDate: '1976-09-08',
    experience: ['высшая категория, стаж 21 год', 'highest category, 21 years of practice'],
    patients: ADULTS,
    languages: RU,
    durationMinutes: 30,
    priceMinor: 260_000,
    onDuty: false,
    hours: { 2: [14, 20], 3: [9, 14], 4: [14, 20], 7: [10, 14] },
  }),
];

export const STAFF: readonly DemoPerson[] = [
  {
    id: demoId(4, 1),
    familyName: 'Записная',
    givenName: 'Регина',
    email: 'r.zapisnaya@example.ru',
    role: 'frontDesk',
    birthDate: '1991-04-04',
  },
  { id: demoId(4, 2), familyName: 'Счётова', givenName: 'Фаина', email: 'f.schetova@example.ru', role: 'finance', birthDate: '1984-12-11' },
  { id: demoId(4, 3), familyName: 'Опорный', givenName: 'Семён', email: 's.oporny@example.ru', role: 'support', birthDate: '1995-08-21' },
  {
    id: demoId(4, 4),
    familyName: 'Шаблонова',
    givenName: 'Инна',
    email: 'i.shablonova@example.ru',
    role: 'owner',
    birthDate: '1978-06-15',
  },
];

/** Identified in person at the front desk, so that one patient can sign in with a code at once. */
export const PATIENTS: readonly DemoPerson[] = [
  { id: demoId(5, 1), familyName: 'Наглядная', givenName: 'Майя', email: 'maya@example.ru', role: 'patient', birthDate: '1990-02-14' },
];
