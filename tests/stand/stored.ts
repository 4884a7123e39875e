// A stand's store on disk without a stand: a database made of the migrations, two files in R2, one room, as Miniflare lays them out. Used by the
// tests of backups that need no running clinic.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { namesIn, placesIn, storeIn } from '../../stand/backup/places.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const MIGRATIONS = readdirSync(join(ROOT, 'worker/data/migrations'))
  .filter(name => name.endsWith('.sql'))
  .sort();

/** The names of Miniflare are longer; only what wrangler looks for must be exact (`databaseName`). */
const ROOM = 'a1b2';
/** As Miniflare names the file of the database in wrangler.toml. */
export const databaseName = 'a36f84ea60804f30bb0c7f7cad9f5336a6cca0165abdab8b9241d93dbf0b6006.sqlite';

export const pathOf = (dir: string) => {
  const places = placesIn(storeIn(dir), namesIn(ROOT));
  return {
    database: join(places.database, databaseName),
    fileIndex: join(places.fileIndex, 'f1.sqlite'),
    blob: (id: string) => join(places.blobs, id),
    room: join(places.rooms, `${ROOM}.sqlite`),
  };
};

/** Fills `dir` with a clinic whose database has these migrations. */
export function storeClinic(dir: string, migrations: readonly string[] = MIGRATIONS): void {
  const paths = pathOf(dir);
  const places = placesIn(storeIn(dir), namesIn(ROOT));
  for (const folder of [places.database, places.fileIndex, places.blobs, places.rooms]) mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(paths.database);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TEXT)');
  for (const name of migrations) {
    database.exec(readFileSync(join(ROOT, 'worker/data/migrations', name), 'utf8'));
    database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name);
  }
  database.exec("INSERT INTO specialty (id, name_ru, name_en) VALUES ('s', 'Терапевт', 'General practitioner')");
  database.exec("INSERT INTO card_words (protocol_id, patient_id, stems) VALUES ('p', 'a', 'кашл насморк')");
  database.close();

  const index = new DatabaseSync(paths.fileIndex);
  index.exec('CREATE TABLE _mf_objects (key TEXT PRIMARY KEY, blob_id TEXT, size INTEGER NOT NULL, http_metadata TEXT NOT NULL)');
  for (const [key, blob] of [
    ['cards/p/1', 'b1'],
    ['protocols/h.pdf', 'b2'],
  ] as const) {
    writeFileSync(paths.blob(blob), `bytes of ${key}`);
    index.prepare('INSERT INTO _mf_objects VALUES (?, ?, ?, ?)').run(key, blob, `bytes of ${key}`.length, '{"contentType":"x"}');
  }
  index.close();

  const room = new DatabaseSync(paths.room);
  room.exec("CREATE TABLE chat (seq INTEGER PRIMARY KEY, text TEXT); INSERT INTO chat (text) VALUES ('Здравствуйте')");
  room.close();
}

export type Rows = Readonly<Record<string, unknown>>[];

/** Every row of every table of a SQLite file, and all that its schema has: what two files must have in common. */
export function everythingIn(file: string): Readonly<Record<string, Rows>> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = (sql: string): Rows => {
      const statement = database.prepare(sql);
      statement.setReadBigInts(true);
      return statement.all();
    };
    const tables = rows("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => String(name));
    return {
      schema: rows('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name'),
      ...Object.fromEntries(tables.map(table => [table, sorted(rows(`SELECT * FROM "${table}"`))])),
    };
  } finally {
    database.close();
  }
}

/** The same of a clinic's database, without what a restore writes itself: the lines of the outbox that start the workflows again. */
export function storedIn(file: string): ReturnType<typeof everythingIn> {
  const { outbox: _, sqlite_sequence: __, ...stored } = everythingIn(file);
  return stored;
}

/** Not every table has a key, and a copy may hold its rows in another order. */
const sorted = (rows: Rows): Rows => rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));

const textOf = (row: Rows[number]): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
