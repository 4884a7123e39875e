// Where the stand keeps what the clinic has stored: Miniflare's files of D1, R2 and the durable objects. Their names follow from names in
// wrangler.toml, so a backup remembers those. Called by take.ts, restore.ts and stand/clinic/load.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Names {
  readonly worker: string;
  readonly database: string;
  readonly bucket: string;
}

/** The names in wrangler.toml from which Miniflare makes the names of its files. */
export function namesIn(root: string): Names {
  const text = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  const named = (key: string): string => {
    const value = new RegExp(`^${key} = "([^"]+)"`, 'm').exec(text)?.[1];
    if (value === undefined) throw new Error(`wrangler.toml has no ${key}.`);
    return value;
  };
  return { worker: named('name'), database: named('database_id'), bucket: named('bucket_name') };
}

export interface Places {
  readonly database: string;
  readonly rooms: string;
  /** The folder of the index of R2's objects, and the folder of their bytes. */
  readonly fileIndex: string;
  readonly blobs: string;
}

/** `store` is the folder that wrangler calls «persist to». */
export const placesIn = (store: string, names: Names): Places => ({
  database: join(store, 'v3/d1/miniflare-D1DatabaseObject'),
  rooms: join(store, `v3/do/${names.worker}-Room`),
  fileIndex: join(store, 'v3/r2/miniflare-R2BucketObject'),
  blobs: join(store, `v3/r2/${names.bucket}/blobs`),
});

export const storeIn = (dir: string): string => join(dir, 'wrangler');

/** Every SQLite file of a folder by its name; none when there is no folder. `metadata.sqlite` is Miniflare's own. */
export const databasesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(name => name.endsWith('.sqlite'))
        .sort()
    : [];

/** The file of the one database in a folder. Throws an Error with a sentence when there is none, or there are several. */
export function onlyDatabaseIn(folder: string): string {
  const [name, ...others] = databasesIn(folder).filter(file => file !== 'metadata.sqlite');
  if (name === undefined) throw new Error(`There is no database in ${folder}.`);
  if (others.length > 0)
    throw new Error(`There are ${others.length + 1} databases in ${folder}, and nothing says which one is the clinic's.`);
  return join(folder, name);
}
