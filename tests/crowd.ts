// Many doctors in the demo clinic, for tests and benches of a large one: each a copy of a doctor of the demo, with a name of their own, on weekdays
// from 10 to 18 in Moscow, every 30 minutes.
import { DOCTORS, demoId, SPECIALTIES } from '../stand/clinic/people.ts';
import type { Statement } from '../stand/clinic/clinic.ts';

const FAMILIES = ['Авдеева', 'Беляева', 'Громова', 'Ефимова', 'Зайцева', 'Калинина', 'Лаврова', 'Назарова', 'Панова', 'Рыбакова'];
const LATIN = ['Avdeyeva', 'Belyayeva', 'Gromova', 'Yefimova', 'Zaytseva', 'Kalinina', 'Lavrova', 'Nazarova', 'Panova', 'Rybakova'];
const GIVEN = 'Алина Вера Дина Ева Жанна Зоя Инна Кира Лия Майя Нина Ольга Полина Раиса Софья Тамара Ульяна Фаина Эмма Юлия'.split(' ');

/** Ids of the demo clinic's doctors and of copies of them, so many in all. */
export const crowdOf = (total: number): string[] => Array.from({ length: total }, (_, i) => demoId(3, i + 1));

/** The copies, as SQL for a clinic that has the demo's own doctors. */
export const crowd = (total: number): Statement[] =>
  Array.from({ length: total - DOCTORS.length }, (_, i) => DOCTORS.length + 1 + i).flatMap(copy);

function copy(n: number): Statement[] {
  const [person, doctor] = [demoId(2, n), demoId(3, n)];
  const given = GIVEN[Math.floor(n / 10) % GIVEN.length] ?? '';
  const [family, latin] = [FAMILIES[n % 10] ?? '', LATIN[n % 10] ?? ''];
  return [
    {
      sql: 'INSERT INTO person (id, family_name, given_name, created_at, updated_at) VALUES (?, ?, ?, 0, 0)',
      args: [person, family, given],
    },
    { sql: "INSERT INTO role (person_id, role, at) VALUES (?, 'doctor', 0)", args: [person] },
    {
      sql: `INSERT INTO doctor (id, person_id, specialty_id, family_name_ru, given_name_ru, family_name_en, given_name_en, experience_ru, experience_en,
          patients_ru, patients_en, languages_ru, languages_en, registry_id, on_duty)
        SELECT ?, ?, ?, ?, ?, ?, ?, experience_ru, experience_en, patients_ru, patients_en, languages_ru, languages_en, registry_id, 0
        FROM doctor WHERE id = ?`,
      args: [doctor, person, SPECIALTIES[n % SPECIALTIES.length]?.id ?? '', family, given, latin, given, demoId(3, 1 + (n % 6))],
    },
    {
      sql: "INSERT INTO service (id, doctor_id, duration_minutes, price_minor, currency) VALUES (?, ?, 30, ?, 'RUB')",
      args: [demoId(8, n), doctor, 200_000 + (n % 10) * 10_000],
    },
    ...[1, 2, 3, 4, 5].map(weekday => ({
      sql: 'INSERT INTO schedule_rule (id, doctor_id, weekday, from_minute, to_minute, step_minutes) VALUES (?, ?, ?, 600, 1080, 30)',
      args: [demoId(9, n * 16 + weekday), doctor, weekday],
    })),
  ];
}
