// One round trip to D1: reads that a page needs travel together in one batch, writes that belong together stand or fall together.
// A read is SQL with its arguments and what its rows mean; who asks is always among the arguments.

export type Row = Record<string, string | number | null>;
type Arg = string | number | null;

export interface Read<T> {
  readonly sql: string;
  readonly args: readonly Arg[];
  readonly take: (rows: Row[]) => T;
}

type Reads = Record<string, Read<unknown>>;
export type Answers<R extends Reads> = { [K in keyof R]: R[K] extends Read<infer T> ? T : never };

/** Asks everything at once and answers under the same names. Throws when D1 does. */
export async function ask<R extends Reads>(db: D1Database, reads: R): Promise<Answers<R>> {
  const [answers] = await askTogether(db, reads, {});
  return answers;
}

/** Two groups of questions in one round trip. */
export async function askTogether<A extends Reads, B extends Reads>(db: D1Database, a: A, b: B): Promise<[Answers<A>, Answers<B>]> {
  const reads = [...Object.values(a), ...Object.values(b)];
  const results = await db.batch<Row>(reads.map(({ sql, args }) => db.prepare(sql).bind(...args)));
  const rows = results.map(result => result.results);
  return [taken(a, rows.slice(0, Object.keys(a).length)), taken(b, rows.slice(Object.keys(a).length))];
}

const taken = <R extends Reads>(reads: R, rows: Row[][]): Answers<R> =>
  Object.fromEntries(Object.entries(reads).map(([name, read], i) => [name, read.take(rows[i] ?? [])])) as Answers<R>;

export interface Write {
  readonly sql: string;
  readonly args: readonly Arg[];
}

/** Writes all or nothing; how many rows each statement changed. A guard in a trigger aborts the batch and reaches the caller as an error. */
export async function write(db: D1Database, writes: readonly Write[]): Promise<number[]> {
  const results = await db.batch(writes.map(w => db.prepare(w.sql).bind(...w.args)));
  return results.map(r => r.meta.changes);
}

/** The name that a trigger raised, when the error is one of these. */
export function raised<K extends string>(error: unknown, names: readonly K[]): K | null {
  const message = error instanceof Error ? error.message : String(error);
  return names.find(name => message.includes(name)) ?? null;
}

export const isUniqueClash = (error: unknown): boolean => error instanceof Error && /UNIQUE constraint failed/.test(error.message);

/** The one row, or null. */
export const one =
  <T>(take: (row: Row) => T) =>
  (rows: Row[]): T | null =>
    rows[0] ? take(rows[0]) : null;

export const every =
  <T>(take: (row: Row) => T) =>
  (rows: Row[]): T[] =>
    rows.map(take);

export const text = (row: Row, column: string): string => String(row[column]);
export const textOrNull = (row: Row, column: string): string | null => (row[column] == null ? null : String(row[column]));
export const number = (row: Row, column: string): number => Number(row[column]);
export const numberOrNull = (row: Row, column: string): number | null => (row[column] == null ? null : Number(row[column]));
export const both = (row: Row, column: string): { ru: string; en: string } => ({
  ru: text(row, `${column}_ru`),
  en: text(row, `${column}_en`),
});
