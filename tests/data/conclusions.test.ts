// How a visit ended, decided in the database when several requests come at once; above all, nobody who came is recorded as absent.
import { beforeEach, describe, expect, test } from 'vitest';
import { mayConclude } from '../../workflows/rules/admission.ts';
import { DOCTOR_LATE_MS, DOCTOR_STAY_MS, PATIENT_WAIT_MS } from '../../workflows/rules/delay.ts';
import { ask, write } from '../../worker/data/db.ts';
import { joinCall, leaveRoom } from '../../worker/data/attendance.ts';
import { cancelByPatient } from '../../worker/data/cancellations.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { chooseRefund } from '../../worker/data/delay-choices.ts';
import { saysLate } from '../../worker/data/lateness.ts';
import { meetingRead } from '../../worker/data/meetings.ts';
import { HOUR, MAKETOVA, MINUTE, OBRAZTSOVA } from '../cast.ts';
import { booked, joins, type Meeting } from '../routes/meeting.ts';
import { count, d1, db } from './d1.ts';
import { concluding, doctorOf, enters, freshVisit, patientOf, SESSION, consultationOf } from './visit.ts';

let visit: Meeting;
let now: number;

beforeEach(async () => {
  visit = await freshVisit();
  now = visit.startsAt;
});

const patient = () => patientOf(visit);
const doctor = () => doctorOf(visit);
const facts = async () => (await consultationOf(visit.id)).facts;
const DOOR = { waitingMinutes: 15, joinMinutes: 2 };

describe('the conclusion', () => {
  test('of twenty at once, of two kinds, has one winner; the others hear what stands', async () => {
    await joins(doctor(), now);
    await joins(patient(), now);
    const outcomes = ['tookPlace', 'failed'] as const;
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => conclude(db, concluding(visit, outcomes[i % 2] ?? 'failed'), now + 10 * MINUTE + i)),
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

    expect(await conclude(db, concluding(visit, 'absent'), now)).toEqual({ kind: 'haveMet' });
    expect(await count('SELECT count(*) AS n FROM conclusion')).toBe(0);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'concluded:%'")).toBe(0);
    expect(await conclude(db, concluding(visit, 'failed'), now)).toEqual({ kind: 'concluded', outcome: 'failed' });
  });

  // Who sat in the waiting room used to be absent too. A doctor in the call can still ask such a patient in, so it waits until they have gone.
  test('as absent stands for a patient who looked into the waiting room and went, also while the doctor was in the call, not for one who sits in it', async () => {
    const at = (minute: number) => visit.startsAt + minute * MINUTE;
    await joins(doctor(), at(-1));
    await leaveRoom(db, visit.id, await enters(patient(), at(-10)), at(-5), at(-5));
    const id = await enters(patient(), now);

    expect(await conclude(db, concluding(visit, 'absent'), at(15))).toEqual({ kind: 'patientHere' });
    await leaveRoom(db, visit.id, id, at(16), at(16));
    expect(await conclude(db, concluding(visit, 'absent'), at(16))).toEqual({ kind: 'concluded', outcome: 'absent' });
  });

  // The doctor is in the room all the time and never presses the button.
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

    expect((await conclude(db, concluding(visit, 'absent'), at(40))).kind).toBe(kind);
  });

  // Minutes from the start: when the patient comes and leaves, when the doctor comes (in some cases leaves and comes again), and when the
  // doctor concludes; null is never.
  test.each([
    ['waits ten minutes for nobody', -5, null, null, 10, 'patientWaited'],
    ['has ten minutes as the doctor has', null, null, 0, 9, 'notNow'],
    ['does not come within ten minutes', null, null, 0, 10, 'concluded'],
    ['went tired of waiting before the doctor came', -5, 8, 15, 16, 'patientWaited'],
    ['came a little late and found nobody', 5, 12, 13, 14, 'patientWaited'],
    ['looked in before the start alone', -5, 0, 15, 16, 'notThere'],
    ['looked in before the start alone, and the doctor then waited', -5, 0, 15, 23, 'concluded'],
    ['waits for a doctor who had looked in before the start and gone', -5, null, [-14, -1], 30, 'patientWaited'],
    // Each of the next two used to keep the price although the patient waited nine minutes and more in the room.
    ['waits for a doctor who had looked in and came again in time', -5, null, [-14, -1, 9], 30, 'patientWaited'],
    ['waits while the doctor, who came before the start, goes after it', -5, null, [-14, 1], 30, 'patientWaited'],
    ['sits in the waiting room as the doctor does, and neither goes into the call', -2, null, -3, 11, 'patientWaited'],
    ['comes to a room where the doctor waits, a minute ago', 29, null, 0, 30, 'patientHere'],
    ['came when the doctor had come, late, and went', 12, 13, 11, 30, 'concluded'],
    // Used to keep the price: nine minutes were taken for punctual.
    ['waited for a doctor who was nine minutes late', -5, 8, 9, 30, 'patientWaited'],
    ['does not come, but neither did the doctor stay', null, null, [-14, 1], 30, 'notThere'],
    ['does not come, whose doctor waits in two parts', null, null, [0, 4, 6], 10, 'concluded'],
    ['does not come before the end, and the doctor no earlier', null, null, 31, 45, 'notThere'],
    ['comes after the end only, to a doctor who waited until it', 35, 38, [0, 30], 45, 'concluded'],
  ] as const)('as absent, of a patient who %s', async (_, comes, goes, doctorComes, says, kind) => {
    const at = (minute: number) => visit.startsAt + minute * MINUTE;
    const id = comes === null ? '' : await enters(patient(), at(comes));
    if (goes !== null) await leaveRoom(db, visit.id, id, at(goes), at(goes));
    const [came, went, cameAgain] = typeof doctorComes === 'number' ? [doctorComes] : (doctorComes ?? []);
    const doctorsId = came === undefined ? '' : await enters(doctor(), at(came));
    if (went !== undefined) await leaveRoom(db, visit.id, doctorsId, at(went), at(went));
    if (cameAgain !== undefined) await enters(doctor(), at(cameAgain));

    expect((await conclude(db, concluding(visit, 'absent'), at(says))).kind).toBe(kind);
    const { seen } = await ask(db, { seen: meetingRead({ tokenHash: visit.doctor.tokenHash, now: at(says) }, visit.id) });
    expect(seen?.patientCame).toBe(kind === 'patientWaited');
  });

  // The minutes are in the rules and in the view `limits` of the schema. Each case is a pair, at both sides of a limit, to the millisecond.
  test.each([
    ['before the ten minutes of waiting are over', null, DOCTOR_LATE_MS - 1, 'notNow'],
    ['when they are over', null, DOCTOR_LATE_MS, 'concluded'],
    ['by a doctor who did not stay eight minutes', [DOCTOR_STAY_MS - 1, null], DOCTOR_LATE_MS, 'notThere'],
    ['by a doctor who stayed eight minutes', [DOCTOR_STAY_MS, null], DOCTOR_LATE_MS, 'concluded'],
    ['of a patient who waited for two minutes', [null, PATIENT_WAIT_MS], DOCTOR_LATE_MS, 'patientWaited'],
    ['of a patient who looked in for less', [null, PATIENT_WAIT_MS - 1], DOCTOR_LATE_MS, 'concluded'],
  ] as const)('as absent, %s', async (_, goes, after, kind) => {
    const at = visit.startsAt + after;
    const [doctorGoes, patientGoes] = goes ?? [null, null];
    const leaves = async (id: string, then: number) => await leaveRoom(db, visit.id, id, visit.startsAt + then, visit.startsAt + then);
    const doctorsId = await enters(doctor(), visit.startsAt);
    if (doctorGoes !== null) await leaves(doctorsId, doctorGoes);
    if (patientGoes !== null) await leaves(await enters(patient(), visit.startsAt), patientGoes);

    const { seen } = await ask(db, { seen: meetingRead({ tokenHash: visit.doctor.tokenHash, now: at }, visit.id) });
    if (!seen) throw new Error('no meeting');
    const proof = { ...seen, isPatientHere: seen.present.includes('patient'), isConfirmed: false };
    expect(mayConclude(await facts(), proof, 'absent', at, DOOR)).toBe(kind === 'concluded' ? 'fine' : kind);
    expect((await conclude(db, concluding(visit, 'absent'), at)).kind).toBe(kind);
  });

  test('as absent does not count a wait while the doctor was in the call, through two connections of the patient', async () => {
    const at = (minute: number) => visit.startsAt + minute * MINUTE;
    await joins(doctor(), at(1));
    for (const [from, to] of [
      [0, 5],
      [6, 8],
    ] as const)
      await leaveRoom(db, visit.id, await enters(patient(), at(from)), at(to), at(to));

    expect(await conclude(db, concluding(visit, 'absent'), at(12))).toEqual({ kind: 'concluded', outcome: 'absent' });
  });

  test('is not for another doctor, the patient, or a visit that nobody paid; nothing of it remains', async () => {
    expect(await conclude(db, concluding(visit, 'failed', OBRAZTSOVA.id), now)).toEqual({ kind: 'notTheDoctor' });
    expect(await conclude(db, concluding(visit, 'failed', visit.anna.id), now)).toEqual({ kind: 'notTheDoctor' });
    await d1.prepare('UPDATE hold SET firm_at = NULL').run();
    expect(await conclude(db, concluding(visit, 'failed'), now)).toEqual({ kind: 'notFirm' });
    expect(await count('SELECT count(*) AS n FROM outbox')).toBe(0);
  });

  test('and a cancellation in the same second: one of them stands, in 20 rounds', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await booked(visit.anna.id, visit.startsAt + (round + 1) * HOUR);
      const before = visit.startsAt;
      const cancelling = { consultationId: id, personId: visit.anna.id, sessionId: visit.anna.id, returnMinor: 230_000, paid: true };
      const racers = [
        () => conclude(db, { ...concluding(visit, 'failed'), consultationId: id }, before),
        () => cancelByPatient(db, cancelling, before),
      ];
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
      const { trace } = await consultationOf(id);
      const who = { consultationId: id, personId: visit.anna.id, sessionId: SESSION };
      const ends = [
        () => conclude(db, { ...concluding(visit, 'absent'), consultationId: id }, at),
        () => cancelByPatient(db, { ...who, returnMinor: 230_000, paid: true }, at),
        () => chooseRefund(db, { ...who, version: 1, trace }, at),
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

    // It was paid after the page had been drawn.
    expect(await cancelByPatient(db, cancelling, now - HOUR)).toBe(false);
    expect([await told(), await lines()]).toEqual([0, 0]);
    expect(await cancelByPatient(db, { ...cancelling, paid: true }, now - HOUR)).toBe(true);
    expect([await told(), await lines()]).toEqual([1, 1]);
  });

  test('stays as it is', async () => {
    await conclude(db, concluding(visit, 'failed'), now);

    await expect(d1.prepare("UPDATE conclusion SET outcome = 'absent'").run()).rejects.toThrow(/immutable/);
    await expect(d1.prepare('DELETE FROM conclusion').run()).rejects.toThrow(/immutable/);
  });
});
