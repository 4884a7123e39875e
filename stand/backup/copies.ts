// Copies of single files: a SQLite database while somebody writes to it, and the objects of R2. Called by take.ts.
import { chmodSync, copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

/** More pages than a database has: one step reads all of them in one read transaction, so a writer neither waits nor makes it begin again. */
const EVERY_PAGE = 2 ** 31 - 1;

/**
 * Copies a database as it is at one instant, with SQLite's own backup, which copies pages: virtual tables, triggers and row ids stay as they
 * are. The copy is one file, without a journal beside it. Throws an Error with a sentence when the database is damaged.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(source, to, { rate: EVERY_PAGE });
  } finally {
    source.close();
  }
  const copy = new DatabaseSync(to);
  try {
    copy.exec('PRAGMA journal_mode = DELETE');
    const said = copy
      .prepare('PRAGMA quick_check')
      .all()
      .map(row => String(row['quick_check']));
    if (said.join() !== 'ok') throw new Error(`The database ${from} is damaged: ${said.slice(0, 3).join('; ')}`);
  } finally {
    copy.close();
  }
  chmodSync(to, 0o600);
}

export interface StoredFile {
  readonly key: string;
  readonly blob: string;
  readonly bytes: number;
}

/** The objects of R2 by an index of Miniflare. Throws an Error for an object in parts, which the product never stores. */
export function filesIn(index: string): StoredFile[] {
  const database = new DatabaseSync(index, { readOnly: true });
  try {
    return database
      .prepare('SELECT key, blob_id, size FROM _mf_objects ORDER BY key')
      .all()
      .map(({ key, blob_id, size }) => {
        if (typeof blob_id !== 'string' || !/^\w+$/.test(blob_id))
          throw new Error(`The file ${String(key)} in R2 is stored in parts, which is not supported.`);
        return { key: String(key), blob: blob_id, bytes: Number(size) };
      });
  } finally {
    database.close();
  }
}

export type Copied = { readonly kind: 'copied' } | { readonly kind: 'missing'; readonly key: string };

/** Copies the bytes of every object to its key below `to`. `missing` when one is not there: it was deleted meanwhile, or it is lost. */
export function copyFiles(files: readonly StoredFile[], blobs: string, to: string): Copied {
  for (const { key, blob, bytes } of files) {
    const [from, file] = [join(blobs, blob), join(to, key)];
    if (!existsSync(from)) return { kind: 'missing', key };
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    copyFileSync(from, file);
    chmodSync(file, 0o600);
    if (statSync(file).size !== bytes)
      throw new Error(`The file ${key} in R2 has ${statSync(file).size} bytes and not ${bytes}: it is damaged.`);
  }
  return { kind: 'copied' };
}

export function forget(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
