// Attendance and conclusion: who was there and how it ended, decided in the database when several say so at once.
import { beforeEach, describe, expect, test } from 'vitest';
import { statusOf } from '../../workflows/rules/status.ts';
import { ask, write } from '../../worker/data/ask.ts';
import { attendanceRead, enterRoom, joinCall, leaveRoom } from '../../worker/data/attendance.ts';
import { cancelByPatient } from '../../worker/data/cancellations.ts';
import { noteMissing } from '../../worker/data/call-passport.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { chooseRefund } from '../../worker/data/delay-choices.ts';
import { saysLate } from '../../worker/data/lateness.ts';
import { meetingRead, openDoorRead } from '../../worker/data/meetings.ts';
import { givePass, renewPass } from '../../worker/data/room-passes.ts';
import { storyRead } from '../../worker/data/stories.ts';
import { HOUR, MAKETOVA, MINUTE, OBRAZTSOVA, TOMORROW_14_30 } from '../cast.ts';
import { booked, joins, type Meeting, meeting } from '../routes/meeting.ts';
import { count, db, freshClinic } from './d1.ts';

/** The first patient's own. */
const SESSION = '01930000-0000-7000-8000-000000020001';

let visit: Meeting;
let now: number;

beforeEach(async () => {
  await freshClinic();
  visit = await meeting(TOMORROW_14_30);
  now = visit.startsAt;
});

const patient = () => ({ consultationId: visit.id, personId: visit.anna.id, role: 'patient' }) as const;
const doctor = () => ({ consultationId: visit.id, personId: MAKETOVA.id, role: 'doctor' }) as const;
const enters = async (who: ReturnType<typeof patient> | ReturnType<typeof doctor>, at: number) => {
  const entered = await enterRoom(db, who, at);
  return 'attendanceId' in entered ? entered.attendanceId : '';
};
const facts = async () => {
  const { story } = await ask(db, { story: storyRead(visit.id) });
  if (!story) throw new Error('no story');
  return story.facts;
};
const concluding = (outcome: 'tookPlace' | 'failed' | 'absent' = 'tookPlace', personId: string = MAKETOVA.id) => ({
  consultationId: visit.id,
  personId,
  sessionId: SESSION,
  outcome,
});

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

    const { read } = await ask(db, { read: attendanceRead(visit.id) });
    expect(read).toEqual([
      { role: 'patient', enteredAt: now, joinedAt: null, leftAt: now + MINUTE },
      { role: 'patient', enteredAt: now + 6 * MINUTE, joinedAt: null, leftAt: null },
    ]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'left:%'")).toBe(1);
  });

  test('what is written stays', async () => {
    await enters(patient(), now);

    await expect(db.prepare('UPDATE attendance SET entered_at = entered_at - 1').run()).rejects.toThrow(/immutable/);
    await expect(db.prepare('DELETE FROM attendance').run()).rejects.toThrow(/immutable/);
    await db.prepare('UPDATE attendance SET joined_at = entered_at').run();
    await expect(db.prepare('UPDATE attendance SET joined_at = entered_at + 1').run()).rejects.toThrow(/immutable/);
    await expect(db.prepare('UPDATE attendance SET joined_at = NULL').run()).rejects.toThrow(/immutable/);
    await db.prepare('UPDATE attendance SET left_at = entered_at').run();
    await expect(db.prepare('UPDATE attendance SET left_at = NULL').run()).rejects.toThrow(/immutable/);
  });

  test('nobody enters a visit that is over or was not paid', async () => {
    await db.prepare('UPDATE claim SET firm_at = NULL').run();
    expect(await enterRoom(db, patient(), now)).toEqual({ kind: 'over' });
    await db.prepare('UPDATE claim SET firm_at = ?1').bind(now).run();
    await conclude(db, concluding(), now);
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

    const { read } = await ask(db, { read: attendanceRead(visit.id) });
    expect(read).toEqual([{ role: 'patient', enteredAt: now, joinedAt: now, leftAt: now + 2 * MINUTE }]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'joined:%'")).toBe(1);
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

    const told = () => count('SELECT count(*) AS n FROM outbox WHERE message_id = ?1', `joined:${id}`);
    expect(await joinCall(db, visit.id, id, early, door - 1)).toBe(false);
    expect(await facts()).toMatchObject({ startedAt: null });
    expect(await told()).toBe(0);
    expect(await joinCall(db, visit.id, id, early, door)).toBe(true);
    expect((await facts()).startedAt).toBe(door);
    expect(await told()).toBe(1);
  });
});

describe('the open door', () => {
  const door = async (at: number, who = visit.anna) => (await ask(db, { door: openDoorRead({ tokenHash: who.tokenHash, now: at }) })).door;

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
    await conclude(db, concluding(), now);
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

describe('the conclusion', () => {
  test('of twenty at once, of three kinds, has one winner; the others hear what stands', async () => {
    await enters(doctor(), now);
    await enters(patient(), now);
    const outcomes = ['tookPlace', 'failed', 'absent'] as const;
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => conclude(db, concluding(outcomes[i % 3]), now + 10 * MINUTE + i)),
    );

    const winner = results.find(r => r.kind === 'concluded');
    expect(results.filter(r => r.kind === 'concluded')).toHaveLength(1);
    expect(results.filter(r => r.kind === 'already' && r.outcome === winner?.outcome)).toHaveLength(19);
    expect(await count('SELECT count(*) AS n FROM conclusion')).toBe(1);
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at IS NULL')).toBe(0);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'concluded:%'")).toBe(1);
    expect((await facts()).outcome).toBe(winner?.outcome);
  });

  test('as absent is refused once the two were in the call, also to a doctor who is quicker than the page', async () => {
    await joins(doctor(), visit.startsAt - 10 * MINUTE);
    await joins(patient(), visit.startsAt - MINUTE);

    expect(await conclude(db, concluding('absent'), now)).toEqual({ kind: 'haveMet' });
    expect(await count('SELECT count(*) AS n FROM conclusion')).toBe(0);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'concluded:%'")).toBe(0);
    expect(await conclude(db, concluding('failed'), now)).toEqual({ kind: 'concluded', outcome: 'failed' });
  });

  test('as absent stands for a patient who looked into the waiting room and went, and for one who sat in it', async () => {
    await joins(doctor(), visit.startsAt - MINUTE);
    const id = await enters(patient(), visit.startsAt - 10 * MINUTE);
    await leaveRoom(db, visit.id, id, visit.startsAt - 5 * MINUTE, visit.startsAt - 5 * MINUTE);
    await enters(patient(), now);

    expect(await conclude(db, concluding('absent'), now + 15 * MINUTE)).toEqual({ kind: 'concluded', outcome: 'absent' });
  });

  // The doctor sits in the room all the time and never presses the button.
  test.each([
    ['pressed the button after the start and went', 1, 2, 'patientWaited'],
    ['pressed it before the start and was in the call at it', -1, 1, 'patientWaited'],
    ['pressed it before the start and had gone by then', -1, 0, 'concluded'],
    ['pressed it after the booked end', 30, 31, 'concluded'],
  ] as const)('as absent, of a patient who %s', async (_, joined, goes, kind) => {
    const at = (minute: number) => visit.startsAt + minute * MINUTE;
    await enters(doctor(), at(-10));
    const id = await joins(patient(), at(joined));
    await leaveRoom(db, visit.id, id, at(goes), at(goes));

    expect((await conclude(db, concluding('absent'), at(40))).kind).toBe(kind);
  });

  // Minutes from the start: the patient comes and goes, the doctor comes (and goes, and comes again), and says it; null is never.
  test.each([
    ['waits ten minutes for nobody', -5, null, null, 10, 'patientWaited'],
    ['has ten minutes as the doctor has', null, null, 0, 9, 'notNow'],
    ['does not come within ten minutes', null, null, 0, 10, 'concluded'],
    ['went tired of waiting before the doctor came', -5, 8, 15, 16, 'patientWaited'],
    ['came a little late and found nobody', 5, 12, 13, 14, 'patientWaited'],
    ['looked in before the start alone', -5, 0, 15, 16, 'concluded'],
    ['waits for a doctor who had looked in before the start and gone', -5, null, [-14, -1], 30, 'patientWaited'],
    ['waits for a doctor who had looked in and came again in time', -5, null, [-14, -1, 9], 30, 'concluded'],
    ['waits while the doctor, who came before the start, goes after it', -5, null, [-14, 1], 30, 'concluded'],
    ['came when the doctor had come, late, and went', 12, 13, 11, 30, 'concluded'],
    ['waited for a doctor who was nine minutes late', -5, 8, 9, 30, 'concluded'],
  ] as const)('as absent, of a patient who %s', async (_, comes, goes, doctorComes, says, kind) => {
    const at = (minute: number) => visit.startsAt + minute * MINUTE;
    const id = comes === null ? '' : await enters(patient(), at(comes));
    if (goes !== null) await leaveRoom(db, visit.id, id, at(goes), at(goes));
    const [came, went, cameAgain] = typeof doctorComes === 'number' ? [doctorComes] : (doctorComes ?? []);
    const doctorsId = came === undefined ? '' : await enters(doctor(), at(came));
    if (went !== undefined) await leaveRoom(db, visit.id, doctorsId, at(went), at(went));
    if (cameAgain !== undefined) await enters(doctor(), at(cameAgain));

    expect((await conclude(db, concluding('absent'), at(says))).kind).toBe(kind);
    const { seen } = await ask(db, { seen: meetingRead({ tokenHash: visit.doctor.tokenHash, now: at(says) }, visit.id) });
    expect(seen?.patientCame).toBe(kind === 'patientWaited');
  });

  test('is not for another doctor, the patient, or a visit that nobody paid; nothing of it remains', async () => {
    expect(await conclude(db, concluding('failed', OBRAZTSOVA.id), now)).toEqual({ kind: 'notTheDoctor' });
    expect(await conclude(db, concluding('failed', visit.anna.id), now)).toEqual({ kind: 'notTheDoctor' });
    await db.prepare('UPDATE claim SET firm_at = NULL').run();
    expect(await conclude(db, concluding(), now)).toEqual({ kind: 'notFirm' });
    expect(await count('SELECT count(*) AS n FROM outbox')).toBe(0);
  });

  test('and a cancellation in the same second: one of them stands, in 20 rounds', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await booked(visit.anna.id, visit.startsAt + (round + 1) * HOUR);
      const before = visit.startsAt;
      const cancelling = { consultationId: id, personId: visit.anna.id, sessionId: visit.anna.id, returnMinor: 230_000, paid: true };
      const racers = [() => conclude(db, { ...concluding(), consultationId: id }, before), () => cancelByPatient(db, cancelling, before)];
      await Promise.all((round % 2 === 0 ? racers : racers.toReversed()).map(race => race()));

      const ends =
        'SELECT (SELECT count(*) FROM conclusion WHERE consultation_id = ?1) + (SELECT count(*) FROM cancellation WHERE consultation_id = ?1) AS n';
      expect(await count(ends, id)).toBe(1);
    }
  });

  test('of absence, a cancellation or a late doctor’s patient taking the money, while the patient comes into the call: one stands, in 30 rounds', async () => {
    for (let round = 0; round < 30; round++) {
      const startsAt = visit.startsAt + (round + 1) * HOUR;
      const id = await booked(visit.anna.id, startsAt);
      const at = round % 3 === 1 ? startsAt - MINUTE : startsAt + 20 * MINUTE;
      await joins({ ...doctor(), consultationId: id }, at);
      const waits = await enters({ ...patient(), consultationId: id }, at);
      await write(db, [saysLate(id, MAKETOVA.id, { minutes: 15, at })]);
      const { story } = await ask(db, { story: storyRead(id) });
      const who = { consultationId: id, personId: visit.anna.id, sessionId: SESSION };
      const ends = [
        () => conclude(db, { ...concluding('absent'), consultationId: id }, at),
        () => cancelByPatient(db, { ...who, returnMinor: 230_000, paid: true }, at),
        () => chooseRefund(db, { ...who, version: 1, trace: story?.trace ?? { cameAt: null, late: null } }, at),
      ];
      const racers = [async () => await ends[round % 3]?.(), () => joinCall(db, id, waits, at, at)];
      await Promise.all((round % 2 === 0 ? racers : racers.toReversed()).map(race => race()));

      const ended =
        'SELECT (SELECT count(*) FROM conclusion WHERE consultation_id = ?1) + (SELECT count(*) FROM cancellation WHERE consultation_id = ?1) AS n';
      const met = await count('SELECT count(*) AS n FROM met WHERE consultation_id = ?1', id);
      expect((await count(ended, id)) + met, `round ${round}`).toBe(1);
    }
  });

  test('and a cancellation that comes to nothing leaves nothing: no word to Temporal, no line of the journal', async () => {
    const cancelling = { consultationId: visit.id, personId: visit.anna.id, sessionId: SESSION, returnMinor: 0, paid: false };
    const told = () => count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'cancelled:%'");
    const lines = () => count("SELECT count(*) AS n FROM audit WHERE act = 'consultation.cancel'");

    // It was paid since the page was drawn.
    expect(await cancelByPatient(db, cancelling, now - HOUR)).toBe(false);
    expect([await told(), await lines()]).toEqual([0, 0]);
    expect(await cancelByPatient(db, { ...cancelling, paid: true }, now - HOUR)).toBe(true);
    expect([await told(), await lines()]).toEqual([1, 1]);
  });

  test('stays as it is', async () => {
    await conclude(db, concluding(), now);

    await expect(db.prepare("UPDATE conclusion SET outcome = 'absent'").run()).rejects.toThrow(/immutable/);
    await expect(db.prepare('DELETE FROM conclusion').run()).rejects.toThrow(/immutable/);
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
    const { story } = await ask(db, { story: storyRead(visit.id) });
    expect(story?.trace.cameAt).toBeNull();
    await enters(doctor(), now + 11 * MINUTE);
    expect((await ask(db, { story: storyRead(visit.id) })).story?.trace.cameAt).toBe(now + 11 * MINUTE);
  });

  test('is not noted of one who was there, before the start, of another schedule, or when it is over', async () => {
    expect(await noteMissing(db, visit.id, late, 1, visit.startsAt - 1)).toBe(false);
    expect(await noteMissing(db, visit.id, late, 2, now)).toBe(false);
    await enters(doctor(), now);
    expect(await noteMissing(db, visit.id, late, 1, now)).toBe(false);
    await conclude(db, concluding(), now);
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
