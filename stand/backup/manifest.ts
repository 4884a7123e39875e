// The manifest of a backup: what is in it, from which schema, with the size and SHA-256 of each file. take.ts writes it, restore.ts reads it and
// checks every file before anything is touched.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

/** The folders and files of a backup. */
export const MANIFEST = 'manifest.json';
export const DATABASE = 'database.sqlite';
export const ROOMS = 'rooms';
export const FILE_INDEX = 'files.sqlite';
export const FILES = 'files';

/** A path inside the backup: relative, and it does not lead out. */
const inside = z.string().refine(path => path !== '' && normalize(path) === path && !/^(\/|\.\.(\/|$))/.test(path));
const count = z.int().nonnegative();

const Manifest = z.object({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** The migrations that the database has, in order. */
  migrations: z.array(z.string()).min(1),
  names: z.object({ worker: z.string(), database: z.string(), bucket: z.string() }),
  /** Miniflare's names of the two files whose names in the backup are plainer. */
  stored: z.object({ database: inside, fileIndex: inside }),
  /** The DATA_KEYS with which rows are sealed: the id, and a part of the hash. The keys themselves are not in a backup. */
  keys: z.array(z.object({ id: z.string(), print: z.string() })),
  rows: z.record(z.string(), count),
  rooms: count,
  files: z.object({ count, bytes: count }),
  contents: z.array(z.object({ path: inside, bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

export type Manifest = z.output<typeof Manifest>;
export type Content = Manifest['contents'][number];

/** Throws an Error with a sentence when the folder is not a backup, or not one that this version can read. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) throw new Error(`${folder} is not a backup: it has no ${MANIFEST}.`);
  const read = Manifest.safeParse(jsonIn(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  throw new Error(`${file} cannot be read: it is damaged, or it was written by a newer version of this program.`);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Throws an Error with a sentence about the first file that is missing or has other bytes. */
export async function checkContents(folder: string, { contents }: Manifest): Promise<void> {
  for (const { path, bytes, sha256 } of contents) {
    const file = join(folder, path);
    if (!existsSync(file)) throw new Error(`The backup is not whole: ${path} is missing.`);
    const found = statSync(file).size;
    if (found !== bytes) throw new Error(`The backup is damaged: ${path} has ${found} bytes and not ${bytes}.`);
    if ((await sha256Of(file)) !== sha256) throw new Error(`The backup is damaged: ${path} has other bytes than when it was made.`);
  }
}

export async function contentOf(folder: string, path: string): Promise<Content> {
  const file = join(folder, path);
  return { path, bytes: statSync(file).size, sha256: await sha256Of(file) };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Throws an Error with a sentence when the database of the backup is newer than the migrations of this program. */
export function checkMigrations({ migrations }: Manifest, known: readonly string[]): void {
  const unknown = migrations.filter(name => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(
    `The backup is of a newer version: this program does not know the migration${unknown.length > 1 ? 's' : ''} ${unknown.join(', ')}. Restore it with the version that made it, or a later one.`,
  );
}

/** Parses «id:base64,id:base64» into what a manifest may hold about keys. */
export const printsOf = (keys: string): Manifest['keys'] =>
  keys
    .split(',')
    .map(key => key.trim().split(':'))
    .flatMap(([id = '', key]) =>
      key === undefined ? [] : [{ id, print: createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 16) }],
    );
