// A stand on which a clinic has worked is backed up, dies, and comes back in another folder with an empty Temporal: everything is there, the
// pages work, and the workflows go on without telling or paying anything twice.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection, type WorkflowExecutionDescription } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databasesIn, namesIn, placesIn, storeIn } from '../../stand/backup/places.ts';
import { secretsKept } from '../../stand/secrets.ts';
import { type Stand, up } from '../../stand/up.ts';
import { parseCodecKeys } from '../../temporal/codec.ts';
import { dataConverterOf } from '../../temporal/data-converter.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { form, meet, PATIENT, reserve } from '../bench/cabinet.ts';
import { until } from '../patience.ts';
import { databaseName, everythingIn, ROOT, storedIn } from './stored.ts';
import { CHAT, COMPLAINTS, PICTURE, type Used, useStand } from './used.ts';

const BASE = 18_600;
const ports = {
  WORKER: BASE + 1,
  HOST: BASE + 2,
  TEMPORAL: BASE + 3,
  CONSOLE: BASE + 4,
  GOSUSLUGI: BASE + 5,
  YOOKASSA: BASE + 6,
  CALLS: BASE + 7,
  MAIL: BASE + 8,
  SIGNER: BASE + 9,
};
/** The doors open a week before, so that a visit can be ended. */
const settings = { CLINIC_JOIN_MINUTES: '10080', CLINIC_WAITING_MINUTES: '10080' };
const started = (dir: string): Promise<Stand> => up({ dir, ports, quiet: true, settings });

let base: string;
let before: string;
let after: string;
let used: Used;
let running: Stand | undefined;
let client: Client;
/** As it was before the end. */
let pdf: Buffer;
let letters: number;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'restore-'));
  [before, after] = [join(base, 'before'), join(base, 'after')];
  running = await started(before);
  used = await useStand(running.urls);
  pdf = Buffer.from(await (await get(`${used.protocol}.pdf`)).arrayBuffer());
  await command('backup', before, 'while-it-ran');
  await until(() => {
    const rows = everythingIn(join(placesOf(before).database, databaseName))['letter'] ?? [];
    const kinds = rows.map(({ kind, consultation_id }) => `${String(kind)} ${String(consultation_id)}`);
    const { tookPlace, ahead, unpaid } = used;
    expect(kinds).toEqual(expect.arrayContaining([`protocolReady ${tookPlace}`, `paid ${ahead}`, `booked ${unpaid}`]));
    expect(rows.filter(({ state }) => state === 'queued')).toEqual([]);
  });
  letters = await lettersSent();
  await running.stop();

  await command('backup', before, 'backup');
  mkdirSync(after);
  // The outside systems go on without us, and keys are kept beside a backup, not in it.
  for (const name of ['secrets', 'gosuslugi', 'yookassa', 'mail', 'signer'])
    copyFileSync(join(before, `${name}.json`), join(after, `${name}.json`));
  await command('restore', after, 'backup');
  const codec = dataConverterOf(parseCodecKeys(secretsKept(after).CODEC_KEYS ?? ''));
  client = new Client({ connection: Connection.lazy({ address: `127.0.0.1:${ports.TEMPORAL}` }), dataConverter: codec });
});
afterAll(async () => {
  await running?.stop();
  await client?.connection.close();
  rmSync(base, { recursive: true, force: true });
});

const command = (name: 'backup' | 'restore', dir: string, folder: string) =>
  promisify(execFile)(process.execPath, [join(ROOT, `stand/backup/${name}.ts`), join(base, folder)], {
    env: { ...process.env, STAND_DIR: dir },
  });

const cabinet = `http://127.0.0.1:${ports.WORKER}`;
const get = (path: string) => fetch(cabinet + path, { headers: { cookie: used.patient, 'accept-language': 'ru' }, redirect: 'manual' });
const page = async (path: string) => (await get(path)).text();

async function lettersSent(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${ports.MAIL}/__stand/letters?to=${PATIENT}`);
  return ((await answer.json()) as unknown[]).length;
}

const placesOf = (dir: string) => placesIn(storeIn(dir), namesIn(ROOT));

describe('the restored folder', () => {
  test('has every row, trigger, view, index and word of the search', () => {
    const [old, restored] = [before, after].map(dir => storedIn(join(placesOf(dir).database, databaseName)));

    expect(old?.['consultation']).toHaveLength(3);
    expect(old?.['card_words']).toHaveLength(1);
    expect(old?.['schema']?.filter(({ type }) => type === 'trigger').length).toBeGreaterThan(50);
    expect(restored).toEqual(old);
  });

  test('has every file of R2 with what is known about it, and the memory of every room', () => {
    for (const name of databasesIn(placesOf(before).fileIndex))
      if (name !== 'metadata.sqlite')
        expect(everythingIn(join(placesOf(after).fileIndex, name))).toEqual(everythingIn(join(placesOf(before).fileIndex, name)));
    const rooms = databasesIn(placesOf(before).rooms);
    expect(rooms.length).toBeGreaterThan(1);
    for (const name of rooms)
      expect(everythingIn(join(placesOf(after).rooms, name))).toEqual(everythingIn(join(placesOf(before).rooms, name)));
  });

  test('a backup that was made while the clinic worked has the same visits', () => {
    const [old, backup] = [join(placesOf(before).database, databaseName), join(base, 'while-it-ran/database.sqlite')].map(everythingIn);

    for (const table of ['consultation', 'hold', 'payment', 'protocol', 'signature', 'card_words', 'card_file', 'room_file'])
      expect(backup?.[table]).toEqual(old?.[table]);
    expect(backup?.['schema']).toEqual(old?.['schema']);
  });
});

describe('the restored stand', () => {
  beforeAll(async () => {
    running = await started(after);
  });

  test('shows the visits to the patient whose session was open', async () => {
    const appointments = await page('/appointments');

    expect(appointments).toContain(`id="consultation-${used.ahead}"`);
    expect(appointments).toContain(`id="consultation-${used.unpaid}"`);
    expect(await page(used.protocol)).toContain(COMPLAINTS);
  });

  test('finds the protocol by its words, and hands out its PDF and the files', async () => {
    const found = await form(`${cabinet}/card/search`, { q: 'насморка' }, used.patient);
    const card = await found.text();

    expect(card).toContain(used.protocol);
    expect(Buffer.from(await (await get(`${used.protocol}.pdf`)).arrayBuffer())).toEqual(pdf);
    const [, file = ''] = /"(\/card\/files\/[0-9a-f-]{36})"/.exec(await page('/card')) ?? [];
    expect(Buffer.from(await (await get(file)).arrayBuffer()).subarray(0, 2)).toEqual(PICTURE.subarray(0, 2));
  });

  test('remembers the chat of a room that is open', async () => {
    const [socket] = await meet({ ...(running as Stand).urls }, used.ahead, [used.patient]);
    const heard = new Promise<string>(resolve => {
      socket?.addEventListener('message', ({ data }) => String(data).includes(CHAT) && resolve(String(data)));
    });
    socket?.send(JSON.stringify({ type: 'hello' }));

    expect(await heard).toContain(CHAT);
    socket?.close();
  });

  test('refuses a time that is taken', async () => {
    await expect(reserve((running as Stand).urls, used.patient, 1)).rejects.toThrow(/was answered with/);
  });

  test('has the workflows again, each in the state of its visit, and nobody gets a letter twice', async () => {
    const of = (id: string): Promise<WorkflowExecutionDescription> => client.workflow.getHandle(workflowIdOf(id)).describe();
    const stateOf = ({ status, searchAttributes }: WorkflowExecutionDescription) => [
      status.name,
      searchAttributes['ConsultationState']?.[0],
    ];
    await until(async () => expect(stateOf(await of(used.ahead))).toEqual(['RUNNING', 'waiting']));
    await until(async () => expect(stateOf(await of(used.unpaid))).toEqual(['RUNNING', 'reserved']));
    await until(async () => expect(stateOf(await of(used.tookPlace))).toEqual(['COMPLETED', 'published']));

    expect(await lettersSent()).toBe(letters);
  });

  test('goes on: a cancelled visit gets its money back and one letter', async () => {
    const address = `/consultations/${used.ahead}/cancellation`;
    const [, returnMinor = ''] = /name="returnMinor" value="(\d+)"/.exec(await page(address)) ?? [];
    await form(cabinet + address, { returnMinor }, used.patient);

    const handle = client.workflow.getHandle(workflowIdOf(used.ahead));
    await until(async () => expect((await handle.describe()).status.name).toBe('COMPLETED'));
    expect(await lettersSent()).toBe(letters + 1);
    expect(await handle.result()).toEqual({ status: 'cancelled', money: 'returned' });
  });
});
