// What is the same for everybody, in the memory of an isolate: read together with a page when it is too old, so that most pages ask D1 only for what
// is somebody's own. directory.ts and offered.ts each keep one thing.
import type { Database } from '../data/db.ts';

export interface Memory<T> {
  /** What is kept; null when it must be read again. `now` is ms. */
  readonly fresh: (db: Database, now: number) => T | null;
  readonly keep: (db: Database, value: T, now: number) => T;
  /** What was kept last, however old; null before the first. */
  readonly last: (db: Database) => T | null;
}

/** A memory that gives nothing out once it is `freshMs` old. */
export function memory<T>(freshMs: number): Memory<T> {
  const kept = new WeakMap<Database, { readonly value: T; readonly at: number }>();
  return {
    fresh: (db, now) => {
      const found = kept.get(db);
      return found && found.at <= now && now < found.at + freshMs ? found.value : null;
    },
    last: db => kept.get(db)?.value ?? null,
    keep: (db, value, now) => {
      kept.set(db, { value, at: now });
      return value;
    },
  };
}
