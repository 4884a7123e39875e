// What D1 stores and returns for a room: the open door, who has not come, passes.
import { beforeEach, describe, expect, test } from 'vitest';
import { ask, write } from '../../worker/data/db.ts';
import { leaveRoom } from '../../worker/data/attendance.ts';
import { noteMissing } from '../../worker/data/call-passport.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { saysLate } from '../../worker/data/lateness.ts';
import { meetingRead } from '../../worker/data/meetings.ts';
import { givePass, renewPass } from '../../worker/data/room-passes.ts';
import { viewerRead } from '../../worker/data/viewer.ts';
import { MAKETOVA, MINUTE } from '../cast.ts';
import { joins, type Meeting } from '../routes/meeting.ts';
import { count, db } from './d1.ts';
import { concluding, doctorOf, enters, freshVisit, patientOf, SESSION, consultationOf } from './visit.ts';

let visit: Meeting;
let now: number;

beforeEach(async () => {
  visit = await freshVisit();
  now = visit.startsAt;
});

const patient = () => patientOf(visit);
const doctor = () => doctorOf(visit);

describe('the open door', () => {
  const door = async (at: number, who = visit.anna) =>
    (await ask(db, { viewer: viewerRead({ tokenHash: who.tokenHash, now: at }) })).viewer?.door ?? null;

  test('is shown to the patient alone, from the button on until the doctor ends it', async () => {
    const opensAt = visit.startsAt - 2 * MINUTE;

    expect(await door(opensAt - 1)).toBeNull();
    expect(await door(opensAt)).toMatchObject({ consultationId: visit.id, startsAt: visit.startsAt, doctorWaits: false, begun: false });
    expect(await door(opensAt, visit.doctor)).toBeNull();
    expect(await door(opensAt, visit.stranger)).toBeNull();
    await enters(doctor(), now);
    await joins(patient(), now);
    expect(await door(now)).toMatchObject({ doctorWaits: true, begun: false });
    await joins(doctor(), now);
    expect(await door(now)).toMatchObject({ doctorWaits: true, begun: true });
    await conclude(db, concluding(visit, 'failed'), now);
    expect(await door(now)).toBeNull();
  });

  test('the two read who is there and how late the doctor is', async () => {
    await enters(patient(), now);
    await write(db, [
      saysLate(visit.id, MAKETOVA.id, { minutes: 5, at: now }),
      saysLate(visit.id, MAKETOVA.id, { minutes: 10, at: now + 1 }),
    ]);
    const { seen } = await ask(db, { seen: meetingRead({ tokenHash: visit.doctor.tokenHash, now }, visit.id) });

    expect(seen).toMatchObject({ role: 'doctor', personId: MAKETOVA.id, present: ['patient'], late: { minutes: 10, at: now + 1 } });
    expect((await ask(db, { seen: meetingRead({ tokenHash: visit.stranger.tokenHash, now }, visit.id) })).seen).toBeNull();
  });
});

describe('who has not come', () => {
  const late = { kind: 'doctorLate', role: 'doctor' } as const;

  test('is noted once a schedule', async () => {
    expect(await noteMissing(db, visit.id, late, 1, now + 10 * MINUTE)).toBe(true);
    expect(await noteMissing(db, visit.id, late, 1, now + 11 * MINUTE)).toBe(true);
    expect(await count("SELECT count(*) AS n FROM call_fault WHERE kind = 'doctorLate' AND side = 'clinic'")).toBe(1);
  });

  test('is noted of a doctor who looked in before the start and went, not of one who came back', async () => {
    const id = await enters(doctor(), now - 14 * MINUTE);
    await leaveRoom(db, visit.id, id, now - MINUTE, now - MINUTE);
    expect(await noteMissing(db, visit.id, late, 1, now + 10 * MINUTE)).toBe(true);
    expect((await consultationOf(visit.id)).trace.cameAt).toBeNull();
    await enters(doctor(), now + 11 * MINUTE);
    expect((await consultationOf(visit.id)).trace.cameAt).toBe(now + 11 * MINUTE);
  });

  test('is noted of a doctor who left in the first minutes after the start, not of one who stayed eight', async () => {
    const first = await enters(doctor(), now - 14 * MINUTE);
    await leaveRoom(db, visit.id, first, visit.startsAt + MINUTE, visit.startsAt + MINUTE);
    expect((await consultationOf(visit.id)).trace.cameAt).toBeNull();
    expect(await noteMissing(db, visit.id, late, 1, visit.startsAt + 10 * MINUTE)).toBe(true);
    const again = await enters(doctor(), visit.startsAt + 11 * MINUTE);
    await leaveRoom(db, visit.id, again, visit.startsAt + 18 * MINUTE, visit.startsAt + 18 * MINUTE);
    expect((await consultationOf(visit.id)).trace.cameAt).toBe(visit.startsAt + 11 * MINUTE);
  });

  test('is not noted of one who was there, before the start, of another schedule, or when it is over', async () => {
    expect(await noteMissing(db, visit.id, late, 1, visit.startsAt - 1)).toBe(false);
    expect(await noteMissing(db, visit.id, late, 2, now)).toBe(false);
    await enters(doctor(), now);
    expect(await noteMissing(db, visit.id, late, 1, now)).toBe(false);
    await conclude(db, concluding(visit, 'failed'), now);
    expect(await noteMissing(db, visit.id, { kind: 'patientAbsent', role: 'patient' }, 1, now)).toBe(false);
  });
});

test('of passes given at once to many devices of one side exactly one is live', async () => {
  const hashes = Array.from({ length: 10 }, (_, i) => `hash-${i}`);
  await Promise.all(hashes.map(hash => givePass(db, hash, patient(), SESSION, now)));

  const renewed = await Promise.all(hashes.map(hash => renewPass(db, hash, patient(), SESSION, now)));
  expect(renewed.filter(r => r.kind === 'renewed')).toHaveLength(1);
  expect(renewed.filter(r => r.kind === 'replaced')).toHaveLength(9);
});
