// Slots, intervals, cancellation, doors and reminders: tables with intervals that touch, and properties of every schedule.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doorOf } from '../../workflows/rules/admission.ts';
import { onCancel, termsOf } from '../../workflows/rules/cancellation.ts';
import { overlaps } from '../../workflows/rules/interval.ts';
import { isStale, remindersOf } from '../../workflows/rules/reminder.ts';
import { freeCountOn, freeSlotsOn, type Offer, type ScheduleRule } from '../../workflows/rules/slot.ts';
import { addDays, clinicDay, dateIn, isDate, minuteIn } from '../../worker/booking/zone.ts';
import { DAY, HOUR, MINUTE, NOON } from '../cast.ts';

const rule = (given: Partial<ScheduleRule> = {}): ScheduleRule => ({
  weekday: 3,
  fromMinute: 600,
  toMinute: 720,
  stepMinutes: 30,
  leadMinutes: null,
  validFrom: null,
  validTo: null,
  ...given,
});

const offer = (given: Partial<Offer> = {}): Offer => ({
  rules: [rule()],
  exceptions: [],
  held: [],
  durationMinutes: 30,
  leadMinutes: 60,
  ...given,
});

// The Wednesday after the Tuesday in cast.ts.
const WEDNESDAY = clinicDay('2026-11-25', 'Europe/Moscow');
const at = (clock: string) => Date.parse(`2026-11-25T${clock}:00+03:00`);
const clocks = (slots: readonly { startsAt: number }[]) => slots.map(s => new Date(s.startsAt + 3 * HOUR).toISOString().slice(11, 16));

describe('an interval', () => {
  const ten = { startsAt: at('10:00'), endsAt: at('10:30') };
  test.each([
    ['10:30', '11:00', false],
    ['09:30', '10:00', false],
    ['10:29', '11:00', true],
    ['09:30', '10:01', true],
    ['10:10', '10:20', true],
    ['09:00', '11:00', true],
  ])('%s–%s overlaps 10:00–10:30: %s', (from, to, expected) => {
    expect(overlaps(ten, { startsAt: at(from), endsAt: at(to) })).toBe(expected);
    expect(overlaps({ startsAt: at(from), endsAt: at(to) }, ten)).toBe(expected);
  });
});

describe('free slots of a day', () => {
  test('follow the rule of the weekday', () => {
    expect(clocks(freeSlotsOn(WEDNESDAY, offer(), NOON))).toEqual(['10:00', '10:30', '11:00', '11:30']);
    expect(freeSlotsOn(clinicDay('2026-11-26', 'Europe/Moscow'), offer(), NOON)).toEqual([]);
  });

  test('a slot that would not end within the rule is not offered', () => {
    expect(clocks(freeSlotsOn(WEDNESDAY, offer({ durationMinutes: 40 }), NOON))).toEqual(['10:00', '10:30', '11:00']);
  });

  test('the lead time is counted to the minute, and a rule may have its own', () => {
    expect(clocks(freeSlotsOn(WEDNESDAY, offer(), at('09:30')))).toEqual(['10:30', '11:00', '11:30']);
    expect(clocks(freeSlotsOn(WEDNESDAY, offer(), at('09:00')))).toEqual(['10:00', '10:30', '11:00', '11:30']);
    expect(clocks(freeSlotsOn(WEDNESDAY, offer({ rules: [rule({ leadMinutes: 0 })] }), at('10:00')))).toContain('10:00');
  });

  test('a rule holds between its dates, both included', () => {
    for (const [validFrom, validTo, free] of [
      ['2026-11-25', '2026-11-25', 4],
      ['2026-11-26', null, 0],
      [null, '2026-11-24', 0],
    ] as const)
      expect(freeSlotsOn(WEDNESDAY, offer({ rules: [rule({ validFrom, validTo })] }), NOON)).toHaveLength(free);
  });

  test('a closed part takes away what it touches; an open one adds a day that no rule has', () => {
    const closed = { date: '2026-11-25', kind: 'closed', fromMinute: 630, toMinute: 650 } as const;
    const open = { date: '2026-11-26', kind: 'open', fromMinute: 600, toMinute: 660 } as const;

    expect(clocks(freeSlotsOn(WEDNESDAY, offer({ exceptions: [closed] }), NOON))).toEqual(['10:00', '11:00', '11:30']);
    expect(freeSlotsOn(clinicDay('2026-11-26', 'Europe/Moscow'), offer({ exceptions: [open] }), NOON)).toHaveLength(2);
  });

  test('a hold keeps its own interval and leaves the neighbours', () => {
    expect(clocks(freeSlotsOn(WEDNESDAY, offer({ held: [{ startsAt: at('10:30'), endsAt: at('11:00') }] }), NOON))).toEqual([
      '10:00',
      '11:00',
      '11:30',
    ]);
  });

  test('whatever the schedule, every slot is whole, ahead, inside the day’s rules and clear of every hold', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const rules = fc.array(
      fc.record({ fromMinute: minute, length: fc.integer({ min: 1, max: 600 }), stepMinutes: fc.integer({ min: 5, max: 90 }) }),
      { maxLength: 4 },
    );
    const holds = fc.array(fc.record({ from: minute, length: fc.integer({ min: 1, max: 120 }) }), { maxLength: 6 });
    fc.assert(
      fc.property(
        rules,
        holds,
        fc.integer({ min: 5, max: 120 }),
        fc.integer({ min: 0, max: 1440 }),
        (some, taken, durationMinutes, nowMinute) => {
          const given = offer({
            rules: some.map(r => rule({ ...r, toMinute: r.fromMinute + r.length })),
            held: taken.map(c => ({ startsAt: WEDNESDAY.instantOf(c.from), endsAt: WEDNESDAY.instantOf(c.from) + c.length * MINUTE })),
            durationMinutes,
          });
          const now = WEDNESDAY.instantOf(nowMinute);

          const slots = freeSlotsOn(WEDNESDAY, given, now);

          for (const slot of slots) {
            expect(slot.endsAt - slot.startsAt).toBe(durationMinutes * MINUTE);
            expect(slot.startsAt).toBeGreaterThanOrEqual(now + HOUR);
            expect(given.held.some(c => overlaps(c, slot))).toBe(false);
            expect(
              given.rules.some(r => WEDNESDAY.instantOf(r.fromMinute) <= slot.startsAt && slot.endsAt <= WEDNESDAY.instantOf(r.toMinute)),
            ).toBe(true);
          }
          expect(freeCountOn(WEDNESDAY, given, now)).toBe(slots.length);
          expect(slots.map(s => s.startsAt)).toEqual([...new Set(slots.map(s => s.startsAt))].sort((a, b) => a - b));
        },
      ),
    );
  });
});

describe('the clinic’s clock', () => {
  test.each([
    ['Europe/Moscow', '2026-11-25T10:00:00+03:00'],
    ['Asia/Kamchatka', '2026-11-25T10:00:00+12:00'],
    ['Europe/Kaliningrad', '2026-11-25T10:00:00+02:00'],
    ['America/New_York', '2026-11-25T10:00:00-05:00'],
  ])('ten o’clock in %s', (zone, instant) => {
    expect(clinicDay('2026-11-25', zone).instantOf(600)).toBe(Date.parse(instant));
    expect(minuteIn(zone, Date.parse(instant))).toBe(600);
    expect(dateIn(zone, Date.parse(instant))).toBe('2026-11-25');
  });

  test('a day when the clock changes has its own length, and a shift past midnight goes on into the next', () => {
    const spring = clinicDay('2026-03-29', 'Europe/Berlin');

    expect(spring.instantOf(1440) - spring.instantOf(0)).toBe(23 * HOUR);
    expect(spring.instantOf(600)).toBe(Date.parse('2026-03-29T10:00:00+02:00'));
    expect(spring.instantOf(1455)).toBe(Date.parse('2026-03-30T00:15:00+02:00'));
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  test.each(['2026-02-30', '2026-13-01', 'today', '2026-1-1', ''])('«%s» is no date', text => {
    expect(isDate(text)).toBe(false);
  });
});

describe('cancelling', () => {
  const start = NOON + 3 * DAY;
  const terms = termsOf(230_000, start, { freeHours: 24, keptPercent: 10 });

  test.each([
    [start - DAY - 1, { kind: 'returned', minor: 230_000 }],
    [start - DAY, { kind: 'returned', minor: 207_000 }],
    [start - 1, { kind: 'returned', minor: 207_000 }],
    [start, { kind: 'tooLate' }],
  ])('at %i', (now, end) => {
    expect(onCancel(terms, { startsAt: start, takenMinor: 230_000, returningMinor: 0 }, now)).toEqual(end);
  });

  test('a part that was returned before is not promised again', () => {
    const paid = { startsAt: start, takenMinor: 230_000 };

    expect(onCancel(terms, { ...paid, returningMinor: 100_000 }, start - 1)).toEqual({ kind: 'returned', minor: 130_000 });
    expect(onCancel(terms, { ...paid, returningMinor: 230_000 }, start - 1)).toEqual({ kind: 'returned', minor: 0 });
  });

  test('never keeps more than the share, in whole roubles, and what is kept and returned is the price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 35_000_000 }), fc.integer({ min: 0, max: 100 }), (price, keptPercent) => {
        const t = termsOf(price, start, { freeHours: 24, keptPercent });

        expect(t.keptMinor % 100).toBe(0);
        expect(t.keptMinor).toBeLessThanOrEqual((price * keptPercent) / 100);
        expect(t.keptMinor + t.lateMinor).toBe(price);
      }),
    );
  });
});

test('the waiting room opens before the door', () => {
  expect(doorOf(NOON, { waitingMinutes: 15, joinMinutes: 2 })).toEqual({ waitingFrom: NOON - 15 * MINUTE, joinFrom: NOON - 2 * MINUTE });
});

describe('reminders', () => {
  test.each([
    [NOON + 3 * DAY, ['reminder24h', 'reminder1h', 'reminder10m']],
    [NOON + DAY, ['reminder1h', 'reminder10m']],
    [NOON + DAY + 1, ['reminder24h', 'reminder1h', 'reminder10m']],
    [NOON + 30 * MINUTE, ['reminder10m']],
    [NOON + 10 * MINUTE, []],
  ])('of a start at %i', (startsAt, kinds) => {
    expect(remindersOf(startsAt, NOON).map(r => r.kind)).toEqual(kinds);
  });

  test('one that wakes late says nothing untrue', () => {
    const reminder = { kind: 'reminder1h', at: NOON } as const;

    expect(isStale(reminder, NOON + 5 * MINUTE)).toBe(false);
    expect(isStale(reminder, NOON + 5 * MINUTE + 1)).toBe(true);
  });
});
