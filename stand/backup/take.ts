// Takes a backup of a stand, while it runs or not: the database first, then the files that its rows name, then the rooms. Everything is made
// beside the folder and gets its name at the end, so a folder with that name is a whole backup. Called by backup.ts.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { secretsKept } from '../secrets.ts';
import { copyDatabase, copyFiles, filesIn, forget } from './copies.ts';
import { type Content, contentOf, DATABASE, FILE_INDEX, FILES, MANIFEST, type Manifest, printsOf, ROOMS } from './manifest.ts';
import { databasesIn, namesIn, onlyDatabaseIn, type Places, placesIn, storeIn } from './places.ts';

export interface Order {
  readonly root: string;
  /** The folder of the stand. */
  readonly dir: string;
  /** The folder to make. */
  readonly folder: string;
}

/** Throws an Error with a sentence when it cannot be taken; then nothing is left. */
export async function takeBackup({ root, dir, folder }: Order): Promise<Manifest> {
  if (existsSync(folder)) throw new Error(`${folder} exists already: name a new folder, a backup is never overwritten.`);
  if (!existsSync(dirname(folder))) throw new Error(`There is no folder ${dirname(folder)}.`);
  if (!existsSync(storeIn(dir))) throw new Error(`There is nothing to back up in ${dir}: the stand has never run there.`);
  const making = `${folder}.part-${process.pid}`;
  forget(making);
  mkdirSync(making, { mode: 0o700 });
  try {
    const manifest = await copied(root, dir, making);
    writeFileSync(join(making, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(making, folder);
    return manifest;
  } catch (error) {
    forget(making);
    throw error;
  }
}

async function copied(root: string, dir: string, making: string): Promise<Manifest> {
  const names = namesIn(root);
  const places = placesIn(storeIn(dir), names);
  const madeAt = new Date().toISOString();
  const database = onlyDatabaseIn(places.database);
  await copyDatabase(database, join(making, DATABASE));
  const [fileIndex, files] = await copiedFiles(places, making);
  const rooms = await copiedRooms(places, making);
  const paths = [DATABASE, ...(fileIndex === '' ? [] : [FILE_INDEX]), ...files.map(({ key }) => `${FILES}/${key}`), ...rooms];
  const contents: Content[] = [];
  for (const path of paths) contents.push(await contentOf(making, path));
  return {
    format: 1,
    madeAt,
    ...factsIn(join(making, DATABASE)),
    names,
    stored: { database: basename(database), fileIndex: fileIndex || 'none' },
    keys: printsOf(process.env['DATA_KEYS'] || (secretsKept(dir).DATA_KEYS ?? '')),
    rooms: rooms.filter(path => basename(path) !== 'metadata.sqlite').length,
    files: { count: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
    contents,
  };
}

const TRIES = 5;

/** An object that is deleted between the copy of the index and the copy of its bytes is not in the next copy of the index. */
async function copiedFiles(places: Places, making: string) {
  if (databasesIn(places.fileIndex).every(name => name === 'metadata.sqlite')) return ['', []] as const;
  const from = onlyDatabaseIn(places.fileIndex);
  for (let tries = 1; ; tries++) {
    for (const path of [FILE_INDEX, FILES]) forget(join(making, path));
    await copyDatabase(from, join(making, FILE_INDEX));
    const files = filesIn(join(making, FILE_INDEX));
    const end = copyFiles(files, places.blobs, join(making, FILES));
    if (end.kind === 'copied') return [basename(from), files] as const;
    if (tries === TRIES) throw new Error(`The file ${end.key} is in the index of R2, and its bytes are lost.`);
  }
}

/** The memory of each room, and Miniflare's list of their alarms. */
async function copiedRooms({ rooms }: Places, making: string): Promise<string[]> {
  const names = databasesIn(rooms);
  if (names.length > 0) mkdirSync(join(making, ROOMS), { mode: 0o700 });
  for (const name of names) await copyDatabase(join(rooms, name), join(making, ROOMS, name));
  return names.map(name => `${ROOMS}/${name}`);
}

/** The migrations that a database has, and how many rows are in each table. */
export function factsIn(file: string): Pick<Manifest, 'migrations' | 'rows'> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const texts = (sql: string) =>
      database
        .prepare(sql)
        .all()
        .map(row => String(row['name']));
    const tables = texts("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
    return {
      migrations: texts('SELECT name FROM d1_migrations ORDER BY id'),
      rows: Object.fromEntries(tables.map(table => [table, Number(database.prepare(`SELECT count(*) AS n FROM "${table}"`).get()?.['n'])])),
    };
  } finally {
    database.close();
  }
}
