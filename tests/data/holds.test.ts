// The hold: who gets an interval when many want it, decided by the database.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Reservation, reserveSlot } from '../../worker/data/reservations.ts';
import { newId } from '../../worker/data/ids.ts';
import { lapses } from '../../worker/data/payments.ts';
import { write } from '../../worker/data/db.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, NOON, OBRAZTSOVA, TOMORROW_14_30 } from '../cast.ts';
import { count, d1, db, freshClinic, patients } from './d1.ts';

const reservation = (person: CastPerson, given: Partial<Reservation> = {}): Reservation => ({
  startsAt: TOMORROW_14_30,
  endsAt: TOMORROW_14_30 + 30 * MINUTE,
  doctorId: MAKETOVA.doctorId,
  patientId: person.id,
  sessionId: '01930000-0000-7000-8000-000000020001',
  priceMinor: 230_000,
  policy: { freeHours: 24, keptPercent: 10 },
  email: person.email,
  lang: 'ru',
  zone: null,
  requestKey: newId(),
  holdMinutes: 10,
  ...given,
});

const liveHolds = () => count('SELECT count(*) AS n FROM hold WHERE released_at IS NULL');
const overlapping = () =>
  count(`SELECT count(*) AS n FROM hold a JOIN hold b ON a.doctor_id = b.doctor_id AND a.consultation_id < b.consultation_id
    WHERE a.released_at IS NULL AND b.released_at IS NULL AND a.start_at < b.end_at AND a.end_at > b.start_at`);

beforeEach(() => freshClinic());

describe('when many want one interval', () => {
  test('fifty at once have one winner, in two hundred rounds', { timeout: 240_000 }, async () => {
    const racers = await patients(50);

    for (let round = 0; round < 200; round++) {
      const startsAt = TOMORROW_14_30 + round * DAY;
      // Every other racer is shifted, so that intervals overlap and are not equal.
      const results = await Promise.all(
        racers.map((racer, i) => {
          const shifted = startsAt + (i % 2) * 10 * MINUTE;
          return reserveSlot(db, reservation(racer, { startsAt: shifted, endsAt: shifted + 30 * MINUTE }), NOON);
        }),
      );

      const winners = results.filter(r => r.kind === 'reserved');
      expect(winners).toHaveLength(1);
      expect(results.filter(r => r.kind === 'slotTaken')).toHaveLength(49);
      // The winner's hold would keep them out of the next round.
      await d1.prepare('UPDATE hold SET firm_at = ?1 WHERE firm_at IS NULL').bind(NOON).run();
    }

    expect(await liveHolds()).toBe(200);
    expect(await overlapping()).toBe(0);
    expect(await count('SELECT count(*) AS n FROM consultation')).toBe(200);
    expect(await count('SELECT count(*) AS n FROM outbox')).toBe(200);
  });

  test('the same click twice, or ten times at once, is one consultation', async () => {
    const [anna] = await patients(1);
    if (!anna) throw new Error('no cast');
    const same = reservation(anna);

    const results = await Promise.all(Array.from({ length: 10 }, () => reserveSlot(db, same, NOON)));

    expect(results.filter(r => r.kind === 'reserved')).toHaveLength(1);
    expect(results.filter(r => r.kind === 'already')).toHaveLength(9);
    expect(new Set(results.map(r => ('consultationId' in r ? r.consultationId : '')))).toHaveProperty('size', 1);
  });
});

describe('what one patient may hold', () => {
  test('one unpaid hold at a time, and the answer names it', async () => {
    const [anna] = await patients(1);
    if (!anna) throw new Error('no cast');
    const first = await reserveSlot(db, reservation(anna), NOON);

    const second = await reserveSlot(
      db,
      reservation(anna, { doctorId: OBRAZTSOVA.doctorId, startsAt: NOON + DAY, endsAt: NOON + DAY + 40 * MINUTE }),
      NOON,
    );

    expect(second).toEqual({ kind: 'patientHolds', consultationId: 'consultationId' in first ? first.consultationId : '' });
  });

  test('two intervals of different doctors may touch but not overlap', async () => {
    const [anna] = await patients(1);
    if (!anna) throw new Error('no cast');
    await reserveSlot(db, reservation(anna), NOON);
    await d1.prepare('UPDATE hold SET firm_at = ?1').bind(NOON).run();

    const over = reservation(anna, {
      doctorId: OBRAZTSOVA.doctorId,
      startsAt: TOMORROW_14_30 + 29 * MINUTE,
      endsAt: TOMORROW_14_30 + HOUR,
    });
    const touching = { ...over, startsAt: TOMORROW_14_30 + 30 * MINUTE, requestKey: newId() };

    expect(await reserveSlot(db, over, NOON)).toMatchObject({ kind: 'patientBusy' });
    expect(await reserveSlot(db, touching, NOON)).toMatchObject({ kind: 'reserved' });
  });
});

describe('when a hold ends', () => {
  test('it keeps others out until its grace is over, and not a millisecond longer', async () => {
    const [anna, boris] = await patients(2);
    if (!anna || !boris) throw new Error('no cast');
    await reserveSlot(db, reservation(anna), NOON);
    const over = NOON + 11 * MINUTE;

    expect(await reserveSlot(db, reservation(boris), over - 1)).toEqual({ kind: 'slotTaken' });
    expect(await reserveSlot(db, reservation(boris), over)).toMatchObject({ kind: 'reserved' });
    expect(await count('SELECT count(*) AS n FROM lapse')).toBe(1);
  });

  test('a recorded lapse frees the interval at once, for the same patient too', async () => {
    const [anna] = await patients(1);
    if (!anna) throw new Error('no cast');
    const first = await reserveSlot(db, reservation(anna), NOON);
    const id = 'consultationId' in first ? first.consultationId : '';

    await write(db, lapses(id, NOON + 10 * MINUTE));

    expect(await reserveSlot(db, reservation(anna), NOON + 10 * MINUTE)).toMatchObject({ kind: 'reserved' });
  });

  test('it does not lapse before its time, and never when it is paid', async () => {
    const [anna] = await patients(1);
    if (!anna) throw new Error('no cast');
    const first = await reserveSlot(db, reservation(anna), NOON);
    const id = 'consultationId' in first ? first.consultationId : '';

    await write(db, lapses(id, NOON + 10 * MINUTE - 1));
    expect(await count('SELECT count(*) AS n FROM lapse')).toBe(0);

    await d1.prepare('UPDATE hold SET firm_at = ?1').bind(NOON).run();
    await write(db, lapses(id, NOON + HOUR));
    expect(await count('SELECT count(*) AS n FROM lapse')).toBe(0);
  });

  test('its end never moves back', async () => {
    const [anna] = await patients(1);
    if (!anna) throw new Error('no cast');
    await reserveSlot(db, reservation(anna), NOON);

    await expect(d1.prepare('UPDATE hold SET expires_at = expires_at - 1').run()).rejects.toThrow(/expiryShrinks/);
  });
});

test('whatever is tried in whatever order, no two live holds of a doctor or of a patient overlap', { timeout: 120_000 }, async () => {
  const doctors = [MAKETOVA, OBRAZTSOVA];
  const step = fc.record({
    who: fc.nat({ max: 3 }),
    doctor: fc.nat({ max: 1 }),
    start: fc.nat({ max: 8 }),
    length: fc.integer({ min: 1, max: 4 }),
    after: fc.nat({ max: 15 }),
    pays: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async steps => {
      await freshClinic();
      const people = await patients(4);
      let now = NOON;
      for (const s of steps) {
        now += s.after * MINUTE;
        const person = people[s.who];
        const doctor = doctors[s.doctor];
        if (!person || !doctor) throw new Error('no cast');
        const startsAt = TOMORROW_14_30 + s.start * 10 * MINUTE;
        const result = await reserveSlot(
          db,
          reservation(person, { doctorId: doctor.doctorId, startsAt, endsAt: startsAt + s.length * 10 * MINUTE }),
          now,
        );
        if (result.kind === 'reserved' && s.pays) {
          await d1.prepare('UPDATE hold SET firm_at = ?2 WHERE consultation_id = ?1').bind(result.consultationId, now).run();
        }
      }
      expect(await overlapping()).toBe(0);
      expect(
        await count(`SELECT count(*) AS n FROM hold a JOIN hold b ON a.patient_id = b.patient_id AND a.consultation_id < b.consultation_id
          WHERE a.released_at IS NULL AND b.released_at IS NULL AND a.start_at < b.end_at AND a.end_at > b.start_at`),
      ).toBe(0);
    }),
    { numRuns: 40, verbose: 1 },
  );
});
