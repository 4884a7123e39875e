// The port to the database (D1). Reads or writes that are passed together make one round trip. Only worker/data uses D1 itself. A read is
// SQL, its arguments and a function that parses the rows; the asker is among the arguments (asker.ts).

export type Row = Record<string, string | number | null>;
export type Arg = string | number | null;

export interface Write {
  readonly sql: string;
  readonly args: readonly Arg[];
}

export interface Read<T> extends Write {
  readonly take: (rows: Row[]) => T;
}

interface Result {
  readonly rows: Row[];
  /** Number of rows the statement changed. */
  readonly changes: number;
}

export interface Database {
  /** Runs the statements in order in one transaction. Throws Raised or Clash when the database refuses one; then nothing is changed. */
  batch(statements: readonly Write[]): Promise<Result[]>;
}

/** Every name with which a trigger may abort a batch. tests/data/schema.test.ts compares the list with the schema. */
export const RAISES = [
  'alreadySigned',
  'cancellationsOfWeek',
  'cardIsFull',
  'claimIsFull',
  'claimIsOver',
  'enoughToday',
  'expiryShrinks',
  'filesOfRoom',
  'handoverSpent',
  'haveMet',
  'haveNotMet',
  'immutable',
  'moneyIsRecorded',
  'needsSecond',
  'notConcluded',
  'notDecided',
  'notFirm',
  'notInTurn',
  'notMovable',
  'notNow',
  'notRefused',
  'notTheDoctor',
  'notTheirs',
  'notThere',
  'offerOver',
  'otherContent',
  'patientBusy',
  'patientHere',
  'patientHolds',
  'patientWaited',
  'refundExceeds',
  'slotTaken',
  'staleSchedule',
  'unpaidHoldsOfDay',
  'unpaidHoldsOfInterval',
  'visitBegan',
  'visitIsOver',
  'visitTooLong',
] as const;
export type Raise = (typeof RAISES)[number];

/** A trigger aborted the batch with this name. */
class Raised extends Error {
  override readonly name = 'Raised';
  readonly by: Raise;
  constructor(by: Raise, cause: unknown) {
    super(by, { cause });
    this.by = by;
  }
}

/** A row with the same key exists; `columns` as SQLite reports them: «consultation.patient_id, consultation.request_key». */
export class Clash extends Error {
  override readonly name = 'Clash';
  readonly columns: string;
  constructor(columns: string, cause: unknown) {
    super(columns, { cause });
    this.columns = columns;
  }
}

/** The D1 binding of wrangler.toml. */
export interface DatabaseBinding {
  readonly DB: D1Database;
}

const ports = new WeakMap<D1Database, Database>();

/** The port to the environment's database. The same binding always returns the same port, so the port can be the key of a cache. */
export function databaseOf({ DB: d1 }: DatabaseBinding): Database {
  const known = ports.get(d1);
  if (known) return known;
  const port: Database = {
    async batch(statements) {
      try {
        const results = await d1.batch<Row>(statements.map(({ sql, args }) => d1.prepare(sql).bind(...args)));
        return results.map(({ results: rows, meta }) => ({ rows, changes: meta.changes }));
      } catch (error) {
        throw refusalIn(error);
      }
    },
  };
  ports.set(d1, port);
  return port;
}

/**
 * D1 reports both errors as text: «D1_ERROR: slotTaken: SQLITE_CONSTRAINT …», «D1_ERROR: UNIQUE constraint failed: t.a, t.b:
 * SQLITE_CONSTRAINT …».
 */
function refusalIn(error: unknown): unknown {
  const message = error instanceof Error ? error.message : '';
  const [, said = ''] = /^(?:D1_ERROR: )?(.*?)(?:: SQLITE_CONSTRAINT.*)?$/.exec(message) ?? [];
  const by = RAISES.find(name => name === said);
  if (by) return new Raised(by, error);
  const [, columns] = /^UNIQUE constraint failed: (.+)$/.exec(said) ?? [];
  return columns === undefined ? error : new Clash(columns, error);
}

type Reads = Record<string, Read<unknown>>;
export type Answers<R extends Reads> = { [K in keyof R]: R[K] extends Read<infer T> ? T : never };

/** Runs all reads in one round trip and returns the results under the same names. */
export async function ask<R extends Reads>(db: Database, reads: R): Promise<Answers<R>> {
  const [answers] = await askTogether(db, reads, {});
  return answers;
}

/** Two groups of reads in one round trip. */
export async function askTogether<A extends Reads, B extends Reads>(db: Database, a: A, b: B): Promise<[Answers<A>, Answers<B>]> {
  const asked = [...Object.values(a), ...Object.values(b)].filter(({ sql }) => sql !== '');
  const results = asked.length === 0 ? [] : await db.batch(asked);
  const rows = new Map(asked.map((read, i) => [read, results[i]?.rows ?? []]));
  return [taken(a, rows), taken(b, rows)];
}

const taken = <R extends Reads>(reads: R, rows: ReadonlyMap<Read<unknown>, Row[]>): Answers<R> =>
  Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, read.take(rows.get(read) ?? [])])) as Answers<R>;

/** One read in its own round trip. */
export async function askOne<T>(db: Database, read: Read<T>): Promise<T> {
  const { answer } = await ask(db, { answer: read });
  return answer;
}

/** Writes all statements or none. Returns the number of changed rows of each. Throws Raised or Clash, see `raised` and `isClash`. */
export async function write(db: Database, writes: readonly Write[]): Promise<number[]> {
  const results = await db.batch(writes);
  return results.map(({ changes }) => changes);
}

/** A write inside a batch of reads: a journal row, or a row that the next read of the batch returns. */
export const alongside = ({ sql, args }: Write): Read<null> => ({ sql, args, take: () => null });

/** An answer that is known without a statement, among the reads of a page. */
export const given = <T>(answer: T): Read<T> => ({ sql: '', args: [], take: () => answer });

/** The name in `names` that a trigger raised; null when the error is another one. */
export const raised = <K extends Raise>(error: unknown, names: readonly K[]): K | null =>
  error instanceof Raised ? (names.find(name => name === error.by) ?? null) : null;

export const isClash = (error: unknown): error is Clash => error instanceof Clash;

/** The first row, or null. */
export const one =
  <T>(take: (row: Row) => T) =>
  (rows: Row[]): T | null =>
    rows[0] ? take(rows[0]) : null;

export const every =
  <T>(take: (row: Row) => T) =>
  (rows: Row[]): T[] =>
    rows.map(take);

/** Whether there is a row. */
export const some = (rows: Row[]): boolean => rows.length > 0;

export const text = (row: Row, column: string): string => String(row[column]);
export const textOrNull = (row: Row, column: string): string | null => (row[column] == null ? null : String(row[column]));
export const number = (row: Row, column: string): number => Number(row[column]);
export const numberOrNull = (row: Row, column: string): number | null => (row[column] == null ? null : Number(row[column]));
export const both = (row: Row, column: string): { ru: string; en: string } => ({
  ru: text(row, `${column}_ru`),
  en: text(row, `${column}_en`),
});
