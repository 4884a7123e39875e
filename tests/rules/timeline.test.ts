// What a consultation's page and the return page say: the order of events, the one next event, and nothing about money before its row
// exists.
import { describe, expect, test } from 'vitest';
import { timelineOf } from '../../views/consultation/timeline.ts';
import type { ConsultationView } from '../../views/consultation/timeline-view.ts';
import { phaseOf } from '../../views/payment/phase.ts';
import { type Facts, statusOf } from '../../workflows/rules/status.ts';
import { DAY, DOCTOR, factsWith, MINUTE, NOON } from '../cast.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import type { RefundTrace } from '../../workflows/rules/refund.ts';

const EXPIRES = NOON + 10 * MINUTE;

const payment = (given: Partial<PaymentTrace> = {}): PaymentTrace => ({
  id: 'p',
  amountMinor: 230_000,
  createdAt: NOON + MINUTE,
  succeededAt: null,
  cancelledAt: null,
  cancelReason: null,
  method: null,
  ...given,
});

const refund = (given: Partial<RefundTrace> = {}): RefundTrace => ({
  id: 'r',
  amountMinor: 230_000,
  reason: 'late',
  askedAt: NOON + 12 * MINUTE,
  settledAt: null,
  refusedAt: null,
  isStuck: false,
  ...given,
});

function consultation(facts: Partial<Facts>, now: number, given: Partial<ConsultationView> = {}): ConsultationView {
  const whole = factsWith(facts);
  return {
    id: 'c',
    doctor: DOCTOR,
    facts: whole,
    status: statusOf(whole, now),
    createdAt: NOON,
    email: 'anna@example.ru',
    door: { waitingFrom: 0, joinFrom: 0 },
    terms: { freeUntil: 0, fullMinor: 230_000, keptMinor: 23_000, lateMinor: 207_000 },
    claim: null,
    refusedReason: null,
    paymentOpen: false,
    hasPassport: false,
    letters: [],
    payments: [],
    refunds: [],
    receipts: [],
    moves: [],
    waits: [],
    delay: {
      consultationId: 'c',
      delay: { kind: 'none' },
      trace: { cameAt: null, late: null },
      startsAt: whole.startsAt,
      hasWaited: false,
      returnMinor: 0,
    },
    moving: { kind: 'refused', why: 'unpaid' },
    cancelReason: null,
    ...given,
  };
}

describe('the timeline', () => {
  test('tells a late payment that was kept in the order it happened, and says how late it was', () => {
    const now = EXPIRES + 5 * MINUTE;
    const kept = consultation({ lapsedAt: EXPIRES, firmAt: EXPIRES + 3 * MINUTE, takenMinor: 230_000 }, now, {
      payments: [payment({ succeededAt: EXPIRES + 3 * MINUTE })],
    });

    const { past, next } = timelineOf(kept, now);

    expect(past.map(h => h.kind)).toEqual(['booked', 'paymentBegun', 'lapsed', 'paymentTaken']);
    expect(past.at(-1)).toMatchObject({ lateMs: 3 * MINUTE });
    expect(next).toEqual({ kind: 'visit', at: NOON + DAY });
  });

  test('tells of a lapse that no timer has recorded, but not before its time', () => {
    const late = EXPIRES + MINUTE;

    expect(timelineOf(consultation({}, late), late).past.map(h => h.kind)).toEqual(['booked', 'lapsed']);
    expect(timelineOf(consultation({}, late - 1), late - 1).next).toEqual({ kind: 'checking' });
    expect(timelineOf(consultation({}, EXPIRES - 1), EXPIRES - 1).next).toEqual({ kind: 'pay', by: EXPIRES });
  });

  test('what is on its way back stays next until it has arrived', () => {
    const now = NOON + 20 * MINUTE;
    const returning = consultation({ lapsedAt: EXPIRES, takenMinor: 230_000, returningMinor: 230_000 }, now, { refunds: [refund()] });
    const back = consultation({ lapsedAt: EXPIRES, takenMinor: 230_000, returningMinor: 230_000, returnedMinor: 230_000 }, now, {
      refunds: [refund({ settledAt: now })],
    });

    expect(timelineOf(returning, now).next).toEqual({ kind: 'refund' });
    expect(timelineOf(back, now)).toMatchObject({ next: null });
    expect(timelineOf(back, now).past.at(-1)?.kind).toBe('refundSettled');
  });
});

describe('the return page', () => {
  test.each([
    ['nothing begun, nothing paid', {}, {}, NOON, 'unpaid'],
    ['the provider has not answered', {}, { paymentOpen: true }, NOON, 'waiting'],
    ['the bank said no and there is time', {}, { refusedReason: 'insufficient_funds' }, NOON, 'refused'],
    ['the hold has ended, the provider is asked', {}, {}, EXPIRES, 'waiting'],
    ['nobody paid', { lapsedAt: EXPIRES }, {}, EXPIRES, 'lapsed'],
    ['money is here but buys nothing yet', { lapsedAt: EXPIRES, takenMinor: 230_000 }, {}, EXPIRES, 'waiting'],
    ['the hold is firm', { firmAt: NOON + MINUTE, takenMinor: 230_000 }, {}, NOON + MINUTE, 'paid'],
    ['the hold is firm, though late', { lapsedAt: EXPIRES, firmAt: EXPIRES + 1, takenMinor: 230_000 }, {}, EXPIRES + 1, 'rescued'],
    ['the money goes back', { lapsedAt: EXPIRES, takenMinor: 230_000, returningMinor: 230_000 }, {}, EXPIRES, 'returned'],
    ['it was cancelled', { cancelledAt: NOON }, {}, NOON, 'cancelled'],
  ] as const)('%s', (_when, facts, given, now, phase) => {
    expect(phaseOf(consultation(facts, now, given), now).kind).toBe(phase);
  });
});
