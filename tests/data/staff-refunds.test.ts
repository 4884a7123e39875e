// What persons do about refunds that did not go by themselves: the refused one stays, one other follows, and the money goes back once.
import { beforeEach, describe, expect, test } from 'vitest';
import { askOne } from '../../worker/data/db.ts';
import { recordExternal, recordRefund } from '../../worker/data/refunds.ts';
import { asksAgain, paysByHand, reviews, staffRefundRead } from '../../worker/data/staff-refunds.ts';
import { decide } from '../../worker/data/claim-decisions.ts';
import { rolesFor } from '../../workflows/rules/may.ts';
import { staffActsOf } from '../../workflows/rules/staff-refund.ts';
import { moneyOf } from '../../workflows/rules/status.ts';
import { type CastPerson, MINUTE, NOON } from '../cast.ts';
import type { Meeting } from '../routes/meeting.ts';
import { CLAIM, claimOf, type Finance, financeAt, sessionIdOf } from './claim.ts';
import { count, d1, db } from './d1.ts';
import { consultationOf, freshVisit, pays, PRICE } from './visit.ts';

let visit: Meeting;
let staff: Finance;
const now = NOON + MINUTE;

beforeEach(async () => {
  visit = await freshVisit();
  staff = await financeAt(NOON);
  await pays('p', visit.id, NOON, NOON);
});

const seen = async (id: string, person: CastPerson = staff.finance) =>
  askOne(db, staffRefundRead({ tokenHash: person.tokenHash, now }, rolesFor('refunds'), id));
const standing = async (id: string) => {
  const refund = await seen(id);
  if (!refund) throw new Error('no refund');
  return refund;
};
const as = async (id: string, person = staff.finance) => ({
  refund: await standing(id),
  personId: person.id,
  sessionId: await sessionIdOf(person),
});
const refunds = async () => (await d1.prepare('SELECT * FROM refund ORDER BY seq').all()).results;
const decided = async (via: 'same' | 'account' = 'same') => {
  await claimOf(visit, { via });
  await decide(
    db,
    {
      claimId: CLAIM,
      consultationId: visit.id,
      version: 1,
      amountMinor: PRICE,
      reason: 'Сбой связи',
      personId: staff.finance.id,
      sessionId: null,
    },
    now,
  );
  return String((await refunds())[0]?.['id']);
};
const refused = async () => {
  const id = await decided();
  await recordRefund(db, { id, providerId: null, state: 'canceled', reason: 'insufficient_funds' }, now);
  return id;
};
const PAPER = { document: '118', documentOn: '2026-11-24' };

describe('a refund that the provider refused', () => {
  test('may be tried again or paid by hand, and says why it was refused', async () => {
    const refund = await standing(await refused());

    expect(refund).toMatchObject({ refuseReason: 'insufficient_funds', claim: { number: 'В-2026-00042' }, patient: 'Анна Тестова1' });
    expect(staffActsOf(refund)).toEqual(['again', 'byHand']);
  });

  test('is followed by a new one with the same decision, which the provider is asked for', async () => {
    const id = await refused();

    expect(await asksAgain(db, await as(id), now)).toBe('done');
    expect(await refunds()).toMatchObject([
      { id, refused_at: now, replaces: null },
      {
        replaces: id,
        via: 'provider',
        source: 'claim',
        amount_minor: PRICE,
        settled_at: null,
        refused_at: null,
        person_id: staff.finance.id,
      },
    ]);
    expect(moneyOf((await consultationOf(visit.id)).facts, now)).toBe('returning');
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE '%refund.askAgain:%'")).toBe(2);
  });

  test('is followed once by two people who press at once', async () => {
    const id = await refused();
    const [one, other] = [await as(id), await as(id, staff.owner)];

    const ends = await Promise.all([asksAgain(db, one, now), paysByHand(db, { ...other, ...PAPER }, now)]);

    expect(ends.toSorted()).toEqual(['done', 'stale']);
    expect(await refunds()).toHaveLength(2);
  });

  test('paid by hand is settled with the number and the day of the payment order', async () => {
    const id = await refused();

    expect(await paysByHand(db, { ...(await as(id)), ...PAPER }, now)).toBe('done');
    expect((await refunds())[1]).toMatchObject({
      via: 'manual',
      document: '118',
      document_on: '2026-11-24',
      settled_at: now,
      replaces: id,
    });
    expect(moneyOf((await consultationOf(visit.id)).facts, now)).toBe('returned');
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'refund.payByHand' AND person_id = ?", staff.finance.id)).toBe(1);
    expect(staffActsOf(await standing(id))).toEqual([]);
  });

  test('cannot be acted on by anybody else', async () => {
    const id = await refused();
    const on = { ...(await as(id)), personId: visit.stranger.id };

    expect([await asksAgain(db, on, now), await paysByHand(db, { ...on, ...PAPER }, now)]).toEqual(['stale', 'stale']);
    expect([await seen(id, visit.stranger), await seen(id, visit.doctor), await seen(id, visit.anna)]).toEqual([null, null, null]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE '%refund.%:%' AND message_id NOT LIKE 'refund:%'")).toBe(0);
  });
});

test('a refund to an account is owed by hand until the payment order is entered, and then never changes', async () => {
  const id = await decided('account');

  expect(staffActsOf(await standing(id))).toEqual(['byHand']);
  expect(await paysByHand(db, { ...(await as(id)), ...PAPER }, now)).toBe('done');
  expect(await paysByHand(db, { ...(await as(id)), ...PAPER, document: '119' }, now + 1)).toBe('stale');
  expect(await refunds()).toMatchObject([{ document: '118', settled_at: now, person_id: staff.finance.id }]);
  await expect(d1.prepare("UPDATE refund SET document = '1'").run()).rejects.toThrow('immutable');
});

describe('a refund that somebody made elsewhere', () => {
  const external = async () => {
    await recordExternal(
      db,
      { provider: 'yookassa', paymentProviderId: 'at-p', providerId: 'x', amountMinor: PRICE, state: 'succeeded' },
      now,
    );
    return String((await refunds())[0]?.['id']);
  };

  test('is looked at by a person, who says what it was, once', async () => {
    const id = await external();
    expect(staffActsOf(await standing(id))).toEqual(['review']);

    expect(await reviews(db, { ...(await as(id)), note: 'Вернула в кабинете по звонку пациента' }, now)).toBe('done');
    expect(await reviews(db, { ...(await as(id, staff.owner)), note: 'И я посмотрела' }, now)).toBe('stale');
    expect(await standing(id)).toMatchObject({ review: { note: 'Вернула в кабинете по звонку пациента', at: now } });
    expect(staffActsOf(await standing(id))).toEqual([]);
  });

  test('is no business of anybody else', async () => {
    const id = await external();

    expect(await reviews(db, { ...(await as(id)), personId: visit.stranger.id, note: 'Просто так' }, now)).toBe('notTheirs');
  });
});
