// A refund claim: when it is offered, what its state is and who acts next, what happens by itself and when, what its form takes, what the rule grants.
import { describe, expect, test } from 'vitest';
import { isAccountOf, isBic, isCorrOf } from '../../workflows/rules/claim-account.ts';
import { type ClaimTyped, minorIn, readClaim, typedSum } from '../../workflows/rules/claim-form.ts';
import { claimDayOf, dueAlarms, dueReminder, nextMoment } from '../../workflows/rules/claim-moments.ts';
import { claimOfferOf } from '../../workflows/rules/claim-offer.ts';
import { type RuleSeen, ruleOpinion, ruleSees } from '../../workflows/rules/claim-rule.ts';
import { CLAIM_TURNS, type ClaimFacts, claimStateOf, isClaimOpen, isClaimOver } from '../../workflows/rules/claim-state.ts';
import { wordsOf } from '../../views/words.ts';
import { dueAtOf } from '../../worker/claims/application.ts';
import type { Fault } from '../../workflows/rules/passport.ts';
import { type Facts } from '../../workflows/rules/status.ts';
import { DAY, factsWith, HOUR, MINUTE, NOON } from '../cast.ts';

const START = NOON + DAY;
const END = START + 30 * MINUTE;
const DUE = Date.parse('2026-12-05T00:00:00+03:00');

const claimed = (given: Partial<ClaimFacts> = {}): ClaimFacts => ({
  demandedAt: NOON,
  dueAt: DUE,
  withdrawnAt: null,
  decidedAt: null,
  formVersion: 1,
  formAt: NOON,
  reason: 'noConnection',
  amountMinor: 230_000,
  signedVersion: null,
  askedAt: null,
  sentAt: NOON,
  decision: null,
  goingMinor: 0,
  byHandMinor: 0,
  returnedMinor: 0,
  stuckMinor: 0,
  ...given,
});
const decided = (outcome: 'full' | 'part' | 'refused', amountMinor: number, given: Partial<ClaimFacts> = {}) =>
  claimed({ decidedAt: NOON + DAY, decision: { outcome, amountMinor, inForceAt: NOON + DAY }, ...given });

describe('the state of a claim', () => {
  test.each([
    ['nobody has signed', claimed(), 'demanded', 'patient'],
    ['the latest form is signed', claimed({ signedVersion: 1 }), 'signed', 'clinic'],
    ['the form was changed after the signature', claimed({ formVersion: 2, signedVersion: 1 }), 'demanded', 'patient'],
    ['finance asks for more', claimed({ signedVersion: 1, askedAt: NOON + DAY }), 'moreAsked', 'patient'],
    ['the patient has sent it', claimed({ signedVersion: 1, askedAt: NOON + DAY, sentAt: NOON + DAY + 1 }), 'inReview', 'clinic'],
    [
      'a second person has to agree',
      claimed({ decision: { outcome: 'full', amountMinor: 1, inForceAt: null } }),
      'waitsForSecond',
      'second',
    ],
    ['granted, by a transfer that is not made', decided('full', 230_000, { byHandMinor: 230_000 }), 'approved', 'staff'],
    ['granted in part, by a transfer', decided('part', 100_000, { byHandMinor: 100_000 }), 'part', 'staff'],
    ['granted, on its way', decided('full', 230_000, { goingMinor: 230_000 }), 'returning', 'provider'],
    ['granted, back', decided('full', 230_000, { returnedMinor: 230_000 }), 'returned', 'nobody'],
    ['granted, the bank refused', decided('full', 230_000, { stuckMinor: 230_000 }), 'stuck', 'staff'],
    ['refused', decided('refused', 0), 'refused', 'nobody'],
    ['withdrawn', claimed({ signedVersion: 1, withdrawnAt: NOON + DAY }), 'withdrawn', 'nobody'],
  ] as const)('%s', (_, facts, state, turn) => {
    expect(claimStateOf(facts)).toBe(state);
    expect(CLAIM_TURNS[state]).toBe(turn);
    expect(isClaimOpen(state) && isClaimOver(state)).toBe(false);
    for (const lang of ['ru', 'en'] as const) expect(wordsOf(lang).claim.next[state].length).toBeGreaterThan(10);
  });
});

describe('the ten days', () => {
  test('begin on the day after the demand and end with the tenth day in the clinic’s zone', () => {
    expect(dueAtOf(NOON, 'Europe/Moscow')).toBe(DUE);
    expect(dueAtOf(Date.parse('2026-11-24T23:59:59+03:00'), 'Europe/Moscow')).toBe(DUE);
    expect(dueAtOf(Date.parse('2026-11-25T00:00:00+03:00'), 'Europe/Moscow')).toBe(DUE + DAY);
  });

  test.each([
    ['on the day of the demand', NOON, 0],
    ['in its last millisecond', Date.parse('2026-11-25T00:00:00+03:00') - 1, 0],
    ['on the next day', Date.parse('2026-11-25T00:00:00+03:00'), 1],
    ['on the tenth', DUE - 1, 10],
    ['after it', DUE, 11],
  ] as const)('%s', (_, now, day) => {
    expect(claimDayOf(DUE, now)).toBe(day);
  });

  test('finance is told on day 7, the owner on day 9, everybody after the last day, unless it is decided', () => {
    const at = (day: number) => DUE - (11 - day) * DAY;

    expect(dueAlarms(claimed(), at(7) - 1)).toEqual([]);
    expect(dueAlarms(claimed(), at(7))).toEqual(['day7']);
    expect(dueAlarms(claimed({ signedVersion: 1 }), at(9))).toEqual(['day7', 'day9']);
    expect(dueAlarms(claimed(), DUE)).toEqual(['day7', 'day9', 'overdue']);
    expect(dueAlarms(decided('refused', 0), DUE)).toEqual([]);
  });

  test('an unsigned claim is reminded after a day and after three, the latest one only', () => {
    expect(dueReminder(claimed(), NOON + DAY - 1)).toBe(null);
    expect(dueReminder(claimed(), NOON + DAY)).toBe(1);
    expect(dueReminder(claimed(), NOON + 3 * DAY)).toBe(3);
    expect(dueReminder(claimed({ signedVersion: 1 }), NOON + 3 * DAY)).toBe(null);
  });

  test('the next look is at the next moment, and there is none once everything is done', () => {
    expect(nextMoment(claimed(), NOON)).toEqual({ at: NOON + DAY, moment: 'remindsDay1' });
    expect(nextMoment(claimed(), NOON + DAY)).toEqual({ at: NOON + 3 * DAY, moment: 'remindsDay3' });
    expect(nextMoment(claimed({ signedVersion: 1 }), NOON)).toEqual({ at: DUE - 4 * DAY, moment: 'day7' });
    expect(nextMoment(claimed(), DUE - 1)).toEqual({ at: DUE, moment: 'overdue' });
    expect(nextMoment(decided('full', 1, { goingMinor: 1 }), NOON).moment).toBe('money');
    for (const over of [decided('refused', 0), decided('full', 1, { returnedMinor: 1 }), claimed({ withdrawnAt: NOON })])
      expect(nextMoment(over, NOON)).toEqual({ at: null, moment: 'over' });
  });
});

describe('«Вернуть оплату»', () => {
  const firm = (given: Partial<Facts> = {}) => factsWith({ firmAt: NOON, takenMinor: 230_000, ...given });
  const offered = { kind: 'offered', availableMinor: 230_000, needsAccount: false, before: null };
  const not = (why: string) => ({ kind: 'not', why, before: null });

  test.each([
    ['nobody paid', factsWith(), END, not('nothingPaid')],
    ['it lapsed, late money returns by itself', factsWith({ takenMinor: 1 }), END, not('byRule')],
    ['the visit is ahead', firm(), START - 1, not('ahead')],
    ['its time runs', firm({ startedAt: START }), END - 1, not('going')],
    ['its time is over and nobody has come', firm(), END, offered],
    ['it broke off and nobody ended it', firm({ startedAt: START }), END, offered],
    ['it took place', firm({ concludedAt: END, outcome: 'tookPlace' }), END, offered],
    ['the patient is said to have been absent', firm({ concludedAt: END, outcome: 'absent' }), END, offered],
    [
      'it failed and the rule returns all of it',
      firm({ concludedAt: END, outcome: 'failed', returningMinor: 230_000 }),
      END,
      not('returning'),
    ],
    ['it failed and all of it is back', firm({ outcome: 'failed', returningMinor: 230_000, returnedMinor: 230_000 }), END, not('returned')],
    [
      'cancelled, a part was kept',
      firm({ cancelledAt: NOON, cancelledBy: 'patient', returningMinor: 207_000 }),
      NOON,
      { ...offered, availableMinor: 23_000 },
    ],
    ['the bank refused the return', firm({ outcome: 'failed', refusedMinor: 230_000 }), END, { ...offered, needsAccount: true }],
    ['paid longer ago than the provider returns', firm({ outcome: 'tookPlace' }), NOON + 4 * 365 * DAY, { ...offered, needsAccount: true }],
  ] as const)('%s', (_, facts, now, offer) => {
    expect(claimOfferOf(facts, [], now)).toEqual(offer);
  });

  test('leads to the claim that is open, and offers another one after a refusal', () => {
    const claim = { id: 'm', number: 'В-2026-00001', state: 'signed' } as const;

    expect(claimOfferOf(firm(), [claim], END)).toEqual({ kind: 'open', claim });
    expect(claimOfferOf(firm(), [{ ...claim, state: 'refused' }], END)).toEqual({ ...offered, before: { ...claim, state: 'refused' } });
  });
});

describe('the rule', () => {
  const seen = (given: Partial<RuleSeen> = {}, faults: Partial<RuleSeen['faults']> = {}): RuleSeen => ({
    status: 'progress',
    isOver: true,
    isConfirmed: false,
    via: 'same',
    demandedMinor: 230_000,
    availableMinor: 230_000,
    stuckMinor: 0,
    togetherMs: 3 * MINUTE,
    limitMs: 5 * MINUTE,
    patientMs: 20 * MINUTE,
    doctorMs: 10 * MINUTE,
    faults: { patient: 0, clinic: 0, sfu: 0, unknown: 0, ...faults },
    ...given,
  });

  test.each([
    ['the clinic’s side failed and they were together for less than the limit', seen({}, { clinic: 1 }), 'clinicFault'],
    ['the call service failed', seen({}, { sfu: 1 }), 'serviceFault'],
    ['a fault of nobody knows which side does not spoil the proof', seen({}, { clinic: 1, unknown: 3 }), 'clinicFault'],
    ['the doctor has said that it took place', seen({ status: 'concluded' }, { clinic: 1 }), 'clinicFault'],
    ['the doctor never came', seen({ status: 'waiting', togetherMs: 0, doctorMs: 0 }), 'doctorAbsent'],
    ['neither came: the doctor had to', seen({ status: 'paid', togetherMs: 0, doctorMs: 0, patientMs: 0 }), 'doctorAbsent'],
    ['a millisecond less than the limit', seen({ togetherMs: 5 * MINUTE - 1 }, { clinic: 1 }), 'clinicFault'],
  ] as const)('grants: %s', (_, what, because) => {
    expect(ruleOpinion(what)).toEqual({ kind: 'grants', because });
  });

  test.each([
    ['they were together for the limit', seen({ togetherMs: 5 * MINUTE }, { clinic: 1 }), 'together'],
    ['nothing failed', seen(), 'noProof'],
    ['only the patient’s side failed', seen({}, { patient: 2 }), 'noProof'],
    ['both sides failed', seen({}, { clinic: 1, patient: 1 }), 'bothSides'],
    [
      'they talked before the start and ended then',
      seen({ status: 'concluded', doctorMs: 0, patientMs: 0, togetherMs: 2 * MINUTE }),
      'patientAway',
    ],
    ['the patient was not there', seen({ patientMs: 0 }, { clinic: 1 }), 'patientAway'],
    ['the doctor recorded an absence', seen({ status: 'absent', doctorMs: 0 }), 'noProof'],
    ['somebody confirmed that the visit took place by telephone', seen({ isConfirmed: true }, { clinic: 1 }), 'confirmed'],
    ['there is a signed protocol', seen({ status: 'published' }, { clinic: 1 }), 'protocol'],
    ['it was cancelled', seen({ status: 'cancelled' }, { clinic: 1 }), 'cancelled'],
    ['its time is not over', seen({ isOver: false, doctorMs: 0 }), 'notOver'],
    ['the money has to go to an account', seen({ via: 'account' }, { clinic: 1 }), 'otherWay'],
    ['the bank has refused to return it', seen({ stuckMinor: 1 }, { clinic: 1 }), 'otherWay'],
    ['more is demanded than is left', seen({ availableMinor: 229_999 }, { clinic: 1 }), 'moreThanLeft'],
  ] as const)('leaves it to a person: %s', (_, what, because) => {
    expect(ruleOpinion(what)).toEqual({ kind: 'leaves', because });
  });

  test('sees the call as the passport has it', () => {
    const stay = (role: 'patient' | 'doctor', from: number, to: number) =>
      ({ role, enteredAt: START + from * MINUTE, joinedAt: START + from * MINUTE, leftAt: START + to * MINUTE }) as const;
    const asked = { isConfirmed: false, via: 'same', demandedMinor: 230_000, limitMinutes: 5 } as const;
    const facts = factsWith({ firmAt: NOON, takenMinor: 230_000, startedAt: START, enteredAt: START });
    const lost = { at: START + 4 * MINUTE, side: 'clinic', kind: 'mediaLost', detail: null } as const;

    const saw = ruleSees({ ...asked, facts, attendances: [stay('patient', 0, 25), stay('doctor', 2, 5)], faults: [lost] }, END + HOUR);

    expect(saw).toMatchObject({ togetherMs: 3 * MINUTE, limitMs: 5 * MINUTE, patientMs: 25 * MINUTE, doctorMs: 3 * MINUTE, isOver: true });
    expect(ruleOpinion(saw)).toEqual({ kind: 'grants', because: 'clinicFault' });
  });

  const opinionOf = (faults: readonly Fault[]) => {
    const came = (role: 'patient' | 'doctor') => ({ role, enteredAt: START, joinedAt: START, leftAt: START + 3 * MINUTE }) as const;
    const asked = { isConfirmed: false, via: 'same', demandedMinor: 230_000, limitMinutes: 5 } as const;
    const facts = factsWith({ firmAt: NOON, takenMinor: 230_000, startedAt: START, enteredAt: START });
    return ruleOpinion(ruleSees({ ...asked, facts, attendances: [came('patient'), came('doctor')], faults }, END + HOUR));
  };
  const fault = (side: Fault['side'], kind: string, after = 0): Fault => ({ at: START + MINUTE + after, side, kind, detail: null });

  test('takes the fault of the service from both browsers, and from neither alone', () => {
    const both = [fault('patient', 'mediaLost'), fault('clinic', 'mediaLost', 2_000)];

    expect(opinionOf(both)).toEqual({ kind: 'grants', because: 'serviceFault' });
    expect(opinionOf([fault('patient', 'mediaLost')])).toEqual({ kind: 'leaves', because: 'noProof' });
  });

  test.each(['sessionLost', 'callsDown'])('does not take «%s», which the requests of one browser may bring about', kind => {
    expect(opinionOf([fault('sfu', kind)])).toEqual({ kind: 'leaves', because: 'noProof' });
  });

  test('does not take a video that was switched off for a bad line', () => {
    expect(opinionOf([fault('clinic', 'videoOff')])).toEqual({ kind: 'leaves', because: 'noProof' });
  });
});

describe('the form', () => {
  const typed = (given: Partial<ClaimTyped> = {}): ClaimTyped => ({
    amount: '2300',
    reason: 'noConnection',
    text: '',
    phone: '',
    address: '',
    via: 'same',
    call: true,
    holder: '',
    bank: '',
    bic: '',
    corr: '',
    account: '',
    bankConsent: false,
    ...given,
  });
  // Accounts of nobody, with right keys in the bank of the BIC.
  const ACCOUNT = { holder: 'Тестова Анна', bank: 'Банк', bic: '044525225', corr: '30101810400000000225', account: '40817810900000000001' };
  const limits = { availableMinor: 230_000, needsAccount: false };
  const mistakesIn = (form: ClaimTyped, by = limits) => {
    const read = readClaim(form, by);
    return read.kind === 'wrong' ? read.mistakes.map(({ field }) => field) : [];
  };

  test.each([
    ['2300', 230_000],
    ['2 300', 230_000],
    ['2\u202f300,50\u202f₽', 230_050],
    ['2300.5', 230_050],
    ['0,01', 1],
    ['1e3', null],
    ['-5', null],
    ['2,300.50', null],
    ['', null],
  ])('reads «%s» as a sum', (text, minor) => {
    expect(minorIn(text)).toBe(minor);
  });

  test('shows a sum as it is typed', () => {
    expect([230_000, 230_050, 1].map(typedSum)).toEqual(['2300', '2300,50', '0,01']);
  });

  test('names each mistake by its field', () => {
    expect(mistakesIn(typed())).toEqual([]);
    expect(mistakesIn(typed({ amount: '2300,01' }))).toEqual(['amount']);
    expect(mistakesIn(typed({ amount: '0', reason: 'x', text: 'я'.repeat(1001), phone: 'нет' }))).toEqual([
      'reason',
      'text',
      'amount',
      'phone',
    ]);
  });

  test('asks for an account only when the same way is impossible or not wanted', () => {
    const fields = ['holder', 'bank', 'bic', 'bankConsent'];

    expect(mistakesIn(typed({ via: 'account' }))).toEqual(fields);
    expect(mistakesIn(typed(), { ...limits, needsAccount: true })).toEqual(fields);
    expect(mistakesIn(typed({ ...ACCOUNT, via: 'account', account: rightAccount(), bankConsent: true }))).toEqual([]);
    expect(
      mistakesIn(typed({ ...ACCOUNT, via: 'account', account: rightAccount().replace(/.$/, d => String((Number(d) + 1) % 10)) })),
    ).toEqual(['account', 'bankConsent']);
  });

  test('checks the control digits of accounts', () => {
    expect(isBic('044525225') && !isBic('04452522')).toBe(true);
    expect(isCorrOf('30101810400000000225', '044525225')).toBe(true);
    expect(isCorrOf('30101810500000000225', '044525225')).toBe(false);
    expect(isAccountOf(rightAccount(), '044525225')).toBe(true);
  });

  /** The one digit of ten at the key’s place (the ninth) that makes the account right. */
  function rightAccount(): string {
    const found = [...'0123456789'].map(key => `40817810${key}00000000001`).filter(account => isAccountOf(account, ACCOUNT.bic));
    expect(found).toHaveLength(1);
    return found[0] ?? '';
  }
});
