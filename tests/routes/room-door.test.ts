// The door of a room: its pass, its socket, and everyone who must not get in.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../worker/data/ids.ts';
import { HOUR, MINUTE } from '../cast.ts';
import { count, d1 } from '../data/d1.ts';
import { asksPass, booked, chatLine, enters, freshMeeting, knocks, type Meeting, type Pass, passFor } from './meeting.ts';
import type { Product } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

describe('the pass ends with its session', () => {
  test.each(['idle_until', 'expires_at', 'ended_at'])('%s: the room and the media are closed to it', async column => {
    const pass = await passFor(product, visit.id, visit.anna);
    const asksMedia = () => product.request('/calls/sessions/new', { method: 'POST', headers: { 'x-room-pass': pass } });
    expect((await asksMedia()).status).toBe(201);

    await d1.prepare(`UPDATE session SET ${column} = ?1 WHERE person_id = ?2`).bind(product.now, visit.anna.id).run();

    const refused = await asksMedia();
    expect([refused.status, await refused.text()]).toEqual([403, 'pass_unknown']);
  });

  test('the pass of a connection check too', async () => {
    const { pass } = (await (await product.post('/check/pass', {}, visit.anna)).json()) as Pass;
    const asks = () => product.request('/calls/sessions/new', { method: 'POST', headers: { 'x-room-pass': pass } });
    expect((await asks()).status).toBe(201);

    await d1.prepare('UPDATE session SET ended_at = ?1 WHERE person_id = ?2').bind(product.now, visit.anna.id).run();

    expect((await asks()).status).toBe(403);
  });
});

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

    const { results } = await d1
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
    doctor.says(chatLine('Вы здесь?'));
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
    await d1
      .prepare('UPDATE room_pass SET expires_at = ?1')
      .bind(product.now + MINUTE)
      .run();

    expect((await knocks(product, other, visit.anna, pass)).status).toBe(403);
  });
});
