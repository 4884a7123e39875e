// Files sent in the room: which are accepted, under which name, and who can read them.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, HOUR } from '../cast.ts';
import { bindings, count } from '../data/d1.ts';
import { enters, freshMeeting, HELLO, type Meeting } from './meeting.ts';
import type { Product } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

describe('files', () => {
  /** One pixel: header and end. */
  const PNG = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAAElFTkSuQmCC'), character => character.charCodeAt(0));
  const hands = (as: CastPerson | null, bytes: Uint8Array<ArrayBuffer>, name = 'снимок.png', type = 'image/png') => {
    const body = new FormData();
    body.set('file', new File([bytes], name, { type }));
    return product.request(`/consultations/${visit.id}/room/files`, { method: 'POST', as, body });
  };

  test('are announced in the room, read by the two, and by nobody else', async () => {
    const anna = await enters(product, visit.id, visit.anna);

    const response = await hands(visit.doctor, PNG);
    const file = (await response.json()) as { id: string };

    expect(response.status).toBe(201);
    expect((await anna.hears('file')).file).toEqual({
      id: file.id,
      from: 'doctor',
      name: 'снимок.png',
      type: 'image/png',
      bytes: PNG.length,
      at: product.now,
    });
    const address = `/consultations/${visit.id}/room/files/${file.id}`;
    const got = await product.get(address, visit.anna);
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(PNG);
    expect(got.headers.get('content-type')).toBe('image/png');
    expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await product.get(address, visit.stranger)).status).toBe(404);
    expect((await product.get(address)).status).toBe(401);
    expect((await product.get(`/consultations/${visit.id}/room/files/${newId()}`, visit.anna)).status).toBe(404);
    anna.says(HELLO);
    expect((await anna.hears('welcome')).files).toHaveLength(1);
  });

  test.each([
    ['a page that calls itself a picture', new TextEncoder().encode('<html>'), 415],
    ['an empty one', new Uint8Array(0), 422],
  ])('%s is refused', async (_, bytes, status) => {
    expect((await hands(visit.anna, bytes)).status).toBe(status);
    expect(await count('SELECT count(*) AS n FROM room_file')).toBe(0);
  });

  test('ten megabytes are taken, a byte more is not', async () => {
    const big = (length: number) => {
      const bytes = new Uint8Array(length);
      bytes.set(PNG);
      return bytes;
    };

    expect((await hands(visit.anna, big(10 * 1024 * 1024))).status).toBe(201);
    expect((await hands(visit.anna, big(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await hands(visit.anna, big(11 * 1024 * 1024))).status).toBe(413);
  });

  test('names are made harmless and get the ending of what the file is', async () => {
    const name = async (given: string) => ((await (await hands(visit.anna, PNG, given)).json()) as { name: string }).name;

    expect(await name('../../etc/passwd')).toBe('passwd.png');
    expect(await name('\u202Egnp.exe')).toBe('gnp.exe.png');
    expect(await name('Фото 1.PNG')).toBe('Фото 1.PNG');
    expect(await name('анализ "крови".png')).toBe('анализ крови.png');
  });

  test('are saved under their name, whatever signs are in it', async () => {
    const { id } = (await (await hands(visit.anna, PNG, "it's (1).png")).json()) as { id: string };

    const { headers } = await product.get(`/consultations/${visit.id}/room/files/${id}`, visit.doctor);

    expect(headers.get('content-disposition')).toBe(`attachment; filename="it_s__1_.png"; filename*=UTF-8''it%27s%20%281%29.png`);
  });

  test('are twenty of each side and no more; what is refused leaves nothing behind', async () => {
    for (let n = 0; n < 20; n += 1) expect((await hands(visit.anna, PNG)).status).toBe(201);

    const refused = await hands(visit.anna, PNG);

    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ limit: 'filesOfRoom' });
    expect((await hands(visit.doctor, PNG)).status).toBe(201);
    expect((await bindings.FILES.list({ prefix: `rooms/${visit.id}/` })).objects).toHaveLength(21);
  });

  test('are not taken from a stranger, nor when the room is closed', async () => {
    expect((await hands(visit.stranger, PNG)).status).toBe(404);
    product.now = visit.startsAt - HOUR;
    expect((await hands(visit.anna, PNG)).status).toBe(409);
  });
});
