// The late doctor and the move to another time: what is offered and until when, tables at both sides of each limit.
import { describe, expect, test } from 'vitest';
import { DOCTOR_LATE_MS as CLOCK } from '../../workflows/clocks.ts';
import { termsOf } from '../../workflows/rules/cancellation.ts';
import { type Delay, delayOf, DOCTOR_LATE_MS, type DoctorTrace, lateMinutesOf } from '../../workflows/rules/delay.ts';
import { mayReschedule, MOVES } from '../../workflows/rules/reschedule.ts';
import { type Facts, UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { DAY, factsWith, HOUR, MINUTE, NOON } from '../cast.ts';

const START = NOON + DAY;
const END = START + 30 * MINUTE;
const NONE = { kind: 'none' } as const;
const NOBODY: DoctorTrace = { cameAt: null, late: null };

const paid = (given: Partial<Facts> = {}) => factsWith({ firmAt: NOON, takenMinor: 230_000, ...given });
const word = (minutes: number, cameAt: number | null = null, at = START - MINUTE): DoctorTrace => ({ cameAt, late: { minutes, at } });

describe('what is offered to the patient of a late doctor', () => {
  test.each([
    ['a millisecond before ten minutes', START + 10 * MINUTE - 1, NONE],
    ['at ten minutes', START + 10 * MINUTE, { kind: 'offered', cause: 'absent', minutes: 10 }],
    ['whole minutes are told', START + 12 * MINUTE - 1, { kind: 'offered', cause: 'absent', minutes: 11 }],
    ['past the booked end', END + HOUR, { kind: 'offered', cause: 'absent', minutes: 90 }],
    ['until half a day after it', END + UPCOMING_TAIL_MS - 1, { kind: 'offered', cause: 'absent', minutes: 749 }],
    ['and then nothing', END + UPCOMING_TAIL_MS, NONE],
  ] as const)('nobody has come: %s', (_, now, delay) => {
    expect(delayOf(paid(), NOBODY, now)).toEqual(delay);
    expect(delayOf(paid({ enteredAt: START - MINUTE }), NOBODY, now)).toEqual(delay);
  });

  test('the workflow looks at the same instant from which the page offers', () => {
    expect(CLOCK).toBe(DOCTOR_LATE_MS);
  });

  test.each([
    ['nine minutes are no reason', word(9), START, NONE],
    ['ten are, at once', word(10), START - 5 * MINUTE, { kind: 'offered', cause: 'word', minutes: 10 }],
    ['said by a doctor who was in the room then', word(15, START - 3 * MINUTE), START, { kind: 'offered', cause: 'word', minutes: 15 }],
    ['who came back in the same millisecond as the word', word(15, START - MINUTE), START, { kind: 'offered', cause: 'word', minutes: 15 }],
    ['who has come since', word(15, START - MINUTE + 1), START, NONE],
    ['ten minutes past, the lateness itself is told', word(30), START + 10 * MINUTE, { kind: 'offered', cause: 'absent', minutes: 10 }],
  ] as const)('the doctor’s own word: %s', (_, trace, now, delay) => {
    expect(delayOf(paid(), trace, now)).toEqual(delay);
  });

  test.each([
    ['the doctor has been in the room', {}, { cameAt: START - MINUTE, late: null }],
    ['the visit has begun', { enteredAt: START, startedAt: START + MINUTE }, word(15)],
    ['it was cancelled', { cancelledAt: START }, NOBODY],
    ['it was concluded', { concludedAt: START, outcome: 'absent' }, NOBODY],
    ['it was not paid', { firmAt: null, expiresAt: START + DAY }, NOBODY],
  ] as const)('nothing when %s', (_, facts, trace) => {
    expect(delayOf(paid(facts), trace, START + 20 * MINUTE)).toEqual(NONE);
  });

  test.each([
    [START + MINUTE - 1, NOBODY, null],
    [START + MINUTE, NOBODY, 1],
    [START + 11 * MINUTE, NOBODY, 11],
    [START + 11 * MINUTE, { cameAt: START - MINUTE, late: null }, null],
  ] as const)('the desk tells whole minutes: %i', (now, trace, minutes) => {
    expect(lateMinutesOf(paid(), trace, now)).toBe(minutes);
  });
});

describe('moving an appointment', () => {
  const terms = termsOf(230_000, START, { freeHours: 24, keptPercent: 10 });
  const FREE = terms.freeUntil;
  const LATE: Delay = { kind: 'offered', cause: 'absent', minutes: 10 };
  const may = (facts: Facts, moves: number, now: number, delay: Delay = NONE) => mayReschedule(facts, moves, delay, terms, now);

  test('is free until the same instant as cancelling', () => {
    expect(may(paid(), 0, FREE - 1)).toEqual({ kind: 'free', reason: 'asked', until: FREE, movesLeft: 3 });
    expect(may(paid(), 0, FREE)).toEqual({ kind: 'refused', why: 'tooLate', since: FREE });
    expect(may(paid(), 0, END + HOUR)).toEqual({ kind: 'refused', why: 'tooLate', since: FREE });
  });

  test('is for three times', () => {
    expect(may(paid(), MOVES - 1, FREE - 1)).toMatchObject({ kind: 'free', movesLeft: 1 });
    expect(may(paid(), MOVES, FREE - 1)).toEqual({ kind: 'refused', why: 'tooOften' });
  });

  test('is free at any time, and however often, while the doctor is late', () => {
    expect(may(paid(), MOVES, START + 11 * MINUTE, LATE)).toEqual({ kind: 'free', reason: 'doctorLate' });
  });

  test.each([
    [{ firmAt: null, expiresAt: FREE + HOUR }, 'unpaid'],
    [{ firmAt: null, lapsedAt: NOON }, 'over'],
    [{ cancelledAt: NOON }, 'over'],
    [{ concludedAt: NOON, outcome: 'tookPlace' }, 'over'],
    [{ enteredAt: NOON - HOUR, startedAt: NOON - HOUR }, 'begun'],
  ] as const)('is not for %o', (facts, why) => {
    expect(may(paid(facts), 0, FREE - 1, LATE)).toEqual({ kind: 'refused', why });
  });

  test('is not for one that nobody ended, half a day after its time', () => {
    expect(may(paid(), 0, END + UPCOMING_TAIL_MS)).toEqual({ kind: 'refused', why: 'over' });
  });
});
