// A fresh clinic in real local D1 for each test of a file.
import { env, reset } from 'cloudflare:test';
import type { Statement } from '../../stand/clinic/clinic.ts';
import { databaseOf } from '../../worker/data/db.ts';
import type { Bindings } from '../../worker/world.ts';
import { type CastPerson, clinicAt, NOON, patient } from '../cast.ts';

interface TestEnv extends Pick<Bindings, 'ROOM' | 'FILES'> {
  readonly DB: D1Database;
  /** worker/data/schema.sql, which a check compares with the migrations and which is applied four times as fast. */
  readonly TEST_SCHEMA: string;
}

export const bindings = env as unknown as TestEnv;
/** The binding itself, for what only a test does to a database. */
export const d1 = bindings.DB;
export const db = databaseOf(bindings);

export async function freshClinic(overrides: { holdMinutes?: number } = {}): Promise<void> {
  // A request of the previous test that is still open may start the database again while reset() deletes it.
  do await reset();
  while (await d1.prepare("SELECT 1 FROM sqlite_master WHERE name = 'clinic'").first());
  await d1.prepare(bindings.TEST_SCHEMA).run();
  await run(await clinicAt(NOON, overrides));
}

export async function run(statements: readonly Statement[]): Promise<void> {
  await d1.batch(statements.map(s => d1.prepare(s.sql).bind(...s.args)));
}

export async function patients(count: number, from = 1): Promise<CastPerson[]> {
  const cast = await Promise.all(Array.from({ length: count }, (_, i) => patient(from + i, NOON)));
  await run(cast.flatMap(p => p.statements));
  return cast;
}

/** Everybody who is there confirmed this address by a code. */
export async function confirmedAddress(email: string): Promise<void> {
  await d1
    .prepare(
      'INSERT INTO confirmed_address (person_id, email, session_id, at) SELECT person_id, ?1, min(id), ?2 FROM session GROUP BY person_id',
    )
    .bind(email, NOON)
    .run();
}

export async function count(sql: string, ...args: (string | number)[]): Promise<number> {
  const row = await d1
    .prepare(sql)
    .bind(...args)
    .first<{ n: number }>();
  return row?.n ?? 0;
}
