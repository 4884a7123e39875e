// Attendance: who was in the room and in the call, decided in the database when several requests come at once, and the facts derived from
// it.
import { beforeEach, describe, expect, test } from 'vitest';
import { statusOf } from '../../workflows/rules/status.ts';
import { ask } from '../../worker/data/db.ts';
import { byId } from '../../worker/data/which.ts';
import { attendanceRead, enterRoom, joinCall, leaveRoom } from '../../worker/data/attendance.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { MINUTE } from '../cast.ts';
import { joins, type Meeting } from '../routes/meeting.ts';
import { count, d1, db } from './d1.ts';
import { concluding, doctorOf, enters, freshVisit, patientOf, consultationOf } from './visit.ts';

let visit: Meeting;
let now: number;

beforeEach(async () => {
  visit = await freshVisit();
  now = visit.startsAt;
});

const patient = () => patientOf(visit);
const doctor = () => doctorOf(visit);
const facts = async () => (await consultationOf(visit.id)).facts;

describe('attendance', () => {
  test('twenty devices of one side at once are one attendance and one word to Temporal', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => enterRoom(db, patient(), now)));

    expect(results.filter(r => r.kind === 'entered')).toHaveLength(1);
    expect(results.filter(r => r.kind === 'already')).toHaveLength(19);
    expect(new Set(results.map(r => ('attendanceId' in r ? r.attendanceId : ''))).size).toBe(1);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'entered:%'")).toBe(1);
  });

  test('a leaving that is told twice is the first one, and entering again is another attendance', async () => {
    const id = await enters(patient(), now);
    await leaveRoom(db, visit.id, id, now + MINUTE, now + 2 * MINUTE);
    await leaveRoom(db, visit.id, id, now + 5 * MINUTE, now + 5 * MINUTE);
    await enters(patient(), now + 6 * MINUTE);

    const { read } = await ask(db, { read: attendanceRead(byId(visit.id)) });
    expect(read).toEqual([
      { role: 'patient', enteredAt: now, joinedAt: null, leftAt: now + MINUTE },
      { role: 'patient', enteredAt: now + 6 * MINUTE, joinedAt: null, leftAt: null },
    ]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE side = 'patient'")).toBe(1);
  });

  test('what is written stays', async () => {
    await enters(patient(), now);

    await expect(d1.prepare('UPDATE attendance SET entered_at = entered_at - 1').run()).rejects.toThrow(/immutable/);
    await expect(d1.prepare('DELETE FROM attendance').run()).rejects.toThrow(/immutable/);
    await d1.prepare('UPDATE attendance SET joined_at = entered_at').run();
    await expect(d1.prepare('UPDATE attendance SET joined_at = entered_at + 1').run()).rejects.toThrow(/immutable/);
    await expect(d1.prepare('UPDATE attendance SET joined_at = NULL').run()).rejects.toThrow(/immutable/);
    await d1.prepare('UPDATE attendance SET left_at = entered_at').run();
    await expect(d1.prepare('UPDATE attendance SET left_at = NULL').run()).rejects.toThrow(/immutable/);
  });

  test('nobody enters a visit that is over or was not paid', async () => {
    await d1.prepare('UPDATE hold SET firm_at = NULL').run();
    expect(await enterRoom(db, patient(), now)).toEqual({ kind: 'over' });
    await d1.prepare('UPDATE hold SET firm_at = ?1').bind(now).run();
    await conclude(db, concluding(visit, 'failed'), now);
    expect(await enterRoom(db, doctor(), now)).toEqual({ kind: 'over' });
  });
});

describe('the facts', () => {
  test('follow who is there: paid, waiting, in progress', async () => {
    expect(statusOf(await facts(), now)).toBe('paid');
    await enters(patient(), now);
    expect(await facts()).toMatchObject({ enteredAt: now, startedAt: null });
    expect(statusOf(await facts(), now)).toBe('waiting');
    const id = await enters(doctor(), now + 3 * MINUTE);
    await joinCall(db, visit.id, id, now + 4 * MINUTE, now + 4 * MINUTE);
    expect(await facts()).toMatchObject({ enteredAt: now, startedAt: null });
    expect(statusOf(await facts(), now + 4 * MINUTE)).toBe('waiting');
    await joins(patient(), now + 5 * MINUTE);
    expect(await facts()).toMatchObject({ enteredAt: now, startedAt: now + 5 * MINUTE });
    expect(statusOf(await facts(), now + 5 * MINUTE)).toBe('progress');
  });

  test('of joining: the first instant stands, and it is told to Temporal once', async () => {
    const id = await joins(patient(), now);
    expect(await joinCall(db, visit.id, id, now + MINUTE, now + MINUTE)).toBe(true);
    await leaveRoom(db, visit.id, id, now + 2 * MINUTE, now + 2 * MINUTE);
    expect(await joinCall(db, visit.id, id, now + 3 * MINUTE, now + 3 * MINUTE)).toBe(false);

    const { read } = await ask(db, { read: attendanceRead(byId(visit.id)) });
    expect(read).toEqual([{ role: 'patient', enteredAt: now, joinedAt: now, leftAt: now + 2 * MINUTE }]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE side = 'patient'")).toBe(1);
  });

  test('two who only missed each other have not begun', async () => {
    const id = await joins(patient(), now);
    await leaveRoom(db, visit.id, id, now + MINUTE, now + MINUTE);
    await joins(doctor(), now + MINUTE);

    expect((await facts()).startedAt).toBeNull();
    await joins(patient(), now + 2 * MINUTE);
    expect((await facts()).startedAt).toBe(now + 2 * MINUTE);
  });

  test('a patient is not in the call before the door opens, whatever their browser says; the doctor may be', async () => {
    const [early, door] = [visit.startsAt - 10 * MINUTE, visit.startsAt - 2 * MINUTE];
    const id = await enters(patient(), early);
    await joins(doctor(), early);
    await d1.prepare('UPDATE outbox SET delivered_at = ?1').bind(early).run();

    const told = () => count('SELECT count(*) AS n FROM outbox WHERE message_id = ?1', `joined:${id}`);
    expect(await joinCall(db, visit.id, id, early, door - 1)).toBe(false);
    expect(await facts()).toMatchObject({ startedAt: null });
    expect(await told()).toBe(0);
    expect(await joinCall(db, visit.id, id, early, door)).toBe(true);
    expect((await facts()).startedAt).toBe(door);
    expect(await told()).toBe(1);
  });
});
