// How a visit ended, decided in the database when several requests come at once; above all, nobody who came is recorded as absent.
import { beforeEach, describe, expect, test } from 'vitest';
import { mayConclude } from '../../workflows/rules/admission.ts';
import { DOCTOR_LATE_MS } from '../../workflows/rules/delay.ts';
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

  test('as absent stands for a patient who looked into the waiting room and went, and for one who sat in it', async () => {
    await joins(doctor(), visit.startsAt - MINUTE);
    const id = await enters(patient(), visit.startsAt - 10 * MINUTE);
    await leaveRoom(db, visit.id, id, visit.startsAt - 5 * MINUTE, visit.startsAt - 5 * MINUTE);
    await enters(patient(), now);

    expect(await conclude(db, concluding(visit, 'absent'), now + 15 * MINUTE)).toEqual({ kind: 'concluded', outcome: 'absent' });
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

    expect((await conclude(db, concluding(visit, 'absent'), at(says))).kind).toBe(kind);
    const { seen } = await ask(db, { seen: meetingRead({ tokenHash: visit.doctor.tokenHash, now: at(says) }, visit.id) });
    expect(seen?.patientCame).toBe(kind === 'patientWaited');
  });

  // The ten minutes are in the rule and in the view `limits` of the schema. Milliseconds from the end of the rule's ten minutes; null is
  // never.
  test.each([
    [null, 'patientWaited'],
    [0, 'patientWaited'],
    [-1, 'concluded'],
  ])(
    'as absent, after the ten minutes of the rule to the millisecond, where the doctor came to who waited at %s of their end: %s',
    async (came, kind) => {
      const late = visit.startsAt + DOCTOR_LATE_MS;
      const absent = async (at: number) => (await conclude(db, concluding(visit, 'absent'), at)).kind;
      await enters(patient(), visit.startsAt);
      if (came !== null) await enters(doctor(), late + came);

      expect(mayConclude(await facts(), { patientCame: false, isConfirmed: false }, 'absent', late - 1, DOOR)).toBe('notNow');
      expect(mayConclude(await facts(), { patientCame: false, isConfirmed: false }, 'absent', late, DOOR)).toBe('fine');
      expect(await absent(late - 1)).toBe('notNow');
      expect(await absent(late)).toBe(kind);
    },
  );

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
