// The figures of the call's passport: minutes together and missing at each limit, which side a fault belongs to, and when there is anything
// to read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Attendance,
  attributed,
  type Fault,
  type FaultSide,
  hasPassport,
  passportEndOf,
  passportOf,
  passportPhaseOf,
} from '../../workflows/rules/passport.ts';
import { UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { factsWith, HOUR, MINUTE, NOON } from '../cast.ts';

const START = NOON;
const END = NOON + 30 * MINUTE;
const visit = { startsAt: START, endsAt: END };

/** In the call for the whole stay, minutes from the start. */
const stay = (role: Attendance['role'], from: number, to: number | null): Attendance => ({
  role,
  enteredAt: START + from * MINUTE,
  joinedAt: START + from * MINUTE,
  leftAt: to === null ? null : START + to * MINUTE,
});
const joining = (minute: number | null, attendance: Attendance): Attendance => ({
  ...attendance,
  joinedAt: minute === null ? null : START + minute * MINUTE,
});

describe('the passport of a call', () => {
  test.each([
    ['both all the time', [stay('patient', -2, 30), stay('doctor', 0, 31)], { together: 30, patient: 0, doctor: 0 }],
    ['nobody', [], { together: 0, patient: 30, doctor: 30 }],
    ['the patient alone', [stay('patient', 0, null)], { together: 0, patient: 0, doctor: 30 }],
    ['one after the other, touching', [stay('patient', 0, 10), stay('doctor', 10, 20)], { together: 0, patient: 20, doctor: 20 }],
    [
      'a break of the patient',
      [stay('patient', 0, 10), stay('patient', 12, 30), stay('doctor', 0, 30)],
      { together: 28, patient: 2, doctor: 0 },
    ],
    [
      'two devices overlap',
      [stay('patient', 0, 20), stay('patient', 10, 30), stay('doctor', 0, 30)],
      { together: 30, patient: 0, doctor: 0 },
    ],
    ['a doctor who runs over', [stay('patient', 20, 50), stay('doctor', 20, 50)], { together: 30, patient: 20, doctor: 20 }],
  ] as const)('%s', (_, stays, { together, patient, doctor }) => {
    const passport = passportOf(visit, stays, [], END + HOUR);

    expect(passport.togetherMinutes).toBe(together);
    expect(passport.missingMinutes).toEqual({ patient, doctor });
  });

  test('a minute counts when it is whole, and the future does not count', () => {
    const stays = [stay('patient', 0, null), stay('doctor', 0, null)];

    expect(passportOf(visit, stays, [], START + MINUTE - 1).togetherMinutes).toBe(0);
    expect(passportOf(visit, stays, [], START + MINUTE).togetherMinutes).toBe(1);
    expect(passportOf(visit, [], [], START + 5 * MINUTE).missingMinutes).toEqual({ patient: 5, doctor: 5 });
    expect(passportOf(visit, [], [], START - HOUR).missingMinutes).toEqual({ patient: 0, doctor: 0 });
  });

  test('faults are counted by side, and the first meeting is named', () => {
    const fault = (side: 'patient' | 'clinic' | 'sfu') => ({ at: START, side, kind: 'cameraBusy', detail: null });
    const passport = passportOf(
      visit,
      [stay('patient', 1, 5), stay('doctor', 3, 9)],
      [fault('clinic'), fault('clinic'), fault('sfu')],
      END,
    );

    expect(passport.faults).toEqual({ patient: 0, clinic: 2, sfu: 1, unknown: 0 });
    expect(passport.metAt).toBe(START + 3 * MINUTE);
  });

  test('who waits in the room is there, and has not met anybody until both are in the call', () => {
    const patient = joining(4, stay('patient', -10, 9));
    const waiting = [patient, joining(null, stay('doctor', -12, 9))];

    expect(passportOf(visit, waiting, [], END)).toMatchObject({ metAt: null, togetherMinutes: 0, calls: { doctor: [] } });
    expect(passportOf(visit, waiting, [], END).missingMinutes).toEqual({ patient: 21, doctor: 21 });
    const met = passportOf(visit, [patient, joining(2, stay('doctor', -12, 9))], [], END);
    expect(met).toMatchObject({ metAt: START + 4 * MINUTE, togetherMinutes: 5 });
    expect(met.presence.patient).toEqual([{ startsAt: START - 10 * MINUTE, endsAt: START + 9 * MINUTE }]);
    expect(met.calls.patient).toEqual([{ startsAt: START + 4 * MINUTE, endsAt: START + 9 * MINUTE }]);
  });

  test.each([
    ['nobody came', [], 0],
    ['half of the time', [stay('patient', 0, 15), stay('doctor', 0, 30)], 0.5],
    ['the whole of it, begun late and run over', [stay('patient', 0, 50), stay('doctor', 20, 50)], 1],
    ['longer than was booked', [stay('patient', 0, 90), stay('doctor', 0, 90)], 1],
    [
      'a millisecond less than the whole',
      [stay('patient', 0, 30), { ...stay('doctor', 0, 30), enteredAt: START + 1, joinedAt: START + 1 }],
      1 - 1 / 1_800_000,
    ],
  ] as const)('the share together: %s', (_, stays, share) => {
    expect(passportOf(visit, stays, [], END + HOUR).togetherShare).toBeCloseTo(share, 9);
  });

  test('of any comings and goings: together is never more than either was there, what is missing and what is not make the booked time', () => {
    // Grains of ten seconds: an hour and a half around the visit is counted grain by grain and compared with the rule.
    const GRAIN = 10_000;
    const [FROM, TO] = [-60, 480];
    const grain = fc.integer({ min: FROM, max: TO });
    const someStay = fc.record({
      role: fc.constantFrom('patient', 'doctor'),
      a: grain,
      b: grain,
      join: fc.option(fc.nat({ max: 540 })),
      isOpen: fc.boolean(),
    });
    const at = (n: number) => START + n * GRAIN;
    fc.assert(
      fc.property(fc.array(someStay, { maxLength: 12 }), grain, fc.infiniteStream(fc.nat({ max: 100 })), (given, end, dice) => {
        const stays = given.map(({ role, a, b, join, isOpen }): Attendance => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const joined = join !== null && (isOpen || from + join <= to) ? at(from + join) : null;
          return { role, enteredAt: at(from), joinedAt: joined, leftAt: isOpen ? null : at(to) };
        });
        const until = at(end);
        const passport = passportOf(visit, stays, [], until);

        const isThere = (role: Attendance['role'], t: number, from: 'enteredAt' | 'joinedAt' = 'enteredAt') =>
          t < until && stays.some(s => s.role === role && (s[from] ?? Number.POSITIVE_INFINITY) <= t && t < (s.leftAt ?? until));
        const grains = Array.from({ length: TO - FROM }, (_, i) => at(FROM + i));
        const minutes = (holds: (t: number) => boolean) => Math.floor((grains.filter(holds).length * GRAIN) / MINUTE);
        const booked = (t: number) => t >= START && t < Math.min(END, until);
        const both = (t: number) => isThere('patient', t, 'joinedAt') && isThere('doctor', t, 'joinedAt');
        expect(passport.togetherMinutes).toBe(minutes(both));
        for (const side of ['patient', 'doctor'] as const) {
          expect(passport.togetherMinutes).toBeLessThanOrEqual(minutes(t => isThere(side, t)));
          expect(passport.missingMinutes[side]).toBe(minutes(t => booked(t) && !isThere(side, t)));
          expect(passport.presentMs[side] + passport.missingMs[side]).toBe(passport.bookedMs);
          expect(passport.presentMs[side]).toBe(grains.filter(t => booked(t) && isThere(side, t)).length * GRAIN);
        }
        expect(passport.togetherShare).toBeGreaterThanOrEqual(0);
        expect(passport.togetherShare).toBeLessThanOrEqual(1);

        const shuffled = stays.map(s => ({ s, key: dice.next().value })).toSorted((x, y) => x.key - y.key);
        expect(
          passportOf(
            visit,
            shuffled.map(({ s }) => s),
            [],
            until,
          ),
        ).toEqual(passport);
      }),
    );
  });
});

describe('whose side a fault is of', () => {
  const lost = (side: FaultSide, seconds: number, kind = 'mediaLost'): Fault => ({
    at: START + seconds * 1000,
    side,
    kind,
    detail: null,
  });
  const told = (faults: readonly Fault[]) => attributed(faults).map(({ side, at }) => [side, (at - START) / 1000]);

  test.each([
    ['one side alone lost its media', [lost('patient', 0)], [['patient', 0]]],
    ['both within ten seconds: the service, once, from the first of them', [lost('patient', 10), lost('clinic', 0)], [['sfu', 0]]],
    [
      'both a little further apart',
      [lost('patient', 0), lost('clinic', 10.001)],
      [
        ['patient', 0],
        ['clinic', 10.001],
      ],
    ],
    [
      'one side twice',
      [lost('patient', 0), lost('patient', 5)],
      [
        ['patient', 0],
        ['patient', 5],
      ],
    ],
    [
      'one loss excuses one other',
      [lost('patient', 0), lost('clinic', 4), lost('patient', 8)],
      [
        ['sfu', 0],
        ['patient', 8],
      ],
    ],
    [
      'other faults at the same time stay whose they are',
      [lost('patient', 0), lost('clinic', 1, 'videoOff')],
      [
        ['patient', 0],
        ['clinic', 1],
      ],
    ],
    [
      'both lost it and the service admits why: one event',
      [lost('patient', 2), lost('clinic', 0), lost('sfu', 4, 'sessionLost'), lost('sfu', 5, 'callsDown')],
      [['sfu', 0]],
    ],
    [
      'one side alone and the service admits something: who was first is not known, so both stand',
      [lost('patient', 0), lost('sfu', 1, 'sessionLost')],
      [
        ['patient', 0],
        ['sfu', 1],
      ],
    ],
    ['what the service said of itself', [lost('sfu', 3, 'callsDown')], [['sfu', 3]]],
    ['what never came may have been lost anywhere', [lost('patient', 1, 'noRemoteMedia')], [['unknown', 1]]],
  ] as const)('%s', (_, faults, sides) => {
    expect(told(faults)).toEqual(sides);
    expect(told(faults.toReversed())).toEqual(sides);
    expect(told(attributed(faults))).toEqual(sides);
  });

  test('counts as it is attributed, not as it was told', () => {
    expect(passportOf(visit, [], [lost('patient', 0), lost('clinic', 2), lost('clinic', 90)], END).faults).toEqual({
      patient: 0,
      clinic: 1,
      sfu: 1,
      unknown: 0,
    });
  });
});

describe('there is something to read', () => {
  const paid = factsWith({ startsAt: START, endsAt: END, firmAt: START - HOUR, takenMinor: 230_000 });
  const ended = { ...paid, outcome: 'tookPlace', concludedAt: END + MINUTE } as const;
  const cancelled = { ...paid, cancelledAt: START - HOUR, cancelledBy: 'patient' } as const;

  test.each([
    ['ahead', paid, false, START - 1, 'ahead', false],
    ['the start has come and nobody has', paid, false, START, 'going', false],
    ['somebody waits before the start', paid, true, START - 1, 'going', true],
    ['nobody ended it yet', paid, true, END + UPCOMING_TAIL_MS - 1, 'going', true],
    ['nobody ever ended it', paid, false, END + UPCOMING_TAIL_MS, 'over', true],
    ['the doctor ended it', ended, true, END + MINUTE, 'over', true],
    ['it was cancelled', cancelled, false, END, 'none', false],
    ['it was cancelled after somebody had come', cancelled, true, END, 'over', true],
    ['nobody paid', factsWith({ startsAt: START, endsAt: END, expiresAt: START - HOUR }), false, END, 'none', false],
  ] as const)('%s', (_, facts, wasEntered, now, phase, isThere) => {
    expect(passportPhaseOf(facts, wasEntered, now)).toBe(phase);
    expect(hasPassport(facts, wasEntered, now)).toBe(isThere);
  });

  test('figures run to the recorded end, else to now, and never past half a day', () => {
    expect(passportEndOf(paid, START + 5 * MINUTE)).toBe(START + 5 * MINUTE);
    expect(passportEndOf(ended, END + 9 * HOUR)).toBe(END + MINUTE);
    expect(passportEndOf(cancelled, END)).toBe(START - HOUR);
    expect(passportEndOf(paid, END + 20 * HOUR)).toBe(END + UPCOMING_TAIL_MS);
  });
});
