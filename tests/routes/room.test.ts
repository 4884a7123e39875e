// The room as its two people meet it: the pass, the socket, chat, takeover, coming and going; and everybody who must not get in. The durable
// object and D1 are the real local ones.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../worker/auth/seal.ts';
import { enterRoom } from '../../worker/data/attendance.ts';
import { newId } from '../../worker/data/ids.ts';
import { MESSAGES_AT_ONCE } from '../../worker/rooms/messages.ts';
import type { Presence } from '../../worker/rooms/presence.ts';
import type { Room } from '../../worker/rooms/room.ts';
import { HOUR, MINUTE } from '../cast.ts';
import { bindings, count, db } from '../data/d1.ts';
import { asksPass, booked, type Browser, enters, freshMeeting, knocks, type Meeting, type Pass, passFor, press, soon } from './meeting.ts';
import type { Product } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

const roomStub = (id = visit.id) => bindings.ROOM.get(bindings.ROOM.idFromName(id));
const hello = { type: 'hello' } as const;
const chat = (text: string, clientId = newId()) => ({ type: 'chat', clientId, text }) as const;

async function both(): Promise<{ anna: Browser; doctor: Browser }> {
  const anna = await enters(product, visit.id, visit.anna);
  const doctor = await enters(product, visit.id, visit.doctor);
  return { anna, doctor };
}

describe('the pass', () => {
  test.each(['anna', 'doctor'] as const)('is given to the one of the two: %s', async who => {
    const response = await asksPass(product, visit.id, visit[who]);
    const given = (await response.json()) as Pass;

    expect(response.status).toBe(200);
    const role = who === 'anna' ? 'patient' : 'doctor';
    expect(given).toMatchObject({ role, participant: role, expiresAt: product.now + 10 * MINUTE });
    expect(given.pass).toMatch(/^[\w-]{43}$/);
    expect(await count('SELECT count(*) AS n FROM room_pass WHERE hash = ?1', given.pass)).toBe(0);
  });

  test('leaves what kind of device it went to, never the header; a renewed one leaves nothing', async () => {
    const agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0';
    const asks = (headers: Record<string, string>) =>
      product.request(`/consultations/${visit.id}/room/pass`, { method: 'POST', as: visit.anna, headers });
    const { pass } = (await (await asks({ 'user-agent': agent })).json()) as Pass;
    await asks({ 'user-agent': agent, 'x-room-pass': pass });
    await asks({});

    const { results } = await db
      .prepare('SELECT consultation_id, person_id, role, at, browser, system, kind FROM call_device ORDER BY id')
      .all();
    const kept = { consultation_id: visit.id, person_id: visit.anna.id, role: 'patient', at: product.now };
    expect(results).toEqual([
      { ...kept, browser: 'edge', system: 'windows', kind: 'computer' },
      { ...kept, browser: 'other', system: 'other', kind: 'computer' },
    ]);
  });

  test('is not given to a stranger, to nobody, or for a made-up consultation', async () => {
    expect((await asksPass(product, visit.id, visit.stranger)).status).toBe(404);
    expect((await asksPass(product, visit.id, null)).status).toBe(401);
    expect((await asksPass(product, newId(), visit.anna)).status).toBe(404);
    expect((await asksPass(product, 'garbage', visit.anna)).status).toBe(404);
  });

  test.each([
    [-1, 409, 'early'],
    [0, 200, undefined],
    [13 * MINUTE - 1, 200, undefined],
    [13 * MINUTE, 200, undefined],
    [15 * MINUTE + 30 * MINUTE + 12 * HOUR, 409, 'over'],
  ])('a patient asks for it %i ms after the waiting room opens: %i', async (after, status, kind) => {
    product.now = visit.startsAt - 15 * MINUTE + after;

    const response = await asksPass(product, visit.id, visit.anna);

    expect(response.status).toBe(status);
    expect(((await response.json()) as { kind?: string }).kind).toBe(kind);
  });

  test('is not given for an unpaid consultation, and the answer says why', async () => {
    const unpaid = await booked(visit.stranger.id, visit.startsAt + HOUR, false);

    const response = await asksPass(product, unpaid, visit.stranger);

    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({ kind: 'over', why: 'notPaid' });
  });

  test('is renewed by its holder, also when it has expired; nobody else can renew it', async () => {
    const pass = await passFor(product, visit.id, visit.anna);
    product.now += 11 * MINUTE;

    const renewed = await asksPass(product, visit.id, visit.anna, pass);

    expect(await renewed.json()).toEqual({ pass, participant: 'patient', role: 'patient', expiresAt: product.now + 10 * MINUTE });
    expect((await asksPass(product, visit.id, visit.doctor, pass)).status).toBe(403);
    expect((await asksPass(product, visit.id, visit.anna, 'made-up')).status).toBe(403);
  });

  test('of an older device is worth nothing once another device has one, and says so', async () => {
    const laptop = await passFor(product, visit.id, visit.anna);
    await passFor(product, visit.id, visit.anna);

    const renewed = await asksPass(product, visit.id, visit.anna, laptop);

    expect(renewed.status).toBe(409);
    expect(await renewed.json()).toEqual({ kind: 'replaced' });
    expect((await knocks(product, visit.id, visit.anna, laptop)).status).toBe(403);
  });
});

test.each<Record<string, string>>([{}, { everywhere: '1' }])(
  'who signs out (%o) is let go, their media is closed and their pass opens nothing',
  async how => {
    const pass = await passFor(product, visit.id, visit.anna);
    const anna = await enters(product, visit.id, visit.anna, pass);
    const doctor = await enters(product, visit.id, visit.doctor);
    const calls = () => product.request('/calls/sessions/new', { method: 'POST', headers: { 'x-room-pass': pass } });
    expect((await calls()).status).toBe(201);

    await product.post('/sign-out', how, visit.anna);

    expect(await anna.isLetGo()).toBe(4003);
    expect(sfu.asked.at(-1)).toMatchObject({ method: 'PUT', path: 'sessions/session1/tracks/close' });
    expect(await (await calls()).text()).toBe('pass_unknown');
    doctor.says(chat('Вы здесь?'));
    await doctor.hears('chat');
    expect(anna.heard.some(message => message.type === 'chat')).toBe(false);
  },
);

describe('the socket', () => {
  test('opens only with a live pass of one’s own, from our own page', async () => {
    const pass = await passFor(product, visit.id, visit.anna);
    const refused = async (...call: Parameters<typeof knocks>) => (await knocks(...call)).status;

    expect(await refused(product, visit.id, visit.anna, 'made-up')).toBe(403);
    expect(await refused(product, visit.id, visit.anna, '')).toBe(403);
    expect(await refused(product, visit.id, visit.doctor, pass)).toBe(403);
    expect(await refused(product, visit.id, visit.stranger, pass)).toBe(404);
    expect(await refused(product, visit.id, null, pass)).toBe(401);
    expect(await refused(product, visit.id, visit.anna, pass, { origin: 'https://evil.example' })).toBe(403);
    expect(await refused(product, visit.id, visit.anna, pass, { upgrade: 'h2c' })).toBe(426);
    product.now += 10 * MINUTE;
    expect(await refused(product, visit.id, visit.anna, pass)).toBe(403);
    expect(await count('SELECT count(*) AS n FROM attendance')).toBe(0);
  });

  test('a pass opens its own room only', async () => {
    const other = await booked(visit.anna.id, visit.startsAt + HOUR);
    const pass = await passFor(product, visit.id, visit.anna);
    product.now = visit.startsAt + HOUR - MINUTE;
    await db
      .prepare('UPDATE room_pass SET expires_at = ?1')
      .bind(product.now + MINUTE)
      .run();

    expect((await knocks(product, other, visit.anna, pass)).status).toBe(403);
  });
});

describe('two in a room', () => {
  test('see each other, their states and who is first', async () => {
    const { anna, doctor } = await both();
    doctor.says(hello);
    const welcome = await doctor.hears('welcome');

    expect(welcome).toMatchObject({ you: 'doctor', chat: [], files: [], late: null, calledAt: null });
    expect(welcome.roster.map(seat => [seat.role, seat.lostAt])).toEqual([
      ['patient', null],
      ['doctor', null],
    ]);

    anna.says({ type: 'state', inCall: true, mic: true, cam: false, screen: false, tracks: {} });
    await doctor.hears('roster', ({ roster }) => roster[0]?.mic === true);
  });

  test('are in D1 from the first instant, Temporal is told once, and both together are «в работе»', async () => {
    await both();
    await enters(product, visit.id, visit.anna);

    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(2);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'entered:%'")).toBe(2);
    const page = await (await product.get('/appointments', visit.anna)).text();
    expect(page).toContain(visit.id);
  });

  test('talk: both read a line once, a repeated one is the same line', async () => {
    const { anna, doctor } = await both();
    const line = chat('Здравствуйте, доктор! <b>');
    anna.says(line);
    anna.says(line);
    doctor.says(chat('Слушаю'));
    await anna.hears('chat', m => m.line.from === 'doctor');

    const heard = await doctor.hears('chat', m => m.line.text.startsWith('Здравствуйте'));
    expect(heard.line).toMatchObject({ from: 'patient', clientId: line.clientId, seq: 1 });
    doctor.says(hello);
    expect((await doctor.hears('welcome')).chat.map(l => l.seq)).toEqual([1, 2]);
    doctor.says({ type: 'seen', seq: 1 });
    await anna.hears('roster', ({ roster }) => roster[1]?.seen === 1);
    // Nobody has read what was not said yet.
    doctor.says({ type: 'seen', seq: Number.MAX_SAFE_INTEGER });
    await anna.hears('roster', ({ roster }) => roster[1]?.seen === 2);
  });

  test('the doctor calls in; a patient may not', async () => {
    const { anna, doctor } = await both();
    anna.says({ type: 'callIn' });
    expect((await anna.hears('refused')).why).toBe('notYours');
    doctor.says({ type: 'callIn' });

    await anna.hears('called');
    anna.says(hello);
    expect((await anna.hears('welcome')).calledAt).not.toBeNull();
  });

  test('quality and faults become lines of the passport, without flooding it', async () => {
    const { anna } = await both();
    const quality = { type: 'quality', loss: 0.02, rtt: 41.6, kbpsIn: 900, kbpsOut: 700, kind: 'video' } as const;
    for (let i = 0; i < 3; i++) anna.says(quality);
    for (let i = 0; i < 3; i++) anna.says({ type: 'fault', kind: 'mediaLost' });
    anna.says(hello);
    await anna.hears('welcome');

    expect(await count('SELECT rtt_ms AS n FROM call_minute')).toBe(42);
    await soon(async () => ((await count('SELECT count(*) AS n FROM call_fault')) === 1 ? true : null));
    expect(await count("SELECT count(*) AS n FROM call_fault WHERE side = 'patient'")).toBe(1);
  });

  test('a second device takes over: the first one is told and let go, the other person sees one seat', async () => {
    const { anna, doctor } = await both();
    const phone = await enters(product, visit.id, visit.anna);
    await anna.hears('replaced');

    expect(await anna.isLetGo()).toBe(4001);
    phone.says(hello);
    expect((await phone.hears('welcome')).roster).toHaveLength(2);
    expect(doctor.closed).toBeNull();
    expect(await count('SELECT count(*) AS n FROM attendance')).toBe(2);
  });

  test('of two devices that come at once the one whose pass is live stays, though the room hears of the other one later', async () => {
    const laptop = await passFor(product, visit.id, visit.anna);
    const phone = await enters(product, visit.id, visit.anna);
    await roomStub().takeOver('patient', await sha256(laptop));

    phone.says(hello);
    await phone.hears('welcome');
    expect(phone.closed).toBeNull();
    expect(phone.heard.some(message => message.type === 'replaced')).toBe(false);
  });

  test('the same device comes back with its own pass, which replaces the socket it had', async () => {
    const pass = await passFor(product, visit.id, visit.anna);
    const before = await enters(product, visit.id, visit.anna, pass);
    await enters(product, visit.id, visit.anna, pass);

    expect(await before.isLetGo()).toBe(4001);
  });
});

describe('what a browser may not send', () => {
  test.each(['', 'null', '{', '[]', '{"type":"nothing"}', '{"type":"chat","clientId":"x","text":"y"}', '{"type":"state"}'])(
    'garbage: %s',
    async raw => {
      const anna = await enters(product, visit.id, visit.anna);
      anna.raw(raw);

      expect((await anna.hears('refused')).why).toBe('garbage');
      anna.says(hello);
      await anna.hears('welcome');
    },
  );

  test.each(['', '   ', '\0', '\u200b\u200d', '\u202e'])('a line of which nothing is seen: %j', async text => {
    const anna = await enters(product, visit.id, visit.anna);
    anna.says(chat(text));
    expect((await anna.hears('refused')).why).toBe('garbage');
    anna.says(chat('👩‍⚕️'));
    expect((await anna.hears('chat')).line.text).toBe('👩‍⚕️');
  });

  test('a line of 2001 letters; one of 2000 is said', async () => {
    const anna = await enters(product, visit.id, visit.anna);
    anna.says(chat('щ'.repeat(2001)));
    expect((await anna.hears('refused')).why).toBe('garbage');
    anna.says(chat('щ'.repeat(2000)));
    await anna.hears('chat');
  });

  test('more than the room holds of a conversation: lines, or all of them together', async () => {
    const anna = await enters(product, visit.id, visit.anna);
    for (const [lines, letters] of [
      [2000, 1],
      [132, 2000],
    ]) {
      await runInDurableObject(roomStub(), (_, { storage: { sql } }) => {
        sql.exec('DELETE FROM chat');
        for (let i = 0; i < (lines ?? 0); i++)
          sql.exec("INSERT INTO chat (role, client_id, text, at) VALUES ('doctor', ?, ?, 0)", newId(), 'щ'.repeat(letters ?? 0));
      });
      const line = chat('И ещё одно');
      anna.says(line);

      expect(await anna.hears('refused', m => m.clientId === line.clientId)).toMatchObject({ why: 'full' });
    }
  });

  test('a message over eight kilobytes ends the socket', async () => {
    const anna = await enters(product, visit.id, visit.anna);
    anna.raw(JSON.stringify({ type: 'hello', padding: 'x'.repeat(8 * 1024) }));

    expect(await anna.isLetGo()).toBe(4009);
  });

  test('what a line that hung lets through at once is no flood', async () => {
    const { anna } = await both();
    for (let i = 0; i < MESSAGES_AT_ONCE - 10; i++) anna.says({ type: 'seen', seq: i });
    anna.says(hello);

    await anna.hears('welcome');
    expect(anna.closed).toBeNull();
  });

  test('more than twenty messages a second end the socket, and the other one goes on', async () => {
    const { anna, doctor } = await both();
    for (let i = 0; i < 2 * MESSAGES_AT_ONCE; i++) anna.says({ type: 'seen', seq: i });

    expect(await anna.isLetGo()).toBe(4008);
    doctor.says(hello);
    await doctor.hears('welcome');
  });

  test('anything, once it was let go: its line is not said and its leaving takes nobody’s seat', async () => {
    const { doctor } = await both();
    await runInDurableObject(roomStub(), async (room: Room, state) => {
      const [socket] = state.getWebSockets('patient');
      if (!socket) throw new Error('no socket');
      const answered = room.webSocketMessage(socket, JSON.stringify(hello));
      socket.close(4001, 'replaced');
      await answered;
      await room.webSocketMessage(socket, JSON.stringify(chat('Я ещё здесь')));
      await room.webSocketMessage(socket, JSON.stringify({ type: 'leave' }));
    });

    doctor.says(hello);
    expect(await doctor.hears('welcome')).toMatchObject({ chat: [], roster: [{ role: 'patient' }, { role: 'doctor' }] });
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(2);
  });

  test('a track of a session that is not the sender’s', async () => {
    const { anna, doctor } = await both();
    anna.says({
      type: 'state',
      inCall: true,
      mic: true,
      cam: true,
      screen: false,
      tracks: { cam: { sessionId: 'session99', trackName: 'cam' } },
    });

    expect((await anna.hears('refused')).why).toBe('foreignTrack');
    doctor.says(hello);
    expect((await doctor.hears('welcome')).roster[0]?.cam).toBe(false);
  });
});

describe('coming and going', () => {
  test('who leaves is gone at once, in D1 and for the other', async () => {
    const { anna, doctor } = await both();
    anna.says({ type: 'leave' });
    await doctor.hears('roster', ({ roster }) => roster.length === 1);

    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NOT NULL')).toBe(1);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'left:%'")).toBe(1);
  });

  test('a lost connection keeps the seat for fifteen seconds and its tracks with it; then it is a leaving', async () => {
    const { anna, doctor } = await both();
    anna.goes();
    const { roster } = await doctor.hears('roster', r => r.roster[0]?.lostAt != null);
    expect(roster).toHaveLength(2);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NOT NULL')).toBe(0);

    await passTime(15_000);
    await runDurableObjectAlarm(roomStub());

    await doctor.hears('roster', r => r.roster.length === 1);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NOT NULL')).toBe(1);
  });

  test('who comes back in time was never away', async () => {
    const { anna, doctor } = await both();
    anna.goes();
    await doctor.hears('roster', r => r.roster[0]?.lostAt != null);
    await enters(product, visit.id, visit.anna);
    await runDurableObjectAlarm(roomStub());

    doctor.says(hello);
    expect((await doctor.hears('welcome')).roster.map(seat => seat.lostAt)).toEqual([null, null]);
    expect(await count('SELECT count(*) AS n FROM attendance')).toBe(2);
  });

  test('who leaves on one device while another is coming in is there with the other', async () => {
    const pass = await passFor(product, visit.id, visit.anna);
    const { promise: dawn, resolve } = Promise.withResolvers<void>();
    const laptop = await enters(product, visit.id, visit.anna, pass);
    await runInDurableObject(roomStub(), room => void (Reflect.get(room, 'presence') as Presence).inTurn(() => dawn));
    const coming = enters(product, visit.id, visit.anna, pass);
    await scheduler.wait(50);
    laptop.says({ type: 'leave' });
    laptop.says(hello);
    await laptop.hears('welcome');
    await runInDurableObject(roomStub(), () => resolve());
    const phone = await coming;

    phone.says(hello);
    expect((await phone.hears('welcome')).roster).toHaveLength(1);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(1);
  });

  test('who was gone in D1 while the room did not get to hear it comes anew, and not into the call', async () => {
    await press(await enters(product, visit.id, visit.anna));
    await db.prepare('UPDATE attendance SET left_at = joined_at').run();
    const anna = await enters(product, visit.id, visit.anna);
    await runDurableObjectAlarm(roomStub());

    anna.says(hello);
    expect((await anna.hears('welcome')).roster[0]).toMatchObject({ inCall: false, joinedAt: null });
    expect(await count('SELECT count(*) AS n FROM attendance WHERE joined_at IS NOT NULL')).toBe(1);
  });

  test('what D1 does not take of a joining is told to it again soon, and a sweep that it breaks off is made again', async () => {
    const nextLook = () => runInDurableObject(roomStub(), async (_, { storage }) => ((await storage.getAlarm()) ?? Infinity) - Date.now());
    const anna = await enters(product, visit.id, visit.anna);
    await db.prepare("CREATE TRIGGER broken BEFORE UPDATE ON attendance BEGIN SELECT RAISE(ABORT, 'broken'); END").run();
    anna.says({ type: 'state', inCall: true, mic: true, cam: false, screen: false, tracks: {} });
    await soon(async () => ((await nextLook()) <= 3_000 ? true : null));

    await expect(runDurableObjectAlarm(roomStub())).rejects.toThrow('broken');
    expect(await nextLook()).toBeLessThanOrEqual(3_000);
    await db.prepare('DROP TRIGGER broken').run();
    await runDurableObjectAlarm(roomStub());
    expect(await count('SELECT count(*) AS n FROM attendance WHERE joined_at IS NOT NULL')).toBe(1);
    expect(anna.closed).toBeNull();
  });

  test('whom D1 has let in, and whose room did not live to hear it, is not there for ever', async () => {
    const doctor = await enters(product, visit.id, visit.doctor);
    const id = newId();
    await enterRoom(db, { consultationId: visit.id, personId: visit.anna.id, role: 'patient' }, Date.now(), id);
    await runInDurableObject(
      roomStub(),
      (_, { storage: { sql } }) => void sql.exec("INSERT INTO word (name, value) VALUES ('coming:patient', ?)", id),
    );
    doctor.says({ type: 'leave' });
    await soon(async () => ((await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')) === 1 ? true : null));
    expect(await runDurableObjectAlarm(roomStub())).toBe(true);

    const ended = "SELECT count(*) AS n FROM attendance WHERE left_at = entered_at AND role = 'patient'";
    expect(await count(ended)).toBe(1);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(0);
  });

  test('a room that is forgotten lets nobody in who was at its door', async () => {
    const { promise: dawn, resolve } = Promise.withResolvers<void>();
    await runInDurableObject(roomStub(), room => void (Reflect.get(room, 'presence') as Presence).inTurn(() => dawn));
    const coming = passFor(product, visit.id, visit.anna).then(pass => knocks(product, visit.id, visit.anna, pass));
    await scheduler.wait(50);
    await roomStub().end('tookPlace');
    const forgotten = roomStub().forget();
    await runInDurableObject(roomStub(), () => resolve());
    await forgotten;

    expect((await coming).status).toBe(409);
  });

  test('a room that slept or was deployed anew remembers everything, and its sockets live', async () => {
    const { anna, doctor } = await both();
    anna.says(chat('Вы меня слышите?'));
    await doctor.hears('chat');
    await evictDurableObject(roomStub(), { webSockets: 'hibernate' });

    doctor.says(hello);
    const welcome = await doctor.hears('welcome');
    expect(welcome.chat.map(line => line.text)).toEqual(['Вы меня слышите?']);
    expect(welcome.roster).toHaveLength(2);
    anna.raw('ping');
    doctor.says(chat('Да'));
    await anna.hears('chat', m => m.line.text === 'Да');
  });
});

/** Moves what the room remembers back, which is the same as time going on. */
const passTime = (ms: number) =>
  runInDurableObject(roomStub(), (_, state) => {
    for (const { role, body } of state.storage.sql.exec<{ role: string; body: string }>('SELECT role, body FROM seat').toArray()) {
      const seat = JSON.parse(body) as { lostAt: number | null };
      if (seat.lostAt !== null)
        state.storage.sql.exec('UPDATE seat SET body = ? WHERE role = ?', JSON.stringify({ ...seat, lostAt: seat.lostAt - ms }), role);
    }
  });
