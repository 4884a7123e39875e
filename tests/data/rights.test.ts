// Who decides is not who gains: an outcome that keeps the price follows from attendance or from somebody else's confirmation, an end and a move at
// once never both stand, the terms of a booking stay, and a withdrawn role ends what it opened.
import { beforeEach, describe, expect, test } from 'vitest';
import { conclude } from '../../worker/data/conclusions.ts';
import { ask } from '../../worker/data/db.ts';
import { meetingRead } from '../../worker/data/meetings.ts';
import { reschedule } from '../../worker/data/reschedules.ts';
import { givePass, renewPass } from '../../worker/data/room-passes.ts';
import { confirmVisit } from '../../worker/data/visit-confirmations.ts';
import { DAY, MAKETOVA, MINUTE, OBRAZTSOVA, sessionFor } from '../cast.ts';
import { type Meeting, metInCall } from '../routes/meeting.ts';
import { count, d1, db, run } from './d1.ts';
import { concluding, consultationOf, doctorOf, enters, freshVisit, patientOf, SESSION } from './visit.ts';

let visit: Meeting;
let start: number;

beforeEach(async () => {
  visit = await freshVisit();
  start = visit.startsAt;
});

const took = (at: number) => conclude(db, concluding(visit, 'tookPlace'), at);
const confirms = (personId: string, by: 'patient' | 'frontDesk', at: number, version = 1) =>
  confirmVisit(
    db,
    { consultationId: visit.id, version, personId, sessionId: SESSION, by, reason: by === 'patient' ? null : 'Врач звонил по телефону' },
    at,
  );
const clerk = async () => {
  await run([
    ...(await sessionFor(OBRAZTSOVA.id, 70, start)).statements,
    { sql: "INSERT INTO role (person_id, role, at) VALUES (?, 'frontDesk', 0)", args: [OBRAZTSOVA.id] },
  ]);
  return OBRAZTSOVA.id;
};

describe('«took place» keeps the price', () => {
  test('not before the start with nobody in the call, and not after it while the patient waits for an answer', async () => {
    expect(await took(start - 14 * MINUTE)).toEqual({ kind: 'haveNotMet' });
    await enters(patientOf(visit), start - 5 * MINUTE);
    expect(await took(start + 12 * MINUTE)).toEqual({ kind: 'haveNotMet' });
    // The doctor alone in the room is no meeting either.
    await enters(doctorOf(visit), start + 13 * MINUTE);
    expect(await took(start + 14 * MINUTE)).toEqual({ kind: 'haveNotMet' });
    expect(await count('SELECT count(*) AS n FROM conclusion')).toBe(0);
    expect(await conclude(db, concluding(visit, 'failed'), start + 15 * MINUTE)).toMatchObject({ kind: 'concluded' });
  });

  test('after a meeting in the call', async () => {
    await run(metInCall(visit.id, visit.anna.id, MAKETOVA.id, start));
    expect(await took(start + MINUTE)).toEqual({ kind: 'concluded', outcome: 'tookPlace' });
  });

  test.each(['patient', 'frontDesk'] as const)('without one, after the confirmation of the %s, which is journalled once', async by => {
    const who = by === 'patient' ? visit.anna.id : await clerk();
    expect(await confirms(who, by, start - 1)).toBe('notNow');
    expect(await confirms(who, by, start + MINUTE)).toBe('confirmed');
    expect(await confirms(who, by, start + 2 * MINUTE)).toBe('already');
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'consultation.confirm'")).toBe(1);
    expect(await took(start + 3 * MINUTE)).toEqual({ kind: 'concluded', outcome: 'tookPlace' });
    expect(await confirms(who, by, start + 4 * MINUTE)).not.toBe('confirmed');
  });

  test('not on the doctor’s own confirmation, also with the role of the front desk', async () => {
    await run([{ sql: "INSERT INTO role (person_id, role, at) VALUES (?, 'frontDesk', 0)", args: [MAKETOVA.id] }]);
    expect(await confirms(MAKETOVA.id, 'frontDesk', start + MINUTE)).toBe('notTheirs');
    expect(await confirms(MAKETOVA.id, 'patient', start + MINUTE)).toBe('notTheirs');
    expect(await confirms(visit.stranger.id, 'patient', start + MINUTE)).toBe('notTheirs');
    expect(await confirms(visit.stranger.id, 'frontDesk', start + MINUTE)).toBe('notTheirs');
    expect(await took(start + 2 * MINUTE)).toEqual({ kind: 'haveNotMet' });
  });

  test('not on a confirmation of another schedule', async () => {
    expect(await confirms(visit.anna.id, 'patient', start + MINUTE, 2)).toBe('notNow');
  });
});

test('«absent» needs the doctor in the room', async () => {
  expect(await conclude(db, concluding(visit, 'absent'), start + 15 * MINUTE)).toEqual({ kind: 'notThere' });
  await enters(doctorOf(visit), start + 16 * MINUTE);
  expect(await conclude(db, concluding(visit, 'absent'), start + 26 * MINUTE)).toMatchObject({ kind: 'concluded' });
});

test('an end and a move at once never both stand, in twenty rounds', async () => {
  for (let round = 0; round < 20; round++) {
    visit = await freshVisit();
    start = visit.startsAt;
    const { doctor, patientId, facts, scheduleVersion, trace } = await consultationOf(visit.id);
    const to = { startsAt: start + DAY, endsAt: start + DAY + 30 * MINUTE };
    const move = () =>
      reschedule(
        db,
        {
          consultationId: visit.id,
          doctorId: doctor.id,
          patientId,
          by: 'patient',
          personId: patientId,
          sessionId: SESSION,
          reason: 'asked',
          from: { startsAt: facts.startsAt, endsAt: facts.endsAt },
          to,
          version: scheduleVersion,
          trace,
        },
        start - MINUTE,
      );
    const end = () => conclude(db, concluding(visit, 'failed'), start - MINUTE);

    const [moved, ended] = round % 2 === 0 ? await Promise.all([move(), end()]) : (await Promise.all([end(), move()])).reverse();

    expect([moved?.kind, ended?.kind]).toSatisfy(
      ([m, e]: readonly string[]) => (m === 'moved') !== (e === 'concluded'),
      `round ${round}: ${moved?.kind}, ${ended?.kind}`,
    );
    expect((await consultationOf(visit.id)).scheduleVersion === 2).toBe(moved?.kind === 'moved');
    expect(await count('SELECT count(*) AS n FROM conclusion')).toBe(ended?.kind === 'concluded' ? 1 : 0);
  }
});

test('terms agreed at booking stay when the clinic changes its settings, and the price stays', async () => {
  const before = (await consultationOf(visit.id)).policy;
  await d1.prepare('UPDATE clinic SET free_hours = 720, kept_percent = 100').run();
  expect((await consultationOf(visit.id)).policy).toEqual(before);
  await expect(d1.prepare('UPDATE terms SET kept_percent = 100').run()).rejects.toThrow(/immutable/);
  await expect(d1.prepare('DELETE FROM terms').run()).rejects.toThrow(/immutable/);
  await expect(d1.prepare('UPDATE consultation SET price_minor = 1').run()).rejects.toThrow(/immutable/);
});

describe('a role that is withdrawn', () => {
  const withdraw = () => d1.prepare("DELETE FROM role WHERE person_id = ?1 AND role = 'doctor'").bind(MAKETOVA.id).run();

  test('ends sessions, passes and offers of another device in the same statement', async () => {
    await givePass(db, 'doctors-pass', doctorOf(visit), SESSION, start);
    await d1
      .prepare(
        'INSERT INTO handover (token_hash, consultation_id, person_id, session_id, created_at, expires_at) SELECT ?1, ?2, person_id, id, ?3, ?4 FROM session WHERE person_id = ?5 LIMIT 1',
      )
      .bind('offer', visit.id, start, start + MINUTE, MAKETOVA.id)
      .run();
    await withdraw();
    expect(await count('SELECT count(*) AS n FROM session WHERE person_id = ?1 AND ended_at IS NULL', MAKETOVA.id)).toBe(0);
    expect(await count('SELECT count(*) AS n FROM handover WHERE person_id = ?1 AND consumed_at IS NULL', MAKETOVA.id)).toBe(0);
    expect((await renewPass(db, 'doctors-pass', doctorOf(visit), SESSION, start)).kind).not.toBe('renewed');
    expect(await count('SELECT count(*) AS n FROM session WHERE person_id = ?1 AND ended_at IS NULL', visit.anna.id)).toBe(1);
  });

  test('neither enters, ends, reads nor signs, also with a session that began afterwards', async () => {
    await run(metInCall(visit.id, visit.anna.id, MAKETOVA.id, start));
    await withdraw();
    const again = await sessionFor(MAKETOVA.id, 71, start);
    await run(again.statements.filter(({ sql }) => !sql.includes('INTO role')));
    await d1.prepare('DELETE FROM role WHERE person_id = ?1').bind(MAKETOVA.id).run();
    await d1.prepare('UPDATE session SET ended_at = NULL').run();

    expect(await took(start + MINUTE)).toEqual({ kind: 'notTheDoctor' });
    expect(await enters(doctorOf(visit), start + MINUTE)).toBe('');
    const { seen } = await ask(db, { seen: meetingRead({ tokenHash: again.tokenHash, now: start + MINUTE }, visit.id) });
    expect(seen).toBeNull();
  });

  test('is not changed into another one', async () => {
    await expect(d1.prepare("UPDATE role SET role = 'owner' WHERE person_id = ?1").bind(MAKETOVA.id).run()).rejects.toThrow(/immutable/);
  });
});
