// The room for its two participants: what they send and show to each other, on which device, and what a browser may not send. The durable
// object and D1 are the real local ones.
import { runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../worker/auth/seal.ts';
import { newId } from '../../worker/data/ids.ts';
import { MESSAGES_AT_ONCE } from '../../worker/rooms/messages.ts';
import type { Room } from '../../worker/rooms/room.ts';
import { count } from '../data/d1.ts';
import { both, chatLine, enters, freshMeeting, HELLO, type Meeting, passFor, roomOf, soon } from './meeting.ts';
import type { Product } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

describe('two in a room', () => {
  test('see each other, their states and who is first', async () => {
    const { anna, doctor } = await both(product, visit);
    doctor.says(HELLO);
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
    await both(product, visit);
    await enters(product, visit.id, visit.anna);

    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(2);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'entered:%'")).toBe(2);
    const page = await (await product.get('/appointments', visit.anna)).text();
    expect(page).toContain(visit.id);
  });

  test('talk: both read a line once, a repeated one is the same line', async () => {
    const { anna, doctor } = await both(product, visit);
    const line = chatLine('Здравствуйте, доктор! <b>');
    anna.says(line);
    anna.says(line);
    doctor.says(chatLine('Слушаю'));
    await anna.hears('chat', m => m.line.from === 'doctor');

    const heard = await doctor.hears('chat', m => m.line.text.startsWith('Здравствуйте'));
    expect(heard.line).toMatchObject({ from: 'patient', clientId: line.clientId, seq: 1 });
    doctor.says(HELLO);
    expect((await doctor.hears('welcome')).chat.map(l => l.seq)).toEqual([1, 2]);
    doctor.says({ type: 'seen', seq: 1 });
    await anna.hears('roster', ({ roster }) => roster[1]?.seen === 1);
    // Nobody can have read a line that does not exist yet.
    doctor.says({ type: 'seen', seq: Number.MAX_SAFE_INTEGER });
    await anna.hears('roster', ({ roster }) => roster[1]?.seen === 2);
  });

  test('the doctor calls in; a patient may not', async () => {
    const { anna, doctor } = await both(product, visit);
    anna.says({ type: 'callIn' });
    expect((await anna.hears('refused')).why).toBe('notYours');
    doctor.says({ type: 'callIn' });

    await anna.hears('called');
    anna.says(HELLO);
    expect((await anna.hears('welcome')).calledAt).not.toBeNull();
  });

  test('quality and faults become lines of the passport, without flooding it', async () => {
    const { anna } = await both(product, visit);
    const quality = { type: 'quality', loss: 0.02, rtt: 41.6, kbpsIn: 900, kbpsOut: 700, kind: 'video' } as const;
    for (let i = 0; i < 3; i++) anna.says(quality);
    for (let i = 0; i < 3; i++) anna.says({ type: 'fault', kind: 'mediaLost' });
    anna.says(HELLO);
    await anna.hears('welcome');

    expect(await count('SELECT rtt_ms AS n FROM call_minute')).toBe(42);
    await soon(async () => ((await count('SELECT count(*) AS n FROM call_fault')) === 1 ? true : null));
    expect(await count("SELECT count(*) AS n FROM call_fault WHERE side = 'patient'")).toBe(1);
  });

  test('a second device takes over: the first one is told and let go, the other person sees one seat', async () => {
    const { anna, doctor } = await both(product, visit);
    const phone = await enters(product, visit.id, visit.anna);
    await anna.hears('replaced');

    expect(await anna.isLetGo()).toBe(4001);
    phone.says(HELLO);
    expect((await phone.hears('welcome')).roster).toHaveLength(2);
    expect(doctor.closed).toBeNull();
    expect(await count('SELECT count(*) AS n FROM attendance')).toBe(2);
  });

  test('of two devices that come at once the one whose pass is live stays, though the room hears of the other one later', async () => {
    const laptop = await passFor(product, visit.id, visit.anna);
    const phone = await enters(product, visit.id, visit.anna);
    await roomOf(visit.id).takeOver('patient', await sha256(laptop));

    phone.says(HELLO);
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
      anna.says(HELLO);
      await anna.hears('welcome');
    },
  );

  test.each(['', '   ', '\0', '\u200b\u200d', '\u202e'])('a line of which nothing is seen: %j', async text => {
    const anna = await enters(product, visit.id, visit.anna);
    anna.says(chatLine(text));
    expect((await anna.hears('refused')).why).toBe('garbage');
    anna.says(chatLine('👩‍⚕️'));
    expect((await anna.hears('chat')).line.text).toBe('👩‍⚕️');
  });

  test('a line of 2001 letters; one of 2000 is said', async () => {
    const anna = await enters(product, visit.id, visit.anna);
    anna.says(chatLine('щ'.repeat(2001)));
    expect((await anna.hears('refused')).why).toBe('garbage');
    anna.says(chatLine('щ'.repeat(2000)));
    await anna.hears('chat');
  });

  test('more than the share of one side of a conversation: lines, or all of them together; the other side has its own', async () => {
    const { anna, doctor } = await both(product, visit);
    for (const [lines, letters] of [
      [1000, 1],
      [66, 2000],
    ]) {
      await runInDurableObject(roomOf(visit.id), (_, { storage: { sql } }) => {
        sql.exec('DELETE FROM chat');
        for (let i = 0; i < (lines ?? 0); i++)
          sql.exec("INSERT INTO chat (role, client_id, text, at) VALUES ('patient', ?, ?, 0)", newId(), 'щ'.repeat(letters ?? 0));
      });
      const line = chatLine('И ещё одно');
      anna.says(line);

      expect(await anna.hears('refused', m => m.clientId === line.clientId)).toMatchObject({ why: 'full' });
      const own = chatLine('А у меня место есть');
      doctor.says(own);
      await doctor.hears('chat', m => m.line.clientId === own.clientId);
    }
  });

  test('the whole room again and again: after ten times it waits', async () => {
    const anna = await enters(product, visit.id, visit.anna);
    for (let n = 0; n < 60; n += 1) anna.says(HELLO);

    expect((await anna.hears('refused')).why).toBe('tooOften');
    anna.says(chatLine('Всё равно слышно'));
    await anna.hears('chat');
  });

  test('a message over eight kilobytes ends the socket', async () => {
    const anna = await enters(product, visit.id, visit.anna);
    anna.raw(JSON.stringify({ type: 'hello', padding: 'x'.repeat(8 * 1024) }));

    expect(await anna.isLetGo()).toBe(4009);
  });

  test('what a line that hung lets through at once is no flood', async () => {
    const { anna } = await both(product, visit);
    for (let i = 0; i < MESSAGES_AT_ONCE - 10; i++) anna.says({ type: 'seen', seq: i });
    anna.says(HELLO);

    await anna.hears('welcome');
    expect(anna.closed).toBeNull();
  });

  test('more than twenty messages a second end the socket, and the other one goes on', async () => {
    const { anna, doctor } = await both(product, visit);
    for (let i = 0; i < 2 * MESSAGES_AT_ONCE; i++) anna.says({ type: 'seen', seq: i });

    expect(await anna.isLetGo()).toBe(4008);
    doctor.says(HELLO);
    await doctor.hears('welcome');
  });

  test('anything, once it was let go: its line is not said and its leaving takes nobody’s seat', async () => {
    const { doctor } = await both(product, visit);
    await runInDurableObject(roomOf(visit.id), async (room: Room, state) => {
      const [socket] = state.getWebSockets('patient');
      if (!socket) throw new Error('no socket');
      const answered = room.webSocketMessage(socket, JSON.stringify(HELLO));
      socket.close(4001, 'replaced');
      await answered;
      await room.webSocketMessage(socket, JSON.stringify(chatLine('Я ещё здесь')));
      await room.webSocketMessage(socket, JSON.stringify({ type: 'leave' }));
    });

    doctor.says(HELLO);
    expect(await doctor.hears('welcome')).toMatchObject({ chat: [], roster: [{ role: 'patient' }, { role: 'doctor' }] });
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(2);
  });

  test('a track of a session that is not the sender’s', async () => {
    const { anna, doctor } = await both(product, visit);
    anna.says({
      type: 'state',
      inCall: true,
      mic: true,
      cam: true,
      screen: false,
      tracks: { cam: { sessionId: 'session99', trackName: 'cam' } },
    });

    expect((await anna.hears('refused')).why).toBe('foreignTrack');
    doctor.says(HELLO);
    expect((await doctor.hears('welcome')).roster[0]?.cam).toBe(false);
  });
});
