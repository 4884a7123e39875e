// The visit around the call: a patient who cancels, the doctor's conclusion and delay.
import { runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeRoom } from '../../worker/activities/room.ts';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, HOUR, MINUTE } from '../cast.ts';
import { enterRoom, leaveRoom } from '../../worker/data/attendance.ts';
import { bindings, count, db } from '../data/d1.ts';
import { asksPass, booked, enters, freshMeeting, knocks, type Meeting, passFor, press, roomOf } from './meeting.ts';
import { type Product, wordsOf } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

describe('a patient who cancels', () => {
  const cancels = () => product.post(`/consultations/${visit.id}/cancellation`, { returnMinor: '207000' }, visit.anna);

  test('while the doctor waits ends the room for both, and nobody stays in it for ever', async () => {
    product.now = visit.startsAt - 10 * MINUTE;
    const anna = await enters(product, visit.id, visit.anna);

    expect((await cancels()).status).toBe(303);

    expect((await anna.hears('ended')).outcome).toBeNull();
    const page = wordsOf(await (await product.get(`/desk/consultations/${visit.id}`, visit.doctor)).text());
    expect(page).toContain('Этого приёма не будет, интервал свободен для других.');
    expect(await anna.isLetGo()).toBe(4002);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(0);
  });

  test('after the two have met is told that the visit has begun, and keeps it', async () => {
    await press(await enters(product, visit.id, visit.anna), await enters(product, visit.id, visit.doctor));
    product.now = Date.now();

    const response = await cancels();

    expect(response.status).toBe(409);
    const words = wordsOf(await response.text());
    expect(words).toContain('Отменить уже нельзя');
    expect(words).not.toContain('сумма изменилась');
    expect(await count('SELECT count(*) AS n FROM cancellation')).toBe(0);
  });
});

const ABSENT_IS_OFF = /value="absent"[^>]*disabled/;

describe('the doctor’s last word', () => {
  const ends = (as: CastPerson | null, outcome = 'tookPlace', given: RequestInit = {}) =>
    product.request(`/desk/consultations/${visit.id}/conclusion`, {
      method: 'POST',
      as,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ outcome }),
      ...given,
    });

  test('ends the room for both, closes the media, tells Temporal; then nobody gets in', async () => {
    const pass = await passFor(product, visit.id, visit.anna);
    product.now = visit.startsAt;
    const anna = await enters(product, visit.id, visit.anna, pass);
    const doctor = await enters(product, visit.id, visit.doctor);
    await press(anna, doctor);
    await product.request('/calls/sessions/new', { method: 'POST', headers: { 'x-room-pass': pass } });

    const response = await ends(visit.doctor);

    expect(await response.json()).toEqual({ kind: 'concluded', outcome: 'tookPlace' });
    expect((await anna.hears('ended')).outcome).toBe('tookPlace');
    expect(await anna.isLetGo()).toBe(4002);
    expect(await doctor.isLetGo()).toBe(4002);
    expect(sfu.asked.at(-1)).toMatchObject({ method: 'PUT', path: 'sessions/session1/tracks/close' });
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(0);
    expect(await count('SELECT count(*) AS n FROM outbox WHERE message_id = ?1', `concluded:${visit.id}`)).toBe(1);
    expect(await (await asksPass(product, visit.id, visit.anna)).json()).toEqual({ kind: 'over', why: 'concluded' });
    expect((await knocks(product, visit.id, visit.anna, pass)).status).toBe(409);
    const refused = await product.request('/calls/sessions/new', { method: 'POST', headers: { 'x-room-pass': pass } });
    expect(await refused.text()).toBe('room_ended');
    expect(await (await product.get('/appointments/history', visit.anna)).text()).toContain(visit.id);
  });

  test('is the doctor’s own, once, and about a visit that has come', async () => {
    for (const person of [visit.anna, visit.stranger]) expect((await ends(person)).status).toBe(404);
    expect((await ends(null)).status).toBe(401);
    expect((await ends(visit.doctor, 'nonsense')).status).toBe(422);
    expect((await ends(visit.doctor, 'absent')).status).toBe(409);
    product.now = visit.startsAt - HOUR;
    expect((await ends(visit.doctor)).status).toBe(409);
    product.now = visit.startsAt;
    expect(await (await ends(visit.doctor)).json()).toEqual({ kind: 'haveNotMet' });
    await enterRoom(db, { consultationId: visit.id, personId: visit.doctor.id, role: 'doctor' }, product.now);
    product.now = visit.startsAt + 10 * MINUTE - 1;
    expect(await (await ends(visit.doctor, 'absent')).json()).toEqual({ kind: 'notNow' });
    product.now += 1;
    expect((await ends(visit.doctor, 'absent')).status).toBe(200);
    expect((await ends(visit.doctor, 'absent')).status).toBe(200);

    const other = await ends(visit.doctor, 'failed');
    expect(other.status).toBe(409);
    expect(await other.json()).toEqual({ kind: 'already', outcome: 'absent' });
    expect(await count('SELECT count(*) AS n FROM conclusion')).toBe(1);
  });

  test('is not that the patient was absent, once both were in the call; one who only waited may have been', async () => {
    product.now = visit.startsAt;
    const anna = await enters(product, visit.id, visit.anna);
    const doctor = await enters(product, visit.id, visit.doctor);
    const page = async () => await (await product.get(`/desk/consultations/${visit.id}`, visit.doctor)).text();
    expect(await page()).not.toMatch(ABSENT_IS_OFF);
    await press(anna, doctor);

    const response = await ends(visit.doctor, 'absent');

    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({ kind: 'haveMet' });
    expect(await page()).toMatch(ABSENT_IS_OFF);
    expect(await count('SELECT count(*) AS n FROM conclusion')).toBe(0);
    expect((await ends(visit.doctor)).status).toBe(200);
  });

  test('is not that the patient was absent, by a doctor who only looked in and went, of a patient who sat there', async () => {
    const at = (minute: number) => visit.startsAt + minute * MINUTE;
    const came = await enterRoom(db, { consultationId: visit.id, personId: visit.doctor.id, role: 'doctor' }, at(-14));
    if (!('attendanceId' in came)) throw new Error('the visit is over');
    await enterRoom(db, { consultationId: visit.id, personId: visit.anna.id, role: 'patient' }, at(-5));
    await leaveRoom(db, visit.id, came.attendanceId, visit.startsAt + 1, visit.startsAt + 1);
    product.now = at(30);

    expect(await (await ends(visit.doctor, 'absent')).json()).toEqual({ kind: 'patientWaited' });
    expect(await (await product.get(`/desk/consultations/${visit.id}`, visit.doctor)).text()).toMatch(ABSENT_IS_OFF);
    const words = wordsOf(await (await product.get(`/consultations/${visit.id}`, visit.anna)).text());
    expect(words).not.toContain('Врач ждал вас');
    expect(words).toContain('Врач опаздывает уже 30 минут');
    expect((await ends(visit.doctor, 'failed')).status).toBe(200);
  });

  test('is not that the patient was absent while the patient is in the room; the choice comes back when they go', async () => {
    const enters = (who: CastPerson, role: 'doctor' | 'patient', at: number) =>
      enterRoom(db, { consultationId: visit.id, personId: who.id, role }, at);
    await enters(visit.doctor, 'doctor', visit.startsAt);
    product.now = visit.startsAt + 15 * MINUTE;
    const came = await enters(visit.anna, 'patient', product.now - MINUTE);
    if (!('attendanceId' in came)) throw new Error('the visit is over');

    expect(await (await ends(visit.doctor, 'absent')).json()).toEqual({ kind: 'patientHere' });
    const page = await (await product.get(`/desk/consultations/${visit.id}`, visit.doctor)).text();
    expect(page).not.toMatch(ABSENT_IS_OFF);
    await leaveRoom(db, visit.id, came.attendanceId, product.now, product.now);
    expect((await ends(visit.doctor, 'absent')).status).toBe(200);
  });

  test('works as a plain form too; one that was too early comes back to the page that says from when', async () => {
    const early = await product.post(`/desk/consultations/${visit.id}/conclusion`, { outcome: 'absent' }, visit.doctor);
    expect(early.headers.get('location')).toBe(`/desk/consultations/${visit.id}`);
    expect(await count('SELECT count(*) AS n FROM conclusion')).toBe(0);

    const response = await product.post(`/desk/consultations/${visit.id}/conclusion`, { outcome: 'failed' }, visit.doctor);

    expect(response.headers.get('location')).toBe('/desk');
    const other = await product.post(`/desk/consultations/${visit.id}/conclusion`, { outcome: 'absent' }, visit.doctor);
    expect(other.headers.get('location')).toBe(`/desk/consultations/${visit.id}`);
  });

  test('is asked for on the desk when nobody has said it half a day later, and is taken there too', async () => {
    const desk = async () => wordsOf(await (await product.get('/desk', visit.doctor)).text());
    product.now = visit.startsAt + 30 * MINUTE + 12 * HOUR - 1;
    expect(await desk()).not.toContain('Не завершены');
    product.now += 1;
    expect(await desk()).toContain('Не завершены Анна Тестова1');
    expect(wordsOf(await (await product.get(`/consultations/${visit.id}/room`, visit.anna)).text())).toContain('Время приёма прошло');
    const page = wordsOf(await (await product.get(`/desk/consultations/${visit.id}`, visit.doctor)).text());
    expect(page).toContain('Отметьте ниже, чем он закончился.');
    expect(page).toContain('Анна Тестова1 · ');
    expect(page).toContain('Чем закончился Состоялся');
    expect(page).toContain('Нельзя: после начала вы пробыли в комнате меньше 8 минут');

    await product.post(`/desk/consultations/${visit.id}/conclusion`, { outcome: 'failed' }, visit.doctor);

    expect(await desk()).not.toContain('Не завершены');
    expect(wordsOf(await (await product.get(`/desk/consultations/${visit.id}`, visit.doctor)).text())).toContain('Приём не состоялся');
  });

  test('about lateness reaches the patient who waits', async () => {
    const anna = await enters(product, visit.id, visit.anna);
    const late = (as: CastPerson, minutes: string) => product.post(`/desk/consultations/${visit.id}/late`, { minutes }, as);

    expect((await late(visit.anna, '5')).status).toBe(404);
    expect((await late(visit.doctor, '121')).status).toBe(422);
    expect((await late(visit.doctor, '')).status).toBe(422);
    expect((await late(visit.doctor, '5')).status).toBe(303);
    expect((await anna.hears('late')).late.minutes).toBe(5);
    anna.says({ type: 'hello' });
    expect((await anna.hears('welcome')).late?.minutes).toBe(5);
  });

  test('about lateness comes too late once the two have met, and once it is over; the answer says which', async () => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const late = () =>
      product.request(`/desk/consultations/${visit.id}/late`, { method: 'POST', as: visit.doctor, headers, body: '{"minutes":"5"}' });
    const [anna, doctor] = [await enters(product, visit.id, visit.anna), await enters(product, visit.id, visit.doctor)];
    product.now = Date.now();
    expect((await late()).status).toBe(200);
    await press(anna, doctor);

    const begun = await late();
    await ends(visit.doctor, 'failed');
    const over = await late();

    expect([begun.status, await begun.json()]).toEqual([409, { kind: 'begun' }]);
    expect([over.status, await over.json()]).toEqual([409, { kind: 'over' }]);
  });

  test('about lateness is taken until half a day after the visit, also of one that nobody came to', async () => {
    const late = () => product.post(`/desk/consultations/${visit.id}/late`, { minutes: '15' }, visit.doctor);
    product.now = visit.startsAt + 30 * MINUTE + 12 * HOUR - 1;
    expect((await late()).headers.get('location')).toBe('/desk');
    product.now += 1;
    expect((await late()).headers.get('location')).toBe(`/desk/consultations/${visit.id}`);
    expect(await count('SELECT count(*) AS n FROM lateness')).toBe(1);
  });

  test('and after it the room forgets everything that was said', async () => {
    const anna = await enters(product, visit.id, visit.anna);
    anna.says({ type: 'chat', clientId: newId(), text: 'Не для чужих глаз' });
    await anna.hears('chat');
    await ends(visit.doctor, 'failed');

    await closeRoom(product.ports, bindings.ROOM, { consultationId: visit.id });
    await closeRoom(product.ports, bindings.ROOM, { consultationId: visit.id });

    const left = await runInDurableObject(roomOf(visit.id), (_, state) => {
      const tables = state.storage.sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE name = 'chat'").toArray();
      return tables.length === 0 ? 0 : state.storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM chat').one().n;
    });
    expect(left).toBe(0);
  });
});

test('the room of a visit that is not paid leads to where one pays', async () => {
  const unpaid = await booked(visit.stranger.id, visit.startsAt + HOUR, false);

  const page = await (await product.get(`/consultations/${unpaid}/room`, visit.stranger)).text();

  expect(wordsOf(page)).toContain('Приём ещё не оплачен');
  expect(page).toMatch(new RegExp(`href="/consultations/${unpaid}">Перейти\\sк\\sоплате</a>`));
});
