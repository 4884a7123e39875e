// The archive of a card as other programs read it: from the stream, as Java does, and by its directory. Programs that this machine does not have are
// left out; the strict reader below is always there.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Packed, textFile, zipped } from '../../worker/card/archive.ts';

const run = promisify(execFile);
const CASES = join(import.meta.dirname, '../cases');
const AT = Date.parse('2026-11-24T22:30:10Z');
const ZONE = 'Europe/Moscow';

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
const file = (path: string, content: Uint8Array<ArrayBuffer>): Packed => ({ path, at: AT, open: async () => new Blob([content]).stream() });
const FILES = {
  'files/2026-11-25 анализ крови.pdf': bytes(300_000),
  'files/2026-11-25 пусто.txt': bytes(0),
  'protocols/2026-11-25-protokol-v1.pdf': bytes(70_001),
};

let folder: string;
let path: string;
let archive: Buffer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
  path = join(folder, 'card.zip');
  const packed = [...Object.entries(FILES).map(([name, content]) => file(name, content)), textFile('index.html', AT, () => 'Карта')];
  archive = Buffer.from(await new Response(zipped(packed, ZONE)).arrayBuffer());
  writeFileSync(path, archive);
});
afterAll(() => rmSync(folder, { recursive: true }));

const SIZES = { ...Object.fromEntries(Object.entries(FILES).map(([name, content]) => [name, content.length])), 'index.html': 10 };
const has = (command: string) => spawnSync(command, ['--help']).error === undefined;

describe('the archive of a card', () => {
  test('is read from the stream: each entry is deflated, so that its end is known before its length', () => {
    expect(Object.fromEntries(streamed(archive).map(({ name, content }) => [name, content.length]))).toEqual(SIZES);
    for (const { name, content } of streamed(archive))
      if (name in FILES) expect(content.equals(Buffer.from(FILES[name as keyof typeof FILES]))).toBe(true);
  });

  test('has the times of the clinic', () => {
    expect(streamed(archive)[0]?.time).toEqual([2026, 11, 25, 1, 30, 10]);
  });

  test.runIf(has('java'))('is read by Java’s stream reader', async () => {
    const { stdout } = await run('java', ['-Dstdout.encoding=UTF-8', '-Dfile.encoding=UTF-8', join(CASES, 'ZipStream.java'), path]);

    expect(stdout.trim().split('\n')).toEqual(Object.entries(SIZES).map(([name, size]) => `${name} ${size}`));
  });

  test('is read by Python', async () => {
    const script =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; [print(i.filename, i.file_size, *i.date_time) for i in z.infolist()]';
    const { stdout } = await run('python3', ['-c', script, path], { env: { ...process.env, PYTHONIOENCODING: 'utf-8' } });

    expect(stdout.trim().split('\n')).toEqual(Object.entries(SIZES).map(([name, size]) => `${name} ${size} 2026 11 25 1 30 10`));
  });

  test.runIf(has('unzip'))('is read by unzip', async () => {
    expect((await run('unzip', ['-t', path])).stdout).toContain('No errors detected');
  });

  test.runIf(has('7z'))('is read by 7z', async () => {
    expect((await run('7z', ['t', path])).stdout).toContain('Everything is Ok');
  });
});

/** Reads local headers one after another, without the directory at the end, and refuses what a stream cannot know. */
function streamed(zip: Buffer): { name: string; content: Buffer; time: number[] }[] {
  const entries = [];
  let at = 0;
  while (zip.readUInt32LE(at) === 0x04034b50) {
    const [flags, method, time, date] = [6, 8, 10, 12].map(offset => zip.readUInt16LE(at + offset)) as [number, number, number, number];
    const [nameBytes, extraBytes] = [zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)];
    const name = zip.toString('utf8', at + 30, at + 30 + nameBytes);
    if (method !== 8) throw new Error(`${name}: only DEFLATED entries can have EXT descriptor`);
    const from = at + 30 + nameBytes + extraBytes;
    const { buffer, engine } = inflateRawSync(zip.subarray(from), { info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    at = from + engine.bytesWritten;
    if ((flags & 8) !== 0) {
      expect(zip.readUInt32LE(at)).toBe(0x08074b50);
      expect(zip.readUInt32LE(at + 12)).toBe(buffer.length);
      at += 16;
    }
    const clock = [1980 + (date >> 9), (date >> 5) & 15, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2];
    entries.push({ name, content: buffer, time: clock });
  }
  expect(zip.readUInt32LE(at)).toBe(0x02014b50);
  return entries;
}
