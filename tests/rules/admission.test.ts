// Who may enter the room and when, and who may end the visit: tables at both sides of each limit.
import { describe, expect, test } from 'vitest';
import { doorOf, mayConclude, mayEnter, type Proof } from '../../workflows/rules/admission.ts';
import { type Facts, UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { factsWith, HOUR, MINUTE, NOON } from '../cast.ts';

const START = NOON;
const END = NOON + 30 * MINUTE;
const CLINIC = { waitingMinutes: 15, joinMinutes: 2 };

/** The doctor stayed, nobody came. */
const ALONE: Proof = { patientCame: false, isPatientHere: false, doctorStayed: true, isConfirmed: false };

const facts = (over: Partial<Facts> = {}): Facts =>
  factsWith({ startsAt: START, endsAt: END, expiresAt: START - 24 * HOUR, firmAt: START - 25 * HOUR, takenMinor: 230_000, ...over });

describe('the door', () => {
  const WAITING = START - 15 * MINUTE;
  const JOIN = START - 2 * MINUTE;

  test('opens as the clinic says', () => {
    expect(doorOf(START, CLINIC)).toEqual({ waitingFrom: WAITING, joinFrom: JOIN });
  });

  test.each([
    ['a quarter of an hour before, to the millisecond: early', WAITING - 1, { kind: 'early', waitingFrom: WAITING, opensAt: JOIN }],
    ['from then on the patient waits', WAITING, { kind: 'waiting', opensAt: JOIN }],
    ['a millisecond before the button', JOIN - 1, { kind: 'waiting', opensAt: JOIN }],
    ['the button works two minutes before the start', JOIN, { kind: 'open' }],
    ['and at the start', START, { kind: 'open' }],
    ['and past the booked end: the doctor may run late', END + HOUR, { kind: 'open' }],
    ['until half a day after the end', END + UPCOMING_TAIL_MS - 1, { kind: 'open' }],
    ['when nobody ended it', END + UPCOMING_TAIL_MS, { kind: 'over', why: 'forgotten' }],
  ] as const)('for a patient: %s', (_, now, admission) => {
    expect(mayEnter(facts(), 'patient', now, CLINIC)).toEqual(admission);
  });

  test.each([
    [WAITING - 1, { kind: 'early', waitingFrom: WAITING, opensAt: WAITING }],
    [WAITING, { kind: 'open' }],
    [END + HOUR, { kind: 'open' }],
    [END + UPCOMING_TAIL_MS, { kind: 'over', why: 'forgotten' }],
  ] as const)('for the doctor it opens with the waiting room: %i', (now, admission) => {
    expect(mayEnter(facts(), 'doctor', now, CLINIC)).toEqual(admission);
  });

  test.each([
    [{ firmAt: null, expiresAt: START + HOUR }, 'notPaid'],
    [{ firmAt: null, expiresAt: START - HOUR }, 'lapsed'],
    [{ firmAt: null, lapsedAt: START - HOUR }, 'lapsed'],
    [{ cancelledAt: START - HOUR, cancelledBy: 'patient' }, 'cancelled'],
    [{ concludedAt: START, outcome: 'tookPlace' }, 'concluded'],
    [{ concludedAt: START, outcome: 'tookPlace', publishedAt: END }, 'concluded'],
    [{ concludedAt: START, outcome: 'absent' }, 'absent'],
    [{ concludedAt: START, outcome: 'failed' }, 'failed'],
  ] as const)('is closed to both when it is over: %o', (over, why) => {
    for (const side of ['patient', 'doctor'] as const) expect(mayEnter(facts(over), side, START, CLINIC)).toEqual({ kind: 'over', why });
  });

  test('a clinic whose button works earlier than its waiting room has one door', () => {
    expect(mayEnter(facts(), 'patient', START - HOUR, { waitingMinutes: 15, joinMinutes: 60 })).toEqual({ kind: 'open' });
  });
});

describe('ending the visit', () => {
  test.each([
    ['tookPlace', START - 14 * MINUTE, 'haveNotMet'],
    ['tookPlace', END, 'haveNotMet'],
    ['failed', START - 15 * MINUTE - 1, 'notNow'],
    ['failed', START - 15 * MINUTE, 'fine'],
    ['absent', START + 10 * MINUTE - 1, 'notNow'],
    ['absent', START + 10 * MINUTE, 'fine'],
    ['absent', END + UPCOMING_TAIL_MS + HOUR, 'fine'],
  ] as const)('as %s at %i: %s', (outcome, now, may) => {
    expect(mayConclude(facts(), ALONE, outcome, now, CLINIC)).toBe(may);
  });

  test('as absent is not for a patient who has been in the call with the doctor, whenever that was', () => {
    const met = facts({ enteredAt: START - 10 * MINUTE, startedAt: START - MINUTE });

    expect(mayConclude(met, ALONE, 'absent', START, CLINIC)).toBe('haveMet');
    expect(mayConclude(met, { ...ALONE, patientCame: true }, 'absent', END + UPCOMING_TAIL_MS + HOUR, CLINIC)).toBe('haveMet');
    for (const outcome of ['tookPlace', 'failed'] as const) expect(mayConclude(met, ALONE, outcome, START, CLINIC)).toBe('fine');
    expect(mayConclude(facts({ enteredAt: START - 10 * MINUTE }), ALONE, 'absent', END, CLINIC)).toBe('fine');
  });

  test('as absent is not for a patient who waited for a late doctor', () => {
    const waited = facts({ enteredAt: START - 10 * MINUTE });

    expect(mayConclude(waited, { ...ALONE, patientCame: true }, 'absent', END, CLINIC)).toBe('patientWaited');
    expect(mayConclude(waited, { ...ALONE, patientCame: true }, 'failed', END, CLINIC)).toBe('fine');
    expect(mayConclude(waited, { ...ALONE, patientCame: true }, 'tookPlace', END, CLINIC)).toBe('haveNotMet');
  });

  test('as absent is not for a patient who is in the room now, nor for a doctor who did not stay in it', () => {
    expect(mayConclude(facts(), { ...ALONE, isPatientHere: true }, 'absent', END, CLINIC)).toBe('patientHere');
    expect(mayConclude(facts(), { ...ALONE, doctorStayed: false }, 'absent', END, CLINIC)).toBe('notThere');
    expect(mayConclude(facts(), { ...ALONE, isPatientHere: true, doctorStayed: false }, 'failed', END, CLINIC)).toBe('fine');
  });

  test('as having taken place needs a meeting in the call, or the word of somebody else than the doctor', () => {
    expect(mayConclude(facts(), { ...ALONE, isConfirmed: true }, 'tookPlace', END, CLINIC)).toBe('fine');
    expect(mayConclude(facts(), { ...ALONE, isConfirmed: true }, 'absent', END, CLINIC)).toBe('patientWaited');
  });

  test('is not for one that is cancelled, unpaid or ended already', () => {
    for (const over of [{ cancelledAt: NOON }, { firmAt: null }, { outcome: 'absent', concludedAt: NOON }] as const)
      expect(mayConclude(facts(over), ALONE, 'tookPlace', START, CLINIC)).toBe('notNow');
  });
});
