// Backup and restore of what a stand stores, without a running one: what comes back, what is refused, and that a refusal changes nothing.
import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyDatabase } from '../../stand/backup/copies.ts';
import { endRestore } from '../../stand/backup/exchange.ts';
import { restoreBackup } from '../../stand/backup/put-back.ts';
import { takeBackup } from '../../stand/backup/take.ts';
import { up } from '../../stand/up.ts';
import { everythingIn, MIGRATIONS, pathOf, ROOT, storeClinic, storedIn } from './stored.ts';

let base: string;
let from: string;
let to: string;
let folder: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'backup-'));
  [from, to, folder] = [join(base, 'from'), join(base, 'to'), join(base, 'backup')];
  for (const dir of [from, to]) mkdirSync(dir);
  storeClinic(from);
});
afterEach(() => rmSync(base, { recursive: true }));

const take = () => takeBackup({ root: ROOT, dir: from, folder });
const restore = (mayReplace = false) => restoreBackup({ root: ROOT, dir: to, folder, mayReplace }, () => undefined);

describe('a backup', () => {
  test('comes back as it was: rows, triggers, views, indexes, the words of the search, files, rooms', async () => {
    await take();
    await restore();

    const [old, restored] = [pathOf(from), pathOf(to)];
    expect(storedIn(restored.database)).toEqual(storedIn(old.database));
    expect(everythingIn(restored.fileIndex)).toEqual(everythingIn(old.fileIndex));
    expect(everythingIn(restored.room)).toEqual(everythingIn(old.room));
    for (const blob of ['b1', 'b2']) expect(readFileSync(restored.blob(blob))).toEqual(readFileSync(old.blob(blob)));
    const database = new DatabaseSync(restored.database);
    expect(database.prepare("SELECT protocol_id FROM card_words WHERE card_words MATCH 'кашл'").all()).toEqual([{ protocol_id: 'p' }]);
    database.close();
  });

  test('can be read by its owner only, and holds no key', async () => {
    writeFileSync(join(from, 'secrets.json'), JSON.stringify({ DATA_KEYS: `data1:${Buffer.alloc(32, 7).toString('base64')}` }));
    await take();

    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    for (const file of files) expect(statSync(join(file.parentPath, file.name)).mode & 0o777).toBe(file.isFile() ? 0o600 : 0o700);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const manifest = readFileSync(join(folder, 'manifest.json'), 'utf8');
    expect(JSON.parse(manifest).keys).toEqual([{ id: 'data1', print: expect.stringMatching(/^[0-9a-f]{16}$/) }]);
    expect(manifest).not.toContain(Buffer.alloc(32, 7).toString('base64'));
  });

  test('is never written over another one, and one that fails leaves nothing', async () => {
    await take();
    await expect(take()).rejects.toThrow('exists already');
    rmSync(folder, { recursive: true });
    rmSync(pathOf(from).blob('b2'));

    await expect(take()).rejects.toThrow('The file protocols/h.pdf is in the index of R2, and its bytes are lost.');

    expect(readdirSync(base).sort()).toEqual(['from', 'to']);
  });

  test('is of one instant while the clinic writes', async () => {
    const file = pathOf(from).database;
    const writer = new DatabaseSync(file);
    writer.exec('PRAGMA synchronous = OFF');
    writer.exec('CREATE TABLE one (n INTEGER); CREATE TABLE other (n INTEGER, filling TEXT)');
    const writes = (n: number) => {
      writer.exec(`BEGIN; INSERT INTO one VALUES (${n}); INSERT INTO other VALUES (${n}, '${'x'.repeat(5_000)}'); COMMIT`);
    };
    for (let n = 0; n < 2_000; n++) writes(n);

    let isCopied = false;
    const copying = copyDatabase(file, join(base, 'copy.sqlite')).then(() => {
      isCopied = true;
    });
    let written = 2_000;
    while (!isCopied) {
      writes(written++);
      await new Promise(resolve => setImmediate(resolve));
    }
    await copying;

    writer.close();
    const copy = new DatabaseSync(join(base, 'copy.sqlite'));
    const { one, other } = copy.prepare('SELECT (SELECT count(*) FROM one) AS one, (SELECT count(*) FROM other) AS other').get() ?? {};
    copy.close();
    expect(one).toBe(other);
    expect(Number(one)).toBeGreaterThanOrEqual(2_000);
    expect(written).toBeGreaterThan(2_000);
  });
});

describe('a restored stand', () => {
  test('of an older schema is migrated as any other database, and keeps its rows', async () => {
    rmSync(join(from, 'wrangler'), { recursive: true });
    storeClinic(from, MIGRATIONS.slice(0, -1));
    await take();

    const { migrated } = await restore();

    storeClinic(base);
    const [restored, today] = [everythingIn(pathOf(to).database), everythingIn(pathOf(base).database)];
    expect(migrated).toEqual(MIGRATIONS.slice(-1));
    const own = (rows: typeof today) => rows['schema']?.filter(({ name }) => !/^(d1_|sqlite_|_cf_)/.test(String(name)));
    expect(own(restored)).toEqual(own(today));
    expect(restored['specialty']).toEqual(today['specialty']);
  });

  test('replaces another state only when told so, and puts that aside, with Temporal’s own', async () => {
    await take();
    storeClinic(to);
    writeFileSync(pathOf(to).blob('b3'), 'another');
    writeFileSync(join(to, 'temporal.db'), 'workflows');
    writeFileSync(join(to, '.done-migrations'), 'stamp');
    writeFileSync(join(to, 'mail.json'), 'letters');

    await expect(restore()).rejects.toThrow('is not empty');
    expect(existsSync(pathOf(to).blob('b3'))).toBe(true);
    const { aside } = await restore(true);

    expect(existsSync(pathOf(to).blob('b3'))).toBe(false);
    expect(readdirSync(aside ?? '').sort()).toEqual(['.done-migrations', 'temporal.db', 'wrangler']);
    expect(existsSync(pathOf(aside ?? '').blob('b3'))).toBe(true);
    expect(readdirSync(to).filter(name => !name.startsWith('before-restore-'))).toEqual(['mail.json', 'wrangler']);
  });

  test('says which keys are missing to open what is sealed', async () => {
    const secrets = (byte: number) => JSON.stringify({ DATA_KEYS: `data1:${Buffer.alloc(32, byte).toString('base64')}` });
    writeFileSync(join(from, 'secrets.json'), secrets(1));
    await take();
    writeFileSync(join(to, 'secrets.json'), secrets(2));
    expect((await restore()).missingKeys).toEqual(['data1']);

    writeFileSync(join(to, 'secrets.json'), secrets(1));

    expect((await restore(true)).missingKeys).toEqual([]);
  });
});

/** Runs `npm run restore` and kills it, as `kill -9` does, when it has renamed so often. */
function killedAfter(renames: number): Promise<unknown> {
  const killer = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module'; const { renameSync } = fs; let left = ${renames};
    fs.renameSync = (...args) => left-- > 0 ? renameSync(...args) : process.kill(process.pid, 'SIGKILL'); syncBuiltinESMExports();`;
  const preload = `data:text/javascript,${encodeURIComponent(killer)}`;
  const args = ['--import', preload, join(ROOT, 'stand/backup/restore.ts'), folder, '--replace'];
  return promisify(execFile)(process.execPath, args, { env: { ...process.env, STAND_DIR: to } });
}

describe('a restore that is killed', () => {
  const kept = () => readdirSync(to).filter(name => !name.startsWith('before-restore-'));
  beforeEach(async () => {
    await take();
    storeClinic(to);
    writeFileSync(pathOf(to).blob('b3'), 'another');
    writeFileSync(join(to, '.done-clinic'), 'stamp');
    writeFileSync(join(to, 'temporal.db'), 'workflows');
  });

  test.each([0, 1, 2, 3])('after %i of its renames is finished by the next start, with a sentence', async renames => {
    await expect(killedAfter(renames)).rejects.toMatchObject({ signal: 'SIGKILL' });
    const said: string[] = [];

    endRestore(to, line => said.push(line));

    expect(said).toEqual([expect.stringContaining('A restore had been cut short and is finished now')]);
    expect(kept()).toEqual(['wrangler']);
    expect(storedIn(pathOf(to).database)).toEqual(storedIn(pathOf(from).database));
    const aside = join(to, readdirSync(to).find(name => name.startsWith('before-restore-')) ?? '');
    expect(readdirSync(aside).sort()).toEqual(['.done-clinic', 'temporal.db', 'wrangler']);
    expect(existsSync(pathOf(aside).blob('b3'))).toBe(true);
    endRestore(to, line => said.push(line));
    expect(said).toHaveLength(1);
  });

  test('is finished before `npm start` opens anything, and before another restore', async () => {
    await expect(killedAfter(3)).rejects.toMatchObject({ signal: 'SIGKILL' });
    await expect(restore()).rejects.toThrow('is not empty');
    expect(kept()).toEqual(['wrangler']);

    await expect(killedAfter(1)).rejects.toMatchObject({ signal: 'SIGKILL' });
    const taken = createServer().listen(0);
    const { port } = taken.address() as AddressInfo;
    await expect(up({ dir: to, quiet: true, ports: { WORKER: port }, settings: { TEMPORAL_ADDRESS: 'none' } })).rejects.toThrow(
      String(port),
    );
    taken.close();
    expect(kept()).toEqual(['logs', 'wrangler']);
    expect(existsSync(pathOf(to).database)).toBe(true);
  });

  test('before it could write down its renames leaves the old state, and no copy of the backup', () => {
    mkdirSync(join(to, '.restoring-999999999'));
    writeFileSync(join(to, 'restoring.json'), '{"by":');

    endRestore(to, () => undefined);

    expect(readdirSync(to).sort()).toEqual(['.done-clinic', 'temporal.db', 'wrangler']);
    expect(existsSync(pathOf(to).blob('b3'))).toBe(true);
  });

  test('is not taken over while it is still at work', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()', 'restore.ts']);
    mkdirSync(join(to, `.restoring-${other.pid}`));
    try {
      await expect(restore(true)).rejects.toThrow(`as process ${other.pid}: wait for its end`);
    } finally {
      other.kill('SIGKILL');
    }
    expect(kept()).toContain(`.restoring-${other.pid}`);
  });
});

const manifestOf = () => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
const rewrite = (change: object) => writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifestOf(), ...change }));

const BROKEN: readonly [what: string, breaks: () => void, sentence: string | RegExp][] = [
  ['that is another folder', () => rmSync(join(folder, 'manifest.json')), 'is not a backup: it has no manifest.json'],
  ['whose manifest was cut', () => truncateSync(join(folder, 'manifest.json'), 100), 'cannot be read'],
  ['of another format', () => rewrite({ format: 2 }), 'written by a newer version'],
  ['whose manifest leads out of its folder', () => rewrite({ stored: { database: '../../x', fileIndex: 'y' } }), 'cannot be read'],
  ['whose database was cut', () => truncateSync(join(folder, 'database.sqlite'), 8192), /database\.sqlite has 8192 bytes and not \d+/],
  [
    'whose room has other bytes',
    () => writeFileSync(join(folder, 'rooms/a1b2.sqlite'), Buffer.alloc(8192)),
    /rooms\/a1b2\.sqlite has other bytes/,
  ],
  ['of which a file is missing', () => rmSync(join(folder, 'files/cards/p/1')), 'files/cards/p/1 is missing'],
  [
    'whose manifest has forgotten a file',
    () => rewrite({ contents: manifestOf().contents.filter(({ path }: { path: string }) => path !== 'files/protocols/h.pdf') }),
    'the file protocols/h.pdf is in the index of R2 and not in the backup',
  ],
  ['of a newer version', () => rewrite({ migrations: [...MIGRATIONS, '9999_later.sql'] }), 'does not know the migration 9999_later.sql'],
  ['of another clinic', () => rewrite({ names: { ...manifestOf().names, database: 'other' } }), 'of another clinic'],
  ['with a manifest of another backup', () => rewrite({ rows: {} }), 'they do not belong together'],
];

test.each(BROKEN)('a backup %s is refused, and nothing is changed', async (_, breaks, sentence) => {
  await take();
  breaks();
  storeClinic(to);
  const before = everythingIn(pathOf(to).database);

  await expect(restore(true)).rejects.toThrow(sentence);

  expect(readdirSync(to)).toEqual(['wrangler']);
  expect(everythingIn(pathOf(to).database)).toEqual(before);
});

test('the commands say in a sentence what is wrong, and end with 1', async () => {
  const said = (program: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [join(ROOT, 'stand/backup', program), ...args], {
      env: { ...process.env, STAND_DIR: to },
      cwd: base,
    }).then(
      ({ stdout }) => ({ code: 0, words: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, words: error.stderr }),
    );

  expect(await said('backup.ts')).toEqual({ code: 1, words: 'Name a new folder: npm run backup -- FOLDER\n' });
  expect(await said('backup.ts', 'new')).toEqual({ code: 1, words: expect.stringContaining('There is nothing to back up') });
  expect(await said('restore.ts', 'nowhere')).toEqual({
    code: 1,
    words: expect.stringMatching(/is not a backup.*\nNothing was changed\.\n$/),
  });
  cpSync(join(from, 'wrangler'), join(to, 'wrangler'), { recursive: true });
  chmodSync(base, 0o700);
  expect(await said('backup.ts', 'new')).toEqual({ code: 0, words: expect.stringContaining('2 files with') });
});
