// Moving an appointment, and the choices of the patient of a late doctor: who wins when several want the same at once, and which facts of
// the old time no longer count.
import { beforeEach, describe, expect, test } from 'vitest';
import { delayOf } from '../../workflows/rules/delay.ts';
import { statusOf } from '../../workflows/rules/status.ts';
import { ask, write } from '../../worker/data/db.ts';
import { enterRoom, joinCall } from '../../worker/data/attendance.ts';
import { cancelByPatient } from '../../worker/data/cancellations.ts';
import { noteMissing } from '../../worker/data/call-passport.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { type Reservation, reserveSlot } from '../../worker/data/reservations.ts';
import { chooseRefund, chooseToWait } from '../../worker/data/delay-choices.ts';
import { newId } from '../../worker/data/ids.ts';
import { saysLate } from '../../worker/data/lateness.ts';
import { meetingRead } from '../../worker/data/meetings.ts';
import { reschedule, type Rescheduling } from '../../worker/data/reschedules.ts';
import { givePass, renewPass } from '../../worker/data/room-passes.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, NOON, OBRAZTSOVA, TOMORROW_14_30 } from '../cast.ts';
import { booked, joins } from '../routes/meeting.ts';
import { count, d1, db, freshClinic, patients } from './d1.ts';
import { SESSION, consultationOf } from './visit.ts';

const lasting = (startsAt: number) => ({ startsAt, endsAt: startsAt + 30 * MINUTE });

async function moving(id: string, to: number, given: Partial<Rescheduling> = {}): Promise<Rescheduling> {
  const { doctor, patientId, facts, scheduleVersion, trace } = await consultationOf(id);
  return {
    consultationId: id,
    doctorId: doctor.id,
    patientId,
    by: 'patient',
    personId: patientId,
    sessionId: SESSION,
    reason: 'asked',
    from: { startsAt: facts.startsAt, endsAt: facts.endsAt },
    to: lasting(to),
    version: scheduleVersion,
    trace,
    ...given,
  };
}

const reservation = (person: CastPerson, startsAt: number, given: Partial<Reservation> = {}): Reservation => ({
  ...lasting(startsAt),
  doctorId: MAKETOVA.doctorId,
  patientId: person.id,
  sessionId: SESSION,
  priceMinor: 230_000,
  policy: { freeHours: 24, keptPercent: 10 },
  email: person.email,
  lang: 'ru',
  zone: null,
  requestKey: newId(),
  holdMinutes: 10,
  ...given,
});

const holdOf = (id: string) =>
  d1
    .prepare('SELECT start_at, end_at, firm_at, released_at FROM hold WHERE consultation_id = ?1')
    .bind(id)
    .first<{ start_at: number; end_at: number; firm_at: number | null; released_at: number | null }>();

const overlapping = () =>
  count(`SELECT count(*) AS n FROM hold a JOIN hold b ON a.doctor_id = b.doctor_id AND a.consultation_id < b.consultation_id
    WHERE a.released_at IS NULL AND b.released_at IS NULL AND a.start_at < b.end_at AND a.end_at > b.start_at`);

let anna: CastPerson;
let boris: CastPerson;
let id: string;

beforeEach(async () => {
  await freshClinic();
  const [a, b] = await patients(2);
  if (!a || !b) throw new Error('no cast');
  [anna, boris] = [a, b];
  id = await booked(anna.id, TOMORROW_14_30);
});

describe('moving', () => {
  test('takes the new interval, frees the old one, keeps the payment, and tells Temporal once', async () => {
    const to = TOMORROW_14_30 + DAY;

    expect(await reschedule(db, await moving(id, to), NOON)).toEqual({ kind: 'moved' });

    const consultation = await consultationOf(id);
    expect(consultation).toMatchObject({ scheduleVersion: 2, moves: 1, movedFrom: TOMORROW_14_30, facts: lasting(to) });
    expect(await holdOf(id)).toMatchObject({ start_at: to, end_at: to + 30 * MINUTE, released_at: null });
    const told = await d1.prepare('SELECT body FROM outbox WHERE message_id = ?1').bind(`rescheduled:${id}:2`).first<{ body: string }>();
    expect(JSON.parse(told?.body ?? '')).toMatchObject({ name: 'rescheduled', told: { ...lasting(to), scheduleVersion: 2 } });
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'consultation.reschedule'")).toBe(1);
    expect(await reserveSlot(db, reservation(boris, TOMORROW_14_30), NOON)).toMatchObject({ kind: 'reserved' });
  });

  test('by the same click ten times at once is one move; another page finds it moved', async () => {
    const same = await moving(id, TOMORROW_14_30 + DAY);
    const other = await moving(id, TOMORROW_14_30 + 2 * DAY);

    const results = await Promise.all(Array.from({ length: 10 }, () => reschedule(db, same, NOON)));

    expect(results.filter(r => r.kind === 'moved')).toHaveLength(1);
    expect(results.filter(r => r.kind === 'already')).toHaveLength(9);
    expect(await reschedule(db, other, NOON)).toEqual({ kind: 'staleSchedule' });
    expect(await count('SELECT count(*) AS n FROM reschedule')).toBe(1);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'rescheduled:%'")).toBe(1);
  });

  test('two pages at once to two times have one winner', async () => {
    const ways = await Promise.all([1, 2, 3, 4].map(days => moving(id, TOMORROW_14_30 + days * DAY)));

    const results = await Promise.all(ways.map(way => reschedule(db, way, NOON)));

    expect(results.filter(r => r.kind === 'moved')).toHaveLength(1);
    expect(results.filter(r => r.kind === 'staleSchedule')).toHaveLength(3);
  });

  test('onto a time of one’s own with another doctor is refused, and the old time stays', async () => {
    const own = await reserveSlot(db, reservation(anna, TOMORROW_14_30 + DAY, { doctorId: OBRAZTSOVA.doctorId }), NOON);

    const moved = await reschedule(db, await moving(id, TOMORROW_14_30 + DAY + 29 * MINUTE), NOON);

    expect(moved).toEqual({ kind: 'patientBusy', consultationId: 'consultationId' in own ? own.consultationId : '' });
    expect(await holdOf(id)).toMatchObject({ start_at: TOMORROW_14_30 });
    expect(await consultationOf(id)).toMatchObject({ scheduleVersion: 1, facts: lasting(TOMORROW_14_30) });
  });

  test('a little later, over one’s own old interval, is possible', async () => {
    expect(await reschedule(db, await moving(id, TOMORROW_14_30 + 10 * MINUTE), NOON)).toEqual({ kind: 'moved' });
  });

  test('takes an interval whose unpaid hold is past its grace, and not a millisecond earlier', async () => {
    const to = TOMORROW_14_30 + DAY;
    await reserveSlot(db, reservation(boris, to), NOON);
    const way = await moving(id, to);

    expect(await reschedule(db, way, NOON + 11 * MINUTE - 1)).toEqual({ kind: 'slotTaken' });
    expect(await reschedule(db, way, NOON + 11 * MINUTE)).toEqual({ kind: 'moved' });
    expect(await count('SELECT count(*) AS n FROM lapse')).toBe(1);
  });

  test('is not for what is unpaid, cancelled or concluded; nothing of it remains', async () => {
    const unpaid = await booked(boris.id, TOMORROW_14_30 + HOUR, false);
    expect(await reschedule(db, await moving(unpaid, TOMORROW_14_30 + DAY), NOON)).toEqual({ kind: 'notMovable' });
    const way = await moving(id, TOMORROW_14_30 + DAY);
    await conclude(db, { consultationId: id, personId: MAKETOVA.id, sessionId: SESSION, outcome: 'failed', version: 1 }, TOMORROW_14_30);
    expect(await reschedule(db, way, TOMORROW_14_30)).toEqual({ kind: 'notMovable' });
    expect(await count('SELECT count(*) AS n FROM reschedule')).toBe(0);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'consultation.reschedule'")).toBe(0);
  });

  test('and cancelling at once have one winner, and no hold is left beside a cancellation', async () => {
    for (let round = 0; round < 10; round++) {
      const own = await booked(anna.id, TOMORROW_14_30 + (round + 2) * DAY);
      const way = await moving(own, TOMORROW_14_30 + (round + 2) * DAY + HOUR);
      const cancelling = { consultationId: own, personId: anna.id, sessionId: SESSION, returnMinor: 0, paid: true };

      await Promise.all([reschedule(db, way, NOON), cancelByPatient(db, cancelling, NOON)]);

      expect(await holdOf(own)).toMatchObject({ released_at: NOON });
    }
  });

  test('what is written stays', async () => {
    await reschedule(db, await moving(id, TOMORROW_14_30 + DAY), NOON);

    await expect(d1.prepare('UPDATE reschedule SET to_start_at = 1').run()).rejects.toThrow(/immutable/);
    await expect(d1.prepare('DELETE FROM reschedule').run()).rejects.toThrow(/immutable/);
  });
});

test('of twenty who book an interval or move to it one gets it, in forty rounds, and nobody loses the one they had', {
  timeout: 240_000,
}, async () => {
  const racers = await patients(20, 10);
  const movers = racers.filter((_, i) => i % 2 === 0);
  const bookers = racers.filter((_, i) => i % 2 === 1);
  const own = new Map<string, string>();
  for (const [i, racer] of movers.entries()) own.set(racer.id, await booked(racer.id, NOON + 60 * DAY + i * HOUR));

  for (let round = 0; round < 40; round++) {
    const wanted = TOMORROW_14_30 + (round + 1) * DAY;
    const shifted = (i: number) => wanted + (i % 2) * 10 * MINUTE;
    const ways = await Promise.all(movers.map((racer, i) => moving(own.get(racer.id) ?? '', shifted(i))));

    const results = await Promise.all([
      ...ways.map(way => reschedule(db, way, NOON)),
      ...bookers.map((racer, i) => reserveSlot(db, reservation(racer, shifted(i)), NOON)),
    ]);

    expect(results.filter(r => r.kind === 'moved' || r.kind === 'reserved')).toHaveLength(1);
    expect(results.filter(r => r.kind === 'slotTaken')).toHaveLength(19);
    for (const [i, way] of ways.entries()) {
      const now = results[i]?.kind === 'moved' ? way.to : way.from;
      expect(await holdOf(way.consultationId)).toMatchObject({ start_at: now.startsAt, end_at: now.endsAt, released_at: null });
      expect((await consultationOf(way.consultationId)).facts).toMatchObject(now);
    }
    // The winner's hold would keep them out of the next round.
    await d1.prepare('UPDATE hold SET firm_at = ?1 WHERE firm_at IS NULL').bind(NOON).run();
  }

  expect(await overlapping()).toBe(0);
  expect(await count('SELECT count(*) AS n FROM reschedule')).toBe(
    await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'rescheduled:%'"),
  );
});

describe('after a move', () => {
  const START = TOMORROW_14_30;
  const patient = () => ({ consultationId: id, personId: anna.id, role: 'patient' }) as const;
  const doctor = () => ({ consultationId: id, personId: MAKETOVA.id, role: 'doctor' }) as const;
  const late = { kind: 'doctorLate', role: 'doctor' } as const;

  test('who was in the room and what the doctor said of lateness belong to the old time', async () => {
    await enterRoom(db, patient(), START - MINUTE);
    await write(db, [saysLate(id, MAKETOVA.id, { minutes: 20, at: START - MINUTE })]);
    const to = START + HOUR;
    expect(await reschedule(db, await moving(id, to, { reason: 'doctorLate' }), START)).toEqual({ kind: 'moved' });

    const consultation = await consultationOf(id);
    expect(statusOf(consultation.facts, START)).toBe('paid');
    expect(consultation).toMatchObject({ doctorEnteredAt: null, trace: { cameAt: null, late: null }, moves: 0 });
    const { seen } = await ask(db, { seen: meetingRead({ tokenHash: anna.tokenHash, now: START }, id) });
    expect(seen).toMatchObject({ present: [], late: null });
    expect(await count('SELECT count(*) AS n FROM attendance WHERE left_at = ?1', START)).toBe(1);
    expect(await noteMissing(db, id, late, 1, to + HOUR)).toBe(false);

    // The same millisecond: the new time counts from the first entry after the move.
    await joins(patient(), START, to - MINUTE);
    await joins(doctor(), to);
    expect((await consultationOf(id)).facts).toMatchObject({ enteredAt: START, startedAt: to });
  });

  test('the passes of before open nothing, and their holders may ask for new ones', async () => {
    await givePass(db, 'old', patient(), SESSION, NOON);
    await reschedule(db, await moving(id, START + DAY), NOON + 1);

    expect(await renewPass(db, 'old', patient(), SESSION, NOON + 2)).toEqual({ kind: 'unknown' });
    expect(await count('SELECT count(*) AS n FROM room_pass WHERE replaced_at IS NULL')).toBe(0);
  });

  test('two who only wait in the room are moved; a visit in which they have met in the call is not', async () => {
    await joins(doctor(), START - 10 * MINUTE);
    await enterRoom(db, patient(), START - 9 * MINUTE);
    expect(await reschedule(db, await moving(id, START + DAY), START - 2 * MINUTE)).toEqual({ kind: 'moved' });

    await joins(patient(), START + DAY);
    await joins(doctor(), START + DAY);
    expect(await reschedule(db, await moving(id, START + 2 * DAY), START + DAY)).toEqual({ kind: 'notMovable' });
  });
});

describe('the patient of a late doctor', () => {
  const LATE = TOMORROW_14_30 + 10 * MINUTE;
  const doctor = () => ({ consultationId: id, personId: MAKETOVA.id, role: 'doctor' }) as const;
  const choice = async () => {
    const { scheduleVersion: version, trace } = await consultationOf(id);
    return { consultationId: id, personId: anna.id, sessionId: SESSION, version, trace };
  };
  const pays = (attempt: number, minor = 230_000) =>
    d1
      .prepare(
        "INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id, succeeded_at) VALUES (?1, ?2, ?3, ?4, 'RUB', ?5, 'yookassa', ?1, ?5)",
      )
      .bind(newId(), id, attempt, minor, NOON)
      .run();

  test('may wait, once; the choice stays', async () => {
    expect(await chooseToWait(db, await choice(), LATE)).toEqual({ kind: 'done' });
    expect(await chooseToWait(db, await choice(), LATE + 1)).toEqual({ kind: 'already' });

    expect((await consultationOf(id)).hasWaited).toBe(true);
    expect(await count('SELECT count(*) AS n FROM delay_choice')).toBe(1);
    await expect(d1.prepare("UPDATE delay_choice SET choice = 'refund'").run()).rejects.toThrow(/immutable/);
    await expect(d1.prepare('DELETE FROM delay_choice').run()).rejects.toThrow(/immutable/);
  });

  test('gets everything back by one click, however often it is made, and the interval is free', async () => {
    await pays(1);
    const made = await choice();

    const results = await Promise.all(Array.from({ length: 10 }, () => chooseRefund(db, made, LATE)));

    expect(results.filter(r => r.kind === 'done')).toHaveLength(1);
    expect(await count('SELECT sum(amount_minor) AS n FROM refund')).toBe(230_000);
    expect(await count('SELECT count(*) AS n FROM refund')).toBe(1);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'cancelled:%'")).toBe(1);
    const consultation = await consultationOf(id);
    expect(consultation).toMatchObject({
      cancelReason: 'doctorLate',
      facts: { cancelledBy: 'clinic', cancelledAt: LATE, returningMinor: 230_000 },
    });
    expect(statusOf(consultation.facts, LATE)).toBe('cancelled');
    expect(await holdOf(id)).toMatchObject({ released_at: LATE });
  });

  test('who paid twice gets the first payment back; the second is on its way already', async () => {
    await pays(1);
    await pays(2);
    const second = await d1.prepare('SELECT id FROM payment WHERE attempt = 2').first<{ id: string }>();
    await d1
      .prepare(
        "INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at) VALUES (?1, ?2, ?3, 1, 230000, 'rule', 'twice', ?4, ?4)",
      )
      .bind(newId(), id, second?.id ?? '', NOON)
      .run();

    await chooseRefund(db, await choice(), LATE);

    expect(await count('SELECT sum(amount_minor) AS n FROM refund')).toBe(460_000);
    expect(await count('SELECT return_minor AS n FROM cancellation')).toBe(230_000);
  });

  test('is told that the doctor was quicker: a doctor who enters in the same second wins', async () => {
    await pays(1);
    const made = await choice();
    await enterRoom(db, doctor(), LATE);

    expect(await chooseRefund(db, made, LATE)).toEqual({ kind: 'offerOver' });
    expect(await chooseToWait(db, made, LATE)).toEqual({ kind: 'offerOver' });
    expect(await reschedule(db, await moving(id, LATE + DAY, { reason: 'doctorLate', trace: made.trace }), LATE)).toEqual({
      kind: 'notMovable',
    });
    expect(await count('SELECT count(*) AS n FROM refund')).toBe(0);
    expect(await count('SELECT count(*) AS n FROM cancellation')).toBe(0);
    expect(delayOf((await consultationOf(id)).facts, (await consultationOf(id)).trace, LATE).kind).toBe('none');
  });

  test('and the doctor at the door at once have one winner, in twenty rounds', async () => {
    for (let round = 0; round < 20; round++) {
      id = await booked(anna.id, TOMORROW_14_30 + (round + 1) * DAY);
      const at = TOMORROW_14_30 + (round + 1) * DAY + 10 * MINUTE;
      const made = await choice();

      const [chosen, entered] = await Promise.all([chooseRefund(db, made, at), enterRoom(db, doctor(), at)]);

      expect([chosen.kind, entered.kind].sort()).toEqual(chosen.kind === 'done' ? ['done', 'over'] : ['entered', 'offerOver']);
    }
  });

  test('may not choose on the word of a doctor who sat in the room and has come into the call meanwhile', async () => {
    const came = await enterRoom(db, doctor(), LATE - 20 * MINUTE);
    await write(db, [saysLate(id, MAKETOVA.id, { minutes: 15, at: LATE - 15 * MINUTE })]);
    const made = await choice();
    expect(delayOf((await consultationOf(id)).facts, made.trace, LATE).kind).toBe('offered');
    await joinCall(db, id, 'attendanceId' in came ? came.attendanceId : '', LATE, LATE);

    expect(await chooseRefund(db, made, LATE)).toEqual({ kind: 'offerOver' });
    expect(delayOf((await consultationOf(id)).facts, (await consultationOf(id)).trace, LATE).kind).toBe('none');
  });

  test('may not choose once the two are in the call, though the doctor said to be late', async () => {
    await pays(1);
    await joins(doctor(), LATE - 20 * MINUTE);
    await write(db, [saysLate(id, MAKETOVA.id, { minutes: 15, at: LATE - 15 * MINUTE })]);
    const made = await choice();
    await joins({ consultationId: id, personId: anna.id, role: 'patient' }, LATE);

    expect(await chooseRefund(db, made, LATE)).toEqual({ kind: 'offerOver' });
    expect(await count('SELECT count(*) AS n FROM cancellation')).toBe(0);
  });

  test('may not choose on what the doctor has taken back', async () => {
    await write(db, [saysLate(id, MAKETOVA.id, { minutes: 15, at: NOON })]);
    const made = await choice();
    await write(db, [saysLate(id, MAKETOVA.id, { minutes: 5, at: NOON + 1 })]);

    expect(await chooseRefund(db, made, NOON + 2)).toEqual({ kind: 'offerOver' });
  });
});
