// Puts a backup into a stand that does not run: checks it, makes the new store beside the old one with the migrations of today, and changes the
// two only then. Called by restore.ts.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { resumes } from '../../worker/data/resumptions.ts';
import { applyMigrations } from '../preparation.ts';
import { endLeftovers } from '../run-state.ts';
import { secretsKept } from '../secrets.ts';
import { filesIn } from './copies.ts';
import { endRestore, exchange, forgetMaking, makingIn } from './exchange.ts';
import { checkContents, checkMigrations, DATABASE, FILE_INDEX, FILES, type Manifest, printsOf, readManifest, ROOMS } from './manifest.ts';
import { namesIn, placesIn } from './places.ts';
import { factsIn } from './take.ts';

export interface Order {
  readonly root: string;
  /** The folder of the stand. */
  readonly dir: string;
  /** The folder of the backup. */
  readonly folder: string;
  /** Whether what the stand holds now may be put aside. */
  readonly mayReplace: boolean;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly migrated: readonly string[];
  /** How many workflows the outbox will start. */
  readonly resumed: number;
  /** Where the old state is; null when there was none. */
  readonly aside: string | null;
  /** Ids of the keys with which the backup is sealed, and which the stand does not have. */
  readonly missingKeys: readonly string[];
}

/** Throws an Error with a sentence when it cannot be restored; then nothing was changed. */
export async function restoreBackup(order: Order, say: (line: string) => void): Promise<Restored> {
  const { root, dir, folder, mayReplace } = order;
  const manifest = readManifest(folder);
  const known = readdirSync(join(root, 'worker/data/migrations')).filter(name => name.endsWith('.sql'));
  checkMigrations(manifest, known);
  checkNames(manifest, root);
  say('Checking the backup …');
  await checkContents(folder, manifest);
  checkIndex(folder, manifest);
  endLeftovers(dir);
  endRestore(dir, say);
  const held = heldIn(dir);
  if (held.length > 0 && !mayReplace)
    throw new Error(`The stand in ${dir} is not empty. With --replace what it holds is put aside, and the backup takes its place.`);

  const making = makingIn(dir);
  try {
    const database = putInto(making, manifest, folder, root);
    const migrations = known.filter(name => !manifest.migrations.includes(name)).sort();
    if (migrations.length > 0) {
      say('Applying the migrations that the backup does not have …');
      await applyMigrations(root, making);
    }
    const resumed = resume(database);
    const aside = exchange(dir, basename(making), held);
    return { manifest, migrated: migrations, resumed, aside, missingKeys: missingKeys(manifest, dir) };
  } finally {
    forgetMaking(dir);
  }
}

/** Miniflare makes the names of its files from these, so it would not find them under others. */
function checkNames({ names }: Manifest, root: string): void {
  const here = namesIn(root);
  if (names.worker !== here.worker || names.database !== here.database || names.bucket !== here.bucket)
    throw new Error(
      `The backup is of another clinic: wrangler.toml had the names ${Object.values(names).join(', ')}, and has ${Object.values(here).join(', ')}.`,
    );
}

/** What the manifest says must be in the databases too, and each object in the index of R2 must have its bytes. */
function checkIndex(folder: string, { migrations, contents, rows }: Manifest): void {
  const found = factsIn(join(folder, DATABASE));
  if (found.migrations.join() !== migrations.join() || JSON.stringify(found.rows) !== JSON.stringify(rows))
    throw new Error('The manifest says something else than the database of the backup: they do not belong together.');
  const listed = new Set(contents.map(({ path }) => path));
  const files = listed.has(FILE_INDEX) ? filesIn(join(folder, FILE_INDEX)) : [];
  const lost = files.find(({ key }) => !listed.has(`${FILES}/${key}`));
  if (lost !== undefined) throw new Error(`The backup is not whole: the file ${lost.key} is in the index of R2 and not in the backup.`);
}

/** What belongs to the state of a clinic, and is there. Letters and payments of the emulators stay: they are not the clinic's. */
const heldIn = (dir: string): string[] => {
  const own = /^(wrangler|temporal\.db(-wal|-shm)?|\.done-(migrations|clinic))$/;
  return existsSync(dir) ? readdirSync(dir).filter(name => own.test(name)) : [];
};

/** Lays the files out as Miniflare expects them. Returns the path of the database. */
function putInto(store: string, { stored, contents }: Manifest, folder: string, root: string): string {
  const places = placesIn(store, namesIn(root));
  const database = join(places.database, stored.database);
  const copy = (path: string, to: string) => {
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(folder, path), to);
  };
  copy(DATABASE, database);
  for (const { path } of contents) if (path.startsWith(`${ROOMS}/`)) copy(path, join(places.rooms, path.slice(ROOMS.length + 1)));
  if (contents.some(({ path }) => path === FILE_INDEX)) {
    copy(FILE_INDEX, join(places.fileIndex, stored.fileIndex));
    for (const { key, blob } of filesIn(join(folder, FILE_INDEX))) copy(`${FILES}/${key}`, join(places.blobs, blob));
  }
  return database;
}

/** Temporal's own database is not in a backup. Returns how many workflows will be started. */
function resume(file: string): number {
  const database = new DatabaseSync(file);
  const now = Date.now();
  try {
    database.exec('BEGIN');
    for (const statement of resumes(now)) database.exec(statement);
    database.exec('COMMIT');
    const started = database.prepare("SELECT count(*) AS n FROM outbox WHERE delivered_at IS NULL AND message_id LIKE 'resume:%'").get();
    return Number(started?.['n']);
  } finally {
    database.close();
  }
}

function missingKeys({ keys }: Manifest, dir: string): string[] {
  const here = printsOf(process.env['DATA_KEYS'] || (secretsKept(dir).DATA_KEYS ?? ''));
  return keys.filter(({ id, print }) => !here.some(key => key.id === id && key.print === print)).map(({ id }) => id);
}
