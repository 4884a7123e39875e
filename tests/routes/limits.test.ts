// How many requests a network, a session and a stranger may send, and whose word about the address counts.
import { beforeEach, describe, expect, test } from 'vitest';
import { LIMITS } from '../../workflows/rules/limits.ts';
import { MINUTE, NOON } from '../cast.ts';
import { freshClinic, patients } from '../data/d1.ts';
import { Product, wordsOf } from './product.ts';

let product: Product;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  product.now = NOON;
  Object.assign(product.limits, { STRANGER_LIMIT: 3, PERSON_LIMIT: 5, NETWORK_LIMIT: 12, UNKNOWN_STRANGER_LIMIT: 4, READ_LIMIT: 6 });
});

/** A form without a live session. */
const post = ({ ip, session }: { ip: string; session?: string }): Promise<Response> =>
  product.request('/sign-out', {
    method: 'POST',
    body: new URLSearchParams(),
    headers: { 'cf-connecting-ip': ip },
    cookies: session === undefined ? {} : { '__Host-session': session },
  });

/** The statuses of `times` requests, one after another. */
async function statusesOf(times: number, ask: (n: number) => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await ask(n)).status);
  return statuses;
}

describe('posts', () => {
  test('with another cookie each are counted as those of one network, and the page says the limit', async () => {
    const statuses = await statusesOf(5, n => post({ ip: '198.51.100.1', session: `made-up-${n}` }));
    const words = wordsOf(await (await post({ ip: '198.51.100.1', session: 'one-more' })).text());

    expect(statuses).toEqual([303, 303, 303, 429, 429]);
    expect(words).toContain('С вашей сети приходит слишком много форм без входа: больше 300 за минуту. Попробовать снова можно с');
  });

  test('with and without a cookie share one count', async () => {
    const statuses = await statusesOf(4, n => post({ ip: '198.51.100.1', ...(n % 2 === 0 ? {} : { session: `made-up-${n}` }) }));

    expect(statuses).toEqual([303, 303, 303, 429]);
  });

  test('with another forged address each are counted together where Cloudflare does not stand in front', async () => {
    product.trustedProxy = 'none';

    expect(await statusesOf(6, n => post({ ip: `203.0.113.${n}`, session: `forged-${n}` }))).toEqual([303, 303, 303, 303, 429, 429]);
  });

  test('of one network leave those of another alone', async () => {
    await statusesOf(4, () => post({ ip: '198.51.100.1' }));

    expect((await post({ ip: '198.51.100.2' })).status).toBe(303);
  });

  test('of addresses in one /64 of IPv6 are counted together, of the next /64 apart', async () => {
    expect(await statusesOf(4, n => post({ ip: `2001:db8::1:0:0:0:${n}` }))).toEqual([303, 303, 303, 429]);
    expect((await post({ ip: '2001:db8:0:2::1' })).status).toBe(303);
  });

  test('of a live session are counted by it, from whatever address, and an office is not locked out by a stranger', async () => {
    const [anna] = await patients(1);
    await statusesOf(4, () => post({ ip: '198.51.100.1' }));

    const statuses = await statusesOf(7, n =>
      product.post('/consents/withdraw', {}, anna, { headers: { 'cf-connecting-ip': `198.51.100.${n + 1}` } }),
    );

    expect(statuses.map(status => status === 429)).toEqual([false, false, false, false, false, true, true]);
  });
});

describe('reads', () => {
  const BATCH = LIMITS.readsOfNetwork.by.batch;
  const read = (ip = '198.51.100.1') => product.request('/sign-in', { headers: { 'cf-connecting-ip': ip } });

  test('of pages that need no sign-in have a limit for a network, of which the binding hears in batches', async () => {
    const statuses = await statusesOf(7 * BATCH + 2, () => read());

    expect(statuses.indexOf(429)).toBe(7 * BATCH - 1);
    expect(statuses.slice(7 * BATCH - 1)).toEqual([429, 429, 429]);
  });

  test('of one network leave those of another alone', async () => {
    await statusesOf(7 * BATCH, () => read());

    expect((await read('198.51.100.2')).status).toBe(200);
  });

  test('begin anew with the next minute', async () => {
    await statusesOf(7 * BATCH, () => read());
    product.now += MINUTE;
    product.limits.READ_LIMIT = 100;

    expect((await read()).status).toBe(200);
  });
});

test('an island is told the limit as JSON', async () => {
  product.limits.PERSON_LIMIT = 1000;
  product.limits.NETWORK_LIMIT = 1000;
  const [anna] = await patients(1);
  await statusesOf(LIMITS.checksOfPerson.count, () => product.post('/check/pass', {}, anna));

  const refused = await product.post('/check/pass', {}, anna);

  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ kind: 'tooMany', limit: 'checksOfPerson' });
});
