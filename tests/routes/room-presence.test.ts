// Entering and leaving a room: reloads, lost connections, two devices at once, answers of D1 that the room did not receive, deploys. The
// durable object and D1 are the real local ones.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enterRoom } from '../../worker/data/attendance.ts';
import { newId } from '../../worker/data/ids.ts';
import type { Presence } from '../../worker/rooms/presence.ts';
import { count, d1, db } from '../data/d1.ts';
import { CLOSE } from '../../workflows/rules/room-messages.ts';
import { asksPass, both, chatLine, enters, freshMeeting, HELLO, knocks, type Meeting, passFor, press, roomOf, soon } from './meeting.ts';
import type { Product } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

describe('coming and going', () => {
  test('who leaves is gone at once, in D1 and for the other', async () => {
    const { anna, doctor } = await both(product, visit);
    anna.says({ type: 'leave' });
    await doctor.hears('roster', ({ roster }) => roster.length === 1);

    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NOT NULL')).toBe(1);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE side = 'patient' AND delivered_at IS NULL")).toBe(1);
  });

  test('a lost connection keeps the seat for fifteen seconds and its tracks with it; then it is a leaving', async () => {
    const { anna, doctor } = await both(product, visit);
    anna.goes();
    const { roster } = await doctor.hears('roster', r => r.roster[0]?.lostAt != null);
    expect(roster).toHaveLength(2);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NOT NULL')).toBe(0);

    await passTime(15_000);
    await runDurableObjectAlarm(roomOf(visit.id));

    await doctor.hears('roster', r => r.roster.length === 1);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NOT NULL')).toBe(1);
  });

  test('a doctor whose role is withdrawn in the call is put out by the next look, and cannot come back', async () => {
    const { anna, doctor } = await both(product, visit);
    await d1.prepare("DELETE FROM role WHERE person_id = ?1 AND role = 'doctor'").bind(visit.doctor.id).run();

    await runDurableObjectAlarm(roomOf(visit.id));

    expect(await doctor.isLetGo()).toBe(CLOSE.signedOut);
    await anna.hears('roster', r => r.roster.some(seat => seat.role === 'doctor' && seat.lostAt !== null));
    expect(anna.closed).toBeNull();
    expect((await asksPass(product, visit.id, visit.doctor)).status).toBe(401);
  });

  test('who comes back in time was never away', async () => {
    const { anna, doctor } = await both(product, visit);
    anna.goes();
    await doctor.hears('roster', r => r.roster[0]?.lostAt != null);
    await enters(product, visit.id, visit.anna);
    await runDurableObjectAlarm(roomOf(visit.id));

    doctor.says(HELLO);
    expect((await doctor.hears('welcome')).roster.map(seat => seat.lostAt)).toEqual([null, null]);
    expect(await count('SELECT count(*) AS n FROM attendance')).toBe(2);
  });

  test('who leaves on one device while another is coming in is there with the other', async () => {
    const pass = await passFor(product, visit.id, visit.anna);
    const { promise: dawn, resolve } = Promise.withResolvers<void>();
    const laptop = await enters(product, visit.id, visit.anna, pass);
    await runInDurableObject(roomOf(visit.id), room => void (Reflect.get(room, 'presence') as Presence).inTurn(() => dawn));
    const coming = enters(product, visit.id, visit.anna, pass);
    await scheduler.wait(50);
    laptop.says({ type: 'leave' });
    laptop.says(HELLO);
    await laptop.hears('welcome');
    await runInDurableObject(roomOf(visit.id), () => resolve());
    const phone = await coming;

    phone.says(HELLO);
    expect((await phone.hears('welcome')).roster).toHaveLength(1);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(1);
  });

  test('who was gone in D1 while the room did not get to hear it comes anew, and not into the call', async () => {
    await press(await enters(product, visit.id, visit.anna));
    await d1.prepare('UPDATE attendance SET left_at = joined_at').run();
    const anna = await enters(product, visit.id, visit.anna);
    await runDurableObjectAlarm(roomOf(visit.id));

    anna.says(HELLO);
    expect((await anna.hears('welcome')).roster[0]).toMatchObject({ inCall: false, joinedAt: null });
    expect(await count('SELECT count(*) AS n FROM attendance WHERE joined_at IS NOT NULL')).toBe(1);
  });

  test('what D1 does not take of a joining is told to it again soon, and a sweep that it breaks off is made again', async () => {
    const nextLook = () =>
      runInDurableObject(roomOf(visit.id), async (_, { storage }) => ((await storage.getAlarm()) ?? Infinity) - Date.now());
    const anna = await enters(product, visit.id, visit.anna);
    await d1.prepare("CREATE TRIGGER broken BEFORE UPDATE ON attendance BEGIN SELECT RAISE(ABORT, 'broken'); END").run();
    anna.says({ type: 'state', inCall: true, mic: true, cam: false, screen: false, tracks: {} });
    await soon(async () => ((await nextLook()) <= 3_000 ? true : null));

    await expect(runDurableObjectAlarm(roomOf(visit.id))).rejects.toThrow('broken');
    expect(await nextLook()).toBeLessThanOrEqual(3_000);
    await d1.prepare('DROP TRIGGER broken').run();
    await runDurableObjectAlarm(roomOf(visit.id));
    expect(await count('SELECT count(*) AS n FROM attendance WHERE joined_at IS NOT NULL')).toBe(1);
    expect(anna.closed).toBeNull();
  });

  test('whom D1 has let in, and whose room did not live to hear it, is not there for ever', async () => {
    const doctor = await enters(product, visit.id, visit.doctor);
    const id = newId();
    await enterRoom(db, { consultationId: visit.id, personId: visit.anna.id, role: 'patient' }, Date.now(), id);
    await runInDurableObject(
      roomOf(visit.id),
      (_, { storage: { sql } }) => void sql.exec("INSERT INTO word (name, value) VALUES ('coming:patient', ?)", id),
    );
    doctor.says({ type: 'leave' });
    await soon(async () => ((await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')) === 1 ? true : null));
    expect(await runDurableObjectAlarm(roomOf(visit.id))).toBe(true);

    const ended = "SELECT count(*) AS n FROM attendance WHERE left_at = entered_at AND role = 'patient'";
    expect(await count(ended)).toBe(1);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(0);
  });

  test('a room that is forgotten lets nobody in who was at its door', async () => {
    const { promise: dawn, resolve } = Promise.withResolvers<void>();
    await runInDurableObject(roomOf(visit.id), room => void (Reflect.get(room, 'presence') as Presence).inTurn(() => dawn));
    const coming = passFor(product, visit.id, visit.anna).then(pass => knocks(product, visit.id, visit.anna, pass));
    await scheduler.wait(50);
    await roomOf(visit.id).end('tookPlace');
    const forgotten = roomOf(visit.id).forget();
    await runInDurableObject(roomOf(visit.id), () => resolve());
    await forgotten;

    expect((await coming).status).toBe(409);
  });

  test('a room that slept or was deployed anew remembers everything, and its sockets live', async () => {
    const { anna, doctor } = await both(product, visit);
    anna.says(chatLine('Вы меня слышите?'));
    await doctor.hears('chat');
    await evictDurableObject(roomOf(visit.id), { webSockets: 'hibernate' });

    doctor.says(HELLO);
    const welcome = await doctor.hears('welcome');
    expect(welcome.chat.map(line => line.text)).toEqual(['Вы меня слышите?']);
    expect(welcome.roster).toHaveLength(2);
    anna.raw('ping');
    doctor.says(chatLine('Да'));
    await anna.hears('chat', m => m.line.text === 'Да');
  });
});

/** Moves the room's stored instants back, which has the same effect as time passing. */
const passTime = (ms: number) =>
  runInDurableObject(roomOf(visit.id), (_, state) => {
    for (const { role, body } of state.storage.sql.exec<{ role: string; body: string }>('SELECT role, body FROM seat').toArray()) {
      const seat = JSON.parse(body) as { lostAt: number | null };
      if (seat.lostAt !== null)
        state.storage.sql.exec('UPDATE seat SET body = ? WHERE role = ?', JSON.stringify({ ...seat, lostAt: seat.lostAt - ms }), role);
    }
  });
