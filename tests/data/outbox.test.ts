// The outbox: messages to Temporal are sent in order and repeated until they are accepted; the clinic also works without Temporal.
import { beforeEach, expect, test, vi } from 'vitest';
import { parseKeys, verifySigned } from '../../worker/auth/message-signature.ts';
import { write } from '../../worker/data/db.ts';
import { tells } from '../../worker/data/outbox.ts';
import { deliver } from '../../worker/outbox.ts';
import { MINUTE, NOON } from '../cast.ts';
import { Product } from '../routes/product.ts';
import { count, db, freshClinic } from './d1.ts';

let product: Product;
let now: number;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  now = NOON;
});

const told = (consultationId: string, n: number) =>
  tells(
    consultationId,
    `${consultationId}:${n}`,
    { kind: 'signal', name: 'paid', consultationId, told: { messageId: `${consultationId}:${n}` } },
    now,
  );

/** A fake host that answers as `answers` says and records the messages. */
function host(answers: (body: { told: { messageId: string } }) => number) {
  const heard: string[] = [];
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async input => {
    const request = input as Request;
    const body = (await request.clone().json()) as { told: { messageId: string } };
    const status = answers(body);
    if (status === 200) heard.push(body.told.messageId);
    return new Response(null, { status });
  });
  return { heard, spy, gone: () => spy.mockRestore() };
}

const waiting = () => count('SELECT count(*) AS n FROM outbox WHERE delivered_at IS NULL');
const deliverAll = () => deliver(db, product.ports.world, null, () => now);

test('messages of one consultation arrive in order, those of many side by side', async () => {
  await write(db, [told('a', 1), told('b', 1), told('a', 2), told('a', 3), told('b', 2)]);
  const there = host(() => 200);

  await deliverAll();

  expect(there.heard.filter(id => id.startsWith('a'))).toEqual(['a:1', 'a:2', 'a:3']);
  expect(there.heard.filter(id => id.startsWith('b'))).toEqual(['b:1', 'b:2']);
  expect(await waiting()).toBe(0);
  there.gone();
});

test('a message that is not heard holds back those behind it, and is told again later', async () => {
  await write(db, [told('a', 1), told('a', 2), told('b', 1)]);
  const broken = host(body => (body.told.messageId.startsWith('a') ? 503 : 200));
  await deliverAll();
  expect(broken.heard).toEqual(['b:1']);
  broken.gone();

  now += MINUTE;
  const whole = host(() => 200);
  await deliverAll();

  expect(whole.heard).toEqual(['a:1', 'a:2']);
  whole.gone();
});

test('an hour without a host loses nothing, and the tries grow no denser than the cron', async () => {
  await write(db, [told('a', 1), told('a', 2)]);
  const down = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('connection refused'));
  for (let minute = 0; minute < 60; minute++) {
    await deliverAll();
    now += MINUTE;
  }
  expect(down.mock.calls.length).toBeLessThanOrEqual(61);
  expect(await waiting()).toBe(2);
  down.mockRestore();

  const back = host(() => 200);
  await deliverAll();

  expect(back.heard).toEqual(['a:1', 'a:2']);
  back.gone();
});

test('the same thing told twice is one line', async () => {
  await write(db, [told('a', 1), told('a', 1)]);
  await write(db, [told('a', 1)]);

  expect(await waiting()).toBe(1);
});

test('each message is signed, so that the host can tell it from anybody else’s', async () => {
  await write(db, [told('a', 1)]);
  const there = host(() => 200);
  await deliverAll();
  const request = there.spy.mock.calls[0]?.[0] as Request;
  there.gone();

  const verdict = await verifySigned(request, await request.clone().text(), parseKeys(product.ports.world.settings.EDGE_KEYS), now, () =>
    Promise.resolve(false),
  );

  expect(verdict.kind).toBe('genuine');
});
