// The status of a consultation at each side of each limit; and that it never goes backwards.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayRescue } from '../../workflows/rules/late-payment.ts';
import {
  type Facts,
  GRACE_MS,
  isPayable,
  isUpcoming,
  moneyOf,
  rescuedLateMs,
  statusOf,
  UPCOMING_TAIL_MS,
} from '../../workflows/rules/status.ts';
import { DAY, factsWith, HOUR, MINUTE, NOON } from '../cast.ts';

const START = NOON + DAY;
const EXPIRES = NOON + 10 * MINUTE;

const facts = factsWith;

const paid = (given: Partial<Facts> = {}) => facts({ firmAt: NOON + MINUTE, takenMinor: 230_000, ...given });

describe('the state of a consultation', () => {
  test.each([
    ['just booked', facts(), NOON, 'reserved'],
    ['a millisecond before its hold ends', facts(), EXPIRES - 1, 'reserved'],
    ['in the grace, while the provider is asked', facts(), EXPIRES + GRACE_MS - 1, 'reserved'],
    ['when the grace is over, though no timer has run', facts(), EXPIRES + GRACE_MS, 'lapsed'],
    ['when its lapse is recorded', facts({ lapsedAt: EXPIRES }), EXPIRES, 'lapsed'],
    ['paid', paid(), NOON + HOUR, 'paid'],
    ['paid late and kept', paid({ lapsedAt: EXPIRES, firmAt: EXPIRES + 2 * MINUTE }), NOON + HOUR, 'paid'],
    ['when the patient waits', paid({ enteredAt: START - 5 * MINUTE }), START, 'waiting'],
    ['when both talk', paid({ enteredAt: START, startedAt: START }), START, 'progress'],
    ['when it took place', paid({ outcome: 'tookPlace', concludedAt: START }), START, 'concluded'],
    ['when it failed', paid({ outcome: 'failed', concludedAt: START }), START, 'failed'],
    ['when the patient did not come', paid({ outcome: 'absent', concludedAt: START }), START, 'absent'],
    ['when its protocol is signed', paid({ outcome: 'tookPlace', publishedAt: START + HOUR }), START + HOUR, 'published'],
    ['cancelled before it was paid', facts({ cancelledAt: NOON }), NOON + DAY, 'cancelled'],
    ['cancelled after it was paid', paid({ cancelledAt: NOON }), NOON, 'cancelled'],
  ] as const)('%s', (_when, given, now, status) => {
    expect(statusOf(given, now)).toBe(status);
  });

  test('an unpaid one is first reserved and then lapsed, and never anything else, as time passes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 * DAY }), { minLength: 2, maxLength: 20 }), offsets => {
        const seen = offsets.sort((a, b) => a - b).map(offset => statusOf(facts(), NOON + offset));

        expect(seen.join()).toMatch(/^(reserved,?)*(lapsed,?)*$/);
      }),
    );
  });
});

describe('what is ahead', () => {
  test.each([
    [facts(), EXPIRES + GRACE_MS - 1, true],
    [facts(), EXPIRES + GRACE_MS, false],
    [paid(), START + 30 * MINUTE + UPCOMING_TAIL_MS - 1, true],
    [paid(), START + 30 * MINUTE + UPCOMING_TAIL_MS, false],
    [paid({ cancelledAt: NOON }), NOON, false],
    [paid({ outcome: 'tookPlace' }), START, false],
  ])('%#', (given, now, upcoming) => {
    expect(isUpcoming(given, now)).toBe(upcoming);
  });

  test('a hold is payable until it ends, and its grace is for payments under way', () => {
    expect(isPayable(facts(), EXPIRES - 1)).toBe(true);
    expect(isPayable(facts(), EXPIRES)).toBe(false);
    expect(isPayable(paid(), NOON + 2 * MINUTE)).toBe(false);
  });
});

describe('where the money stands', () => {
  test.each([
    ['nothing was taken', facts(), 'nothing'],
    ['it is held for the visit', paid(), 'held'],
    ['it is on its way back', paid({ cancelledAt: NOON, returningMinor: 207_000 }), 'returning'],
    ['a part is back', paid({ cancelledAt: NOON, returningMinor: 207_000, returnedMinor: 207_000 }), 'partReturned'],
    ['all of it is back', facts({ lapsedAt: NOON, takenMinor: 230_000, returningMinor: 230_000, returnedMinor: 230_000 }), 'returned'],
    ['it is earned', paid({ outcome: 'tookPlace' }), 'kept'],
    ['it is kept, because nothing was to come back', paid({ cancelledAt: START }), 'kept'],
  ] as const)('%s', (_where, given, money) => {
    expect(moneyOf(given, NOON + 2 * DAY)).toBe(money);
  });
});

describe('money that comes late', () => {
  test.each([
    ['the interval may be tried again before it begins', facts({ lapsedAt: EXPIRES }), START - 1, true],
    ['but not once it has begun', facts({ lapsedAt: EXPIRES }), START, false],
    ['a cancelled one stays cancelled', facts({ cancelledAt: NOON }), NOON, false],
    ['a paid one needs no rescue', paid(), NOON, false],
  ] as const)('%s', (_what, given, now, may) => {
    expect(mayRescue(given, now)).toBe(may);
  });

  test('how late it was is counted from the end of the hold', () => {
    expect(rescuedLateMs(paid({ firmAt: EXPIRES }))).toBeNull();
    expect(rescuedLateMs(paid({ firmAt: EXPIRES + 1 }))).toBe(1);
    expect(rescuedLateMs(facts())).toBeNull();
  });
});
