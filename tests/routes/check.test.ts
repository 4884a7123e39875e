// «Проверка связи» before any door is open: its pages and its pass, which cannot reach a consultation's room; and a room's pass cannot be
// used here.
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, NOON, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { STAFF } from '../../stand/clinic/people.ts';
import { count, d1, run } from '../data/d1.ts';
import { asksPass, booked, freshMeeting, knocks, type Meeting, metInCall, passFor, roomOf } from './meeting.ts';
import { type Product, wordsOf } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

const checkPassFor = async (as: CastPerson): Promise<string> => {
  const response = await product.request('/check/pass', { method: 'POST', as });
  expect(response.status).toBe(200);
  return ((await response.json()) as { pass: string }).pass;
};
const call = (path: string, pass: string, body?: unknown, method = 'POST') =>
  product.request(`/calls/${path}`, {
    method,
    headers: { 'x-room-pass': pass, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const made = async (pass: string) => ((await (await call('sessions/new', pass)).json()) as { sessionId: string }).sessionId;
const pull = (sessionId: string) => ({ tracks: [{ location: 'remote', sessionId, trackName: 'video' }] });
const PUSH = { sessionDescription: { type: 'offer', sdp: 'v=0' }, tracks: [{ location: 'local', mid: '0', trackName: 'video' }] };
const ANSWER = { sessionDescription: { type: 'answer', sdp: 'v=0' } };
const CLOSE = { tracks: [{ mid: '0' }], force: true };

describe('the pass of a check', () => {
  test('is for anybody who is signed in, also staff, and for nobody else', async () => {
    const support = await sessionFor(STAFF[0]?.id ?? '', 70, product.now);
    await run(support.statements);

    for (const person of [visit.stranger, visit.doctor, support]) expect(await checkPassFor(person)).toMatch(/^check:/);
    expect((await product.request('/check/pass', { method: 'POST' })).status).toBe(401);
  });

  test('lets its holder push, pull back the own video, answer and close', async () => {
    const pass = await checkPassFor(visit.stranger);
    const own = await made(pass);

    expect((await call(`sessions/${own}/tracks/new`, pass, PUSH)).status).toBe(200);
    expect((await call(`sessions/${own}/tracks/new`, pass, pull(own))).status).toBe(200);
    expect((await call(`sessions/${own}/renegotiate`, pass, ANSWER, 'PUT')).status).toBe(200);
    expect((await call(`sessions/${own}/tracks/close`, pass, CLOSE, 'PUT')).status).toBe(200);
    expect((await call('generate-ice-servers', pass, undefined, 'GET')).status).toBe(200);
  });

  test('pulls nobody else’s track and drives nobody’s session: not of a room, not of another check', async () => {
    const pass = await checkPassFor(visit.anna);
    const own = await made(pass);
    const inRoom = await made(await passFor(product, visit.id, visit.doctor));
    const elsewhere = await made(await checkPassFor(visit.stranger));
    const asked = sfu.asked.length;

    for (const foreign of [inRoom, elsewhere, 'session99']) {
      expect((await call(`sessions/${own}/tracks/new`, pass, pull(foreign))).status).toBe(403);
      expect((await call(`sessions/${foreign}/tracks/new`, pass, PUSH)).status).toBe(403);
      expect((await call(`sessions/${foreign}/renegotiate`, pass, ANSWER, 'PUT')).status).toBe(403);
      expect((await call(`sessions/${foreign}/tracks/close`, pass, CLOSE, 'PUT')).status).toBe(403);
    }
    expect(sfu.asked.length).toBe(asked);
  });

  test('a room’s pass reaches nothing of a check, also of the same person', async () => {
    const checked = await made(await checkPassFor(visit.anna));
    const pass = await passFor(product, visit.id, visit.anna);
    const own = await made(pass);
    const asked = sfu.asked.length;

    expect((await call(`sessions/${own}/tracks/new`, pass, pull(checked))).status).toBe(403);
    expect((await call(`sessions/${checked}/tracks/close`, pass, CLOSE, 'PUT')).status).toBe(403);
    expect(sfu.asked.length).toBe(asked);
  });

  test('opens no socket and is no pass to a room', async () => {
    const pass = await checkPassFor(visit.anna);

    expect((await knocks(product, visit.id, visit.anna, encodeURIComponent(pass))).status).toBe(403);
    expect((await asksPass(product, visit.id, visit.anna, pass)).status).toBe(403);
    expect(await count('SELECT count(*) AS n FROM attendance')).toBe(0);
  });

  test('ends after three minutes; a forged one never began', async () => {
    const pass = await checkPassFor(visit.anna);
    const forged = [`${pass.slice(0, -2)}AA`, 'check:', 'check:a.b.c', pass.replace('check:', '')];

    for (const token of forged) expect((await call('sessions/new', token)).status).toBe(403);
    product.now += 3 * MINUTE - 1;
    expect((await call('sessions/new', pass)).status).toBe(201);
    product.now += 1;
    expect(await (await call('sessions/new', pass)).text()).toBe('pass_expired');
  });

  test('its sessions are forgotten by the alarm, and a room’s alarm forgets no room', async () => {
    const pass = await checkPassFor(visit.anna);
    const own = await made(pass);
    const room = roomOf(`check:${visit.anna.id}`);
    expect(await runInDurableObject(room, (_, state) => state.storage.getAlarm())).not.toBeNull();

    expect(await runDurableObjectAlarm(room)).toBe(true);

    expect((await call(`sessions/${own}/tracks/new`, pass, PUSH)).status).toBe(403);
    const roomPass = await passFor(product, visit.id, visit.anna);
    const inRoom = await made(roomPass);
    const visitRoom = roomOf(visit.id);
    await runInDurableObject(visitRoom, instance => (instance as unknown as { alarm(): Promise<void> }).alarm());
    expect((await call(`sessions/${inRoom}/tracks/new`, roomPass, PUSH)).status).toBe(200);
  });

  test('is given forty times in a quarter of an hour and no more', async () => {
    const ask = () => product.request('/check/pass', { method: 'POST', as: visit.anna });
    // The window of the limit is a quarter of an hour of the clock.
    product.now = Math.ceil(product.now / (15 * MINUTE)) * 15 * MINUTE;

    for (let times = 0; times < 40; times += 1) expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(429);
    product.now += 15 * MINUTE;
    expect((await ask()).status).toBe(200);
  });
});

describe('the page', () => {
  const result = (given = {}) => ({
    camera: true,
    microphone: true,
    speaker: true,
    network: 'video',
    details: { measured: true },
    ...given,
  });
  const keeps = (id: string, as: CastPerson, body: object) =>
    product.request(`/consultations/${id}/room/check`, {
      method: 'POST',
      as,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const page = async (path: string, as: CastPerson) => wordsOf(await (await product.get(path, as)).text());

  test('is there from the booking on, days before and unpaid too, for the patient and the doctor', async () => {
    const later = await booked(visit.stranger.id, product.now + 5 * DAY, false);

    expect((await product.get(`/consultations/${later}/check`, visit.stranger)).status).toBe(200);
    expect((await product.get(`/consultations/${later}/check`, visit.doctor)).status).toBe(200);
    expect((await keeps(later, visit.stranger, result())).status).toBe(201);
    expect((await product.get(`/consultations/${later}/check`, visit.anna)).status).toBe(404);
  });

  test('says on return what came out last and when, each to their own', async () => {
    await keeps(visit.id, visit.anna, result());
    product.now += HOUR;
    await keeps(visit.id, visit.anna, result({ network: 'audio' }));

    const annas = await page(`/consultations/${visit.id}/check`, visit.anna);
    expect(annas).toContain('Приём получится без видео.');
    expect(annas).toMatch(/Последняя проверка: .*\d\d:\d\d \(МСК\)/);
    expect(await page('/check', visit.anna)).toContain('Приём получится без видео.');
    expect(await page(`/consultations/${visit.id}/check`, visit.doctor)).not.toContain('Последняя проверка');
  });

  test('does not call a network bad that could not be measured', async () => {
    await keeps(visit.id, visit.anna, result({ network: 'chat', details: { measured: false } }));

    const words = await page(`/consultations/${visit.id}/check`, visit.anna);

    expect(words).toContain('Камера и микрофон готовы.');
    expect(words).not.toContain('Пока получится только чат.');
  });

  test('says what it needs without script, with the reception’s phone', async () => {
    const html = await (await product.get('/check', visit.anna)).text();

    expect(html).toMatch(/<noscript>.*JavaScript.*tel:/s);
  });

  test('is closed when the visit is over, and nothing more is kept', async () => {
    await keeps(visit.id, visit.anna, result());
    await run(metInCall(visit.id, visit.anna.id, visit.doctor.id, product.now - MINUTE));
    await d1
      .prepare("INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?1, ?2, ?3, 'tookPlace')")
      .bind(visit.id, product.now, visit.doctor.id)
      .run();

    expect(await page(`/consultations/${visit.id}/check`, visit.anna)).toContain('Приём уже завершён');
    expect((await keeps(visit.id, visit.anna, result())).status).toBe(409);
    expect(await count('SELECT count(*) AS n FROM device_check')).toBe(1);
  });

  test('is linked from the confirmation in a new tab, from the paid card and from the help', async () => {
    expect(await (await product.get('/appointments', visit.anna)).text()).toContain(`href="/consultations/${visit.id}/check"`);
    expect(await (await product.get('/help/connect')).text()).toContain('href="/check"');
    expect(await (await product.get('/help')).text()).toContain('href="/check"');
    product.now = NOON;
    const confirmation = await product.get(`/doctors/${MAKETOVA.doctorId}/slots/${TOMORROW_14_30}`, visit.stranger);
    expect(await confirmation.text()).toMatch(/<a href="\/check" target="_blank" rel="noopener">/);
  });
});
