// The three doors for letters: Cloudflare's handler, Resend's webhook with its list, and the signed address for a poller. Each keeps the letter or lets its
// sender try again.
import { beforeEach, describe, expect, test } from 'vitest';
import { parseKeys, signedRequest } from '../../worker/auth/message-signature.ts';
import { takeEmail } from '../../worker/letters-in/email.ts';
import { closeGap } from '../../worker/letters-in/received.ts';
import { LETTER_BYTES } from '../../workflows/rules/letter-in.ts';
import { HOUR, TOMORROW_14_30 } from '../cast.ts';
import { CLAIM, claimed, WITH_TOKEN } from '../data/claimed.ts';
import { count, d1, freshClinic } from '../data/d1.ts';
import { claimFiles, letterPorts, streamOf } from './letters-in.ts';
import { meeting } from './meeting.ts';
import { bytesOf, inCharset, jpeg, withPhotos } from './mime.ts';
import { Product, PUBLIC_URL } from './product.ts';

let product: Product;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  await claimed(await meeting(TOMORROW_14_30));
});

const letters = () => count('SELECT count(*) AS n FROM letter_in');

describe('a poller', () => {
  const KEYS = parseKeys('k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=');
  const ADDRESS = `${PUBLIC_URL}/mail/in?from=patient1%40example.ru&to=${encodeURIComponent(WITH_TOKEN)}`;
  const RAW = bytesOf(withPhotos({ subject: inCharset('Заявление', 'koi8-r') }));
  const signed = (body = RAW, address = ADDRESS) =>
    signedRequest(address, { method: 'POST', body, headers: { 'content-type': 'message/rfc822' } }, KEYS, product.now);

  async function posts(
    request: Pick<Request, 'headers' | 'url' | 'arrayBuffer'>,
    given: { body?: Uint8Array<ArrayBuffer>; address?: string } = {},
  ): Promise<Response> {
    const headers = new Headers(request.headers);
    const body = given.body ?? new Uint8Array(await request.arrayBuffer());
    headers.set('content-length', String(body.length));
    return await product.request((given.address ?? request.url).slice(PUBLIC_URL.length), { method: 'POST', headers, body });
  }

  test('brings a letter of any bytes, and the same one again without harm', async () => {
    const first = await posts(await signed());
    const second = await posts(await signed());

    expect([first.status, await first.json(), await second.json()]).toEqual([200, { kind: 'taken' }, { kind: 'again' }]);
    expect(await claimFiles()).toHaveLength(1);
    expect(await d1.prepare('SELECT subject, door, claim_id FROM letter_in').first()).toEqual({
      subject: 'Заявление',
      door: 'poller',
      claim_id: CLAIM,
    });
  });

  test('is turned away without a signature, with another envelope, with other bytes, and a second time', async () => {
    const request = await signed();
    const copy = () => request.clone();

    expect((await product.request('/mail/in', { method: 'POST', body: RAW })).status).toBe(401);
    expect((await posts(copy(), { address: `${ADDRESS}x` })).status).toBe(401);
    expect(await (await posts(copy(), { body: bytesOf(withPhotos()) })).json()).toEqual({ kind: 'otherBytes' });
    expect(await (await posts(copy())).json()).toEqual({ kind: 'refused', reason: 'replayed' });
    expect(await letters()).toBe(0);
  });

  test('is told that a letter is too large, before it is read', async () => {
    const request = await signed();
    const headers = new Headers(request.headers);
    headers.set('content-length', String(LETTER_BYTES + 1));

    expect((await product.request(request.url.slice(PUBLIC_URL.length), { method: 'POST', headers, body: RAW })).status).toBe(413);
  });
});

describe('Cloudflare', () => {
  const works: Promise<unknown>[] = [];
  const message = (latin: string, size?: number) => {
    const bytes = bytesOf(latin);
    const refusals: string[] = [];
    return {
      from: 'patient1@example.ru',
      to: WITH_TOKEN,
      raw: streamOf(bytes),
      rawSize: size ?? bytes.length,
      setReject: (why: string) => void refusals.push(why),
      refusals,
    };
  };
  const hands = (given: ReturnType<typeof message>, ports = letterPorts(product)) => takeEmail(ports, given, work => void works.push(work));

  test('hands over a letter, and again when it was not sure of the answer', async () => {
    const raw = withPhotos();
    for (const given of [message(raw), message(raw)]) {
      await hands(given);
      expect(given.refusals).toEqual([]);
    }
    await Promise.all(works);

    expect(await letters()).toBe(1);
    expect(await claimFiles()).toHaveLength(1);
  });

  test('is told for good only that a letter is too large', async () => {
    const given = message(withPhotos(), LETTER_BYTES + 1);
    await hands(given);

    expect(given.refusals).toEqual(['552 5.3.4 The letter is larger than 25 MB.']);
  });

  test('lets the sender try again when the store or the database fails, and when the letter was cut', async () => {
    const noStore = { ...letterPorts(product), files: { put: () => Promise.reject(new Error('R2 is down')) } as unknown as R2Bucket };
    const noData = { ...letterPorts(product), db: { batch: () => Promise.reject(new Error('D1 is down')) } };

    await expect(hands(message(withPhotos()), noStore)).rejects.toThrow('R2 is down');
    await expect(hands(message(withPhotos()), noData)).rejects.toThrow('D1 is down');
    await expect(hands(message(withPhotos(), 500_000))).rejects.toThrow('cut');
    expect(await letters()).toBe(0);
  });
});

describe('Resend', () => {
  const received = (id: string, latin = withPhotos()) => product.received.set(id, { to: WITH_TOKEN, bytes: bytesOf(latin) });
  const tells = (id: string) => {
    product.mailNotices.push({ id: `msg-${id}`, type: 'email.received', providerId: id, delivery: null, at: product.now });
    return product.request('/notices/resend', { method: 'POST', body: '{}' });
  };

  test('tells of a letter, once or twice, and it is asked for', async () => {
    received('r1');

    expect(await (await tells('r1')).json()).toEqual({ kind: 'heard' });
    expect(await (await tells('r1')).json()).toEqual({ kind: 'heard' });
    expect(await letters()).toBe(1);
    expect(await d1.prepare('SELECT door, claim_id FROM letter_in').first()).toEqual({ door: 'resend', claim_id: CLAIM });
  });

  test('tells of a letter that it does not have', async () => {
    expect(await (await tells('unknown')).json()).toEqual({ kind: 'notOurs' });
  });

  test('is asked every six hours for letters of which no notice came', async () => {
    received('r1', withPhotos({}, [jpeg(1)]));
    await tells('r1');
    received('r2', withPhotos({}, [jpeg(2)]));

    await closeGap(letterPorts(product));
    received('r3', withPhotos({}, [jpeg(3)]));
    await closeGap(letterPorts(product));
    expect(await letters()).toBe(2);

    product.now += 6 * HOUR;
    await closeGap(letterPorts(product));
    expect(await letters()).toBe(3);
    expect(await claimFiles()).toHaveLength(3);
  });
});
