// The outbox: messages to Temporal are sent in order and repeated until they are accepted; the clinic also works without Temporal.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parseKeys, verifySigned } from '../../worker/auth/message-signature.ts';
import { write } from '../../worker/data/db.ts';
import { enterRoom, leaveRoom } from '../../worker/data/attendance.ts';
import { LEASE_MS, PRESENCE_PACE_MS, REFUSALS, takeLines, tells } from '../../worker/data/outbox.ts';
import { deliver } from '../../worker/outbox.ts';
import { MINUTE, NOON, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting } from '../routes/meeting.ts';
import { MARK, type Marked } from '../../workflows/messages.ts';
import { Product } from '../routes/product.ts';
import { count, d1, db, freshClinic } from './d1.ts';

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

/** How the gateway marks its answers; 502 is a proxy's. */
const MARKS: Record<number, Marked> = { 200: 'done', 400: 'refused', 404: 'refused', 503: 'later' };

/** A fake host that answers as `answers` says and records the messages. */
function host(answers: (body: { told: { messageId: string } }) => number) {
  const heard: string[] = [];
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async input => {
    const request = input as Request;
    const body = (await request.clone().json()) as { told: { messageId: string } };
    const status = answers(body);
    if (status === 200) heard.push(body.told.messageId);
    return new Response(null, { status, headers: { [MARK]: MARKS[status] ?? '' } });
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

describe('loops that run at the same time', () => {
  test('send each line once', async () => {
    await write(
      db,
      ['a', 'b', 'c'].flatMap(id => [told(id, 1), told(id, 2), told(id, 3)]),
    );
    const there = host(() => 200);

    await Promise.all(Array.from({ length: 10 }, (_, n) => deliver(db, product.ports.world, n % 2 === 0 ? null : 'a', () => now)));

    expect([...there.heard].sort()).toEqual(['a:1', 'a:2', 'a:3', 'b:1', 'b:2', 'b:3', 'c:1', 'c:2', 'c:3']);
    expect(there.heard.filter(id => id.startsWith('a'))).toEqual(['a:1', 'a:2', 'a:3']);
    there.gone();
  });

  test('wait for the lease of one that died, and then send its line', async () => {
    await write(db, [told('a', 1)]);
    await takeLines(db, 'a loop that died', now);
    const there = host(() => 200);

    now += LEASE_MS - 1;
    await deliverAll();
    expect(there.heard).toEqual([]);
    now += 1;
    await deliverAll();

    expect(there.heard).toEqual(['a:1']);
    there.gone();
  });
});

describe('a line that cannot be delivered', () => {
  test.each([
    ['the host refuses', 404],
    ['a proxy answers in the place of the host', 502],
  ])('because %s does not keep a good one waiting, even if 120 of them are older', async (_, status) => {
    for (let n = 0; n < 120; n++) await write(db, [told(`bad-${n}`, 1)]);
    await write(db, [told('good', 1)]);
    const there = host(body => (body.told.messageId.startsWith('bad') ? status : 200));

    for (let sweep = 0; sweep < 3; sweep++) {
      await deliverAll();
      now += MINUTE;
    }

    expect(there.heard).toEqual(['good:1']);
    there.gone();
  });

  test('ends as a dead letter after twenty refusals, which /readyz counts, and those behind it go on', async () => {
    await write(db, [told('a', 1), told('a', 2)]);
    const there = host(body => (body.told.messageId === 'a:1' ? 404 : 200));
    for (let sweep = 1; sweep < REFUSALS; sweep++) {
      await deliverAll();
      now += MINUTE;
    }
    expect(there.heard).toEqual([]);
    expect(await (await product.get('/readyz')).json()).toMatchObject({ deadLetters: 0 });

    await deliverAll();

    expect(there.heard).toEqual(['a:2']);
    expect(await (await product.get('/readyz')).json()).toMatchObject({ deadLetters: 1 });
    there.gone();
  });

  test.each([404, 200, 500])('that something else answers with %i in the place of the host is never dead', async status => {
    await write(db, [told('a', 1)]);
    const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('A deploy page.', { status }));
    for (let sweep = 0; sweep < 2 * REFUSALS; sweep++) {
      await deliverAll();
      now += MINUTE;
    }
    spy.mockRestore();
    const there = host(() => 200);

    await deliverAll();

    expect(there.heard).toEqual(['a:1']);
    there.gone();
  });
});

describe('coming and going', () => {
  let visit: Meeting;
  const patient = () => ({ consultationId: visit.id, personId: visit.anna.id, role: 'patient' }) as const;

  beforeEach(async () => {
    visit = await meeting(TOMORROW_14_30);
    await d1.prepare('DELETE FROM outbox').run();
    now = TOMORROW_14_30 - 10 * MINUTE;
  });

  test('thirty times in a minute is told three times, and the last state is told', async () => {
    const there = host(() => 200);
    for (let n = 0; n < 30; n++) {
      const entered = await enterRoom(db, patient(), now);
      now += 1_000;
      await deliverAll();
      await leaveRoom(db, visit.id, 'attendanceId' in entered ? entered.attendanceId : '', now, now);
      now += 1_000;
      await deliverAll();
    }
    const lastAt = now;
    expect(there.heard).toHaveLength(2);

    now += PRESENCE_PACE_MS;
    await deliverAll();

    expect(there.heard).toHaveLength(3);
    expect(await count('SELECT count(*) AS n FROM outbox WHERE side IS NOT NULL AND delivered_at >= ?1', lastAt)).toBe(1);
    expect(await waiting()).toBe(0);
    there.gone();
  });

  test('that waits for its pace holds back nothing else', async () => {
    const there = host(() => 200);
    const entered = await enterRoom(db, patient(), now);
    await deliverAll();
    await leaveRoom(db, visit.id, 'attendanceId' in entered ? entered.attendanceId : '', now, now);
    await write(db, [told(visit.id, 1)]);

    await deliverAll();

    expect(there.heard).toHaveLength(2);
    expect(there.heard).toContain(`${visit.id}:1`);
    there.gone();
  });
});
