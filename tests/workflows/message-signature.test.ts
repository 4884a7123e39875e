// Which messages the edge and the host accept from each other, and all those they refuse.
import { describe, expect, test } from 'vitest';
import { type NonceStore, parseKeys, signedRequest, verifySigned } from '../../worker/auth/message-signature.ts';

const K1 = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const K2 = `k2:${Buffer.alloc(32, 2).toString('base64')}`;
const NOON = Date.UTC(2026, 10, 24, 9);
const MINUTE = 60_000;
const URL_ = 'http://127.0.0.1:8788/v1/messages?try=1';
const BODY = '{"kind":"start"}';
const never: NonceStore = async () => false;

const sent = (keys = K1, headers: Record<string, string> = {}) =>
  signedRequest(URL_, { method: 'POST', body: BODY, headers }, parseKeys(keys), NOON);

const judged = (request: Request, body = BODY, keys = K1, now = NOON, seen = never) =>
  verifySigned(request, body, parseKeys(keys), now, seen);

describe('a signed message', () => {
  test('is genuine on the other side, body and idempotency key included', async () => {
    const request = await sent(K1, { 'idempotency-key': 'consultation:1:lapse:2' });

    const verdict = await judged(request, await request.clone().text());

    expect(verdict).toEqual({ kind: 'genuine', keyId: 'k1' });
    expect(request.headers.get('signature-input')).toContain('"idempotency-key"');
  });

  test('is genuine after the key was rotated and before the old one is withdrawn', async () => {
    const [old, fresh] = [await sent(K1), await sent(`${K2},${K1}`)];

    expect(await judged(old, BODY, `${K2},${K1}`)).toEqual({ kind: 'genuine', keyId: 'k1' });
    expect(await judged(fresh, BODY, `${K2},${K1}`)).toEqual({ kind: 'genuine', keyId: 'k2' });
    expect(await judged(old, BODY, K2)).toEqual({ kind: 'refused', reason: 'unknownKey' });
  });

  test('is refused when its body, path, query, method or idempotency key was altered', async () => {
    const request = await sent(K1, { 'idempotency-key': 'a' });
    const headers = request.headers;
    const otherKey = new Headers(headers);
    otherKey.set('idempotency-key', 'b');

    expect(await judged(request, '{"kind":"signal"}')).toEqual({ kind: 'refused', reason: 'alteredBody' });
    for (const forged of [
      new Request('http://127.0.0.1:8788/v1/other?try=1', { method: 'POST', body: BODY, headers }),
      new Request('http://127.0.0.1:8788/v1/messages?try=2', { method: 'POST', body: BODY, headers }),
      new Request(URL_, { method: 'PUT', body: BODY, headers }),
      new Request(URL_, { method: 'POST', body: BODY, headers: otherKey }),
    ]) {
      expect(await judged(forged)).toEqual({ kind: 'refused', reason: 'forged' });
    }
  });

  test('is refused when an idempotency key was added that the signature does not cover', async () => {
    const request = await sent();
    request.headers.set('idempotency-key', 'added');

    expect(await judged(request)).toEqual({ kind: 'refused', reason: 'missing' });
  });

  test('is good for five minutes on either side of its own clock', async () => {
    const request = await sent();

    expect(await judged(request, BODY, K1, NOON + 5 * MINUTE)).toMatchObject({ kind: 'genuine' });
    expect(await judged(request, BODY, K1, NOON - 5 * MINUTE)).toMatchObject({ kind: 'genuine' });
    expect(await judged(request, BODY, K1, NOON + 5 * MINUTE + 1000)).toEqual({ kind: 'refused', reason: 'stale' });
    expect(await judged(request, BODY, K1, NOON - 5 * MINUTE - 1000)).toEqual({ kind: 'refused', reason: 'stale' });
  });

  test('is accepted once', async () => {
    const request = await sent();
    const seen = new Map<string, number>();
    const store: NonceStore = async (nonce, until) => seen.has(nonce) || (seen.set(nonce, until), false);

    expect(await judged(request, BODY, K1, NOON, store)).toMatchObject({ kind: 'genuine' });
    expect(await judged(request, BODY, K1, NOON, store)).toEqual({ kind: 'refused', reason: 'replayed' });
    expect([...seen.values()][0]).toBeGreaterThan(NOON + 5 * MINUTE);
  });

  test('is refused without a signature, with a broken one, or signed by a stranger', async () => {
    const bare = new Request(URL_, { method: 'POST', body: BODY });
    const broken = await sent();
    broken.headers.set('signature', 'clinic=(');
    const stranger = await sent(`k1:${Buffer.alloc(32, 9).toString('base64')}`);

    expect(await judged(bare)).toEqual({ kind: 'refused', reason: 'missing' });
    expect(await judged(broken)).toEqual({ kind: 'refused', reason: 'malformed' });
    expect(await judged(stranger)).toEqual({ kind: 'refused', reason: 'forged' });
  });
});

describe('EDGE_KEYS', () => {
  test.each(['', ' , ', 'k1', 'k1:', ':abc', 'k1:short', 'k 1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='])(
    '%j stops the start with a sentence',
    text => {
      expect(() => parseKeys(text)).toThrow(/^EDGE_KEYS is .+\.$/);
    },
  );
});
