// What the clinic answers to a claim: one decision stands, its money is on its way in the same instant, and nobody decides on what they have not seen.
import { beforeEach, describe, expect, test } from 'vitest';
import { askMore, decide, type Deciding, second } from '../../worker/data/claim-decisions.ts';
import { recordRefund } from '../../worker/data/refunds.ts';
import { type CastPerson, MAKETOVA, MINUTE, NOON, sessionFor } from '../cast.ts';
import type { Meeting } from '../routes/meeting.ts';
import { type Finance, claimOf, CLAIM, financeAt, sets, sessionIdOf } from './claim.ts';
import { count, d1, db, run } from './d1.ts';
import { freshVisit, pays, PRICE } from './visit.ts';

let visit: Meeting;
let staff: Finance;
const now = NOON + MINUTE;

beforeEach(async () => {
  visit = await freshVisit();
  staff = await financeAt(NOON);
  await pays('p', visit.id, NOON, NOON);
});

const by = async (person: CastPerson | null): Promise<Pick<Deciding, 'personId' | 'sessionId'>> => ({
  personId: person?.id ?? null,
  sessionId: person === null ? null : await sessionIdOf(person),
});
const deciding = async (given: Partial<Deciding> = {}, person: CastPerson | null = staff.finance): Promise<Deciding> => ({
  claimId: CLAIM,
  consultationId: visit.id,
  version: 1,
  amountMinor: PRICE,
  reason: 'Связь прервалась на нашей стороне',
  ...(await by(person)),
  ...given,
});
const decides = async (given: Partial<Deciding> = {}, person: CastPerson | null = staff.finance) =>
  decide(db, await deciding(given, person), now);
const rows = async (table: string) => (await d1.prepare(`SELECT * FROM ${table}`).all()).results;
const refunds = async () => (await d1.prepare('SELECT * FROM refund ORDER BY asked_at, payment_id').all()).results;

describe('a decision', () => {
  test('in full asks the money back in the same batch, and tells both stories', async () => {
    await claimOf(visit);

    expect(await decides()).toEqual({ kind: 'decided', outcome: 'full' });
    const [decision] = await rows('claim_decision');
    expect(decision).toMatchObject({
      outcome: 'full',
      amount_minor: PRICE,
      in_force_at: now,
      person_id: staff.finance.id,
      form_version: 1,
    });
    expect(await refunds()).toMatchObject([
      { amount_minor: PRICE, source: 'claim', reason: 'claim', via: 'provider', decision_id: decision?.['id'], settled_at: null },
    ]);
    expect(await rows('refund_claim')).toMatchObject([{ decided_at: now, version: 2 }]);
    expect(
      await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'claim-decision:%' OR message_id LIKE 'refund:decision:%'"),
    ).toBe(2);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'claim.decide' AND subject_id = ?", CLAIM)).toBe(1);
  });

  test('in part asks that part back', async () => {
    await claimOf(visit);

    expect(await decides({ amountMinor: 100_000 })).toEqual({ kind: 'decided', outcome: 'part' });
    expect(await refunds()).toMatchObject([{ amount_minor: 100_000 }]);
  });

  test('that refuses moves no money', async () => {
    await claimOf(visit);

    expect(await decides({ amountMinor: 0 })).toEqual({ kind: 'decided', outcome: 'refused' });
    expect(await refunds()).toEqual([]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'refund:%'")).toBe(0);
  });

  test('to an account makes refunds that a person pays by hand', async () => {
    await claimOf(visit, { via: 'account' });

    await decides();

    expect(await refunds()).toMatchObject([{ via: 'manual', amount_minor: PRICE, document: null, settled_at: null }]);
  });

  test('over several payments takes the oldest first', async () => {
    await pays('q', visit.id, NOON + 1, NOON + 1);
    await claimOf(visit, { amountMinor: 300_000 });

    await decides({ amountMinor: 300_000 });

    expect((await refunds()).map(r => [r['payment_id'], r['amount_minor']])).toEqual([
      ['p', PRICE],
      ['q', 70_000],
    ]);
  });

  test('gives no more than is left of the payments', async () => {
    await claimOf(visit);
    await d1
      .prepare(
        `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at)
        VALUES ('r', ?1, 'p', 1, 200000, 'external', 'external', ?2, ?2)`,
      )
      .bind(visit.id, NOON)
      .run();

    expect(await decides()).toEqual({ kind: 'exceeds', availableMinor: 30_000 });
    expect(await rows('claim_decision')).toEqual([]);
    expect(await decides({ amountMinor: 30_000 })).toEqual({ kind: 'decided', outcome: 'part' });
  });

  test('gives no more than was demanded', async () => {
    await claimOf(visit, { amountMinor: 100_000 });

    expect(await decides({ amountMinor: PRICE })).toEqual({ kind: 'exceeds', availableMinor: 100_000 });
  });

  test('on a form that is not the latest is refused', async () => {
    await claimOf(visit);
    await d1.prepare('UPDATE refund_claim SET version = version + 1').run();

    expect(await decides()).toEqual({ kind: 'stale' });
    expect([await rows('claim_decision'), await refunds(), await rows('audit')]).toEqual([[], [], []]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'claim-%'")).toBe(0);
  });

  test('of two people at once is made once, and the money goes once', async () => {
    await claimOf(visit);
    const both = await Promise.all([decides(), decides({ amountMinor: 100_000 }, staff.owner)]);

    expect(both.map(({ kind }) => kind).sort()).toEqual(['decided', 'stale']);
    expect(await refunds()).toHaveLength(1);
  });

  test('on a claim that was withdrawn is refused', async () => {
    await claimOf(visit);
    await d1.prepare('UPDATE refund_claim SET withdrawn_at = ?, version = version + 1').bind(NOON).run();

    expect(await decides({ version: 2 })).toEqual({ kind: 'stale' });
  });

  test('by the doctor of the visit, who has become finance, is refused', async () => {
    await claimOf(visit);
    const doctor = await sessionFor(MAKETOVA.id, 61, NOON);
    await run(doctor.statements);
    await d1.prepare("INSERT INTO role (person_id, role, at) VALUES (?, 'finance', 0)").bind(MAKETOVA.id).run();

    expect(await decides({}, doctor)).toEqual({ kind: 'notTheirs' });
    expect(await decides({}, visit.stranger)).toEqual({ kind: 'notTheirs' });
    expect(await refunds()).toEqual([]);
  });

  test('by a rule is in force whatever the sum, and keeps what the rule saw', async () => {
    await sets('claimSecondAboveMinor', '1000');
    await claimOf(visit);

    expect(await decides({ saw: '{"togetherMs":1}' }, null)).toEqual({ kind: 'decided', outcome: 'full' });
    expect(await rows('claim_decision')).toMatchObject([{ person_id: null, saw: '{"togetherMs":1}', in_force_at: now }]);
  });
});

describe('above the clinic’s limit', () => {
  const waiting = async (): Promise<string> => {
    await sets('claimSecondAboveMinor', '200000');
    await claimOf(visit);
    expect(await decides()).toEqual({ kind: 'waits' });
    return String((await rows('claim_decision'))[0]?.['id']);
  };
  const says = async (decisionId: string, agrees: boolean, person: CastPerson, version = 2) =>
    second(db, { claimId: CLAIM, consultationId: visit.id, version, decisionId, agrees, ...(await by(person)) }, now + 1);

  test('a decision waits, and no money moves', async () => {
    await waiting();

    expect(await refunds()).toEqual([]);
    expect(await rows('refund_claim')).toMatchObject([{ decided_at: null, version: 2 }]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'claim-decision:%'")).toBe(1);
  });

  test('a second person agrees, and the money goes', async () => {
    const id = await waiting();

    expect(await says(id, true, staff.owner)).toEqual({ kind: 'decided', outcome: 'full' });
    expect(await refunds()).toMatchObject([{ amount_minor: PRICE, decision_id: id }]);
    expect(await rows('claim_decision')).toMatchObject([{ second_id: staff.owner.id, in_force_at: now + 1 }]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'claim-decision:%'")).toBe(2);
  });

  test('the one who decided cannot agree to it', async () => {
    const id = await waiting();

    expect(await says(id, true, staff.finance)).toEqual({ kind: 'notTheirs' });
    expect(await refunds()).toEqual([]);
  });

  test('a second person turns it down, and another decision may follow', async () => {
    const id = await waiting();

    expect(await says(id, false, staff.owner)).toEqual({ kind: 'turnedDown' });
    expect(await decides({ version: 3, amountMinor: 150_000 }, staff.owner)).toEqual({ kind: 'decided', outcome: 'part' });
    expect(await refunds()).toMatchObject([{ amount_minor: 150_000 }]);
  });

  test('two second people at once: the money goes once', async () => {
    const id = await waiting();
    await d1.prepare("INSERT INTO role (person_id, role, at) VALUES (?, 'finance', 0)").bind(visit.stranger.id).run();

    const both = await Promise.all([says(id, true, staff.owner), says(id, true, visit.stranger)]);

    expect(both.map(({ kind }) => kind).sort()).toEqual(['decided', 'stale']);
    expect(await refunds()).toHaveLength(1);
  });

  test('a second person who looks at an older page is told so', async () => {
    const id = await waiting();
    await d1.prepare('UPDATE refund_claim SET version = version + 1').run();

    expect(await says(id, true, staff.owner)).toEqual({ kind: 'stale' });
    expect(await says(id, false, staff.owner)).toEqual({ kind: 'stale' });
  });

  test('money that has gone back elsewhere meanwhile is not given twice', async () => {
    const id = await waiting();
    await d1
      .prepare(
        `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at, settled_at, provider_id)
        VALUES ('r', ?1, 'p', 1, ?3, 'external', 'external', ?2, ?2, ?2, 'x')`,
      )
      .bind(visit.id, NOON, PRICE)
      .run();

    expect(await says(id, true, staff.owner)).toEqual({ kind: 'exceeds', availableMinor: 0 });
    expect(await count("SELECT count(*) AS n FROM refund WHERE source = 'claim'")).toBe(0);
  });
});

test('a refused refund of a decision leaves its money to be decided by a person, not to a second decision', async () => {
  await claimOf(visit);
  await decides();
  const [refund] = await refunds();
  await recordRefund(db, { id: String(refund?.['id']), providerId: null, state: 'canceled', reason: 'general_decline' }, now);

  expect(await decides({ version: 2 })).toEqual({ kind: 'stale' });
  expect(await refunds()).toHaveLength(1);
});

describe('a question to the patient', () => {
  const asks = async (version: number, person = staff.finance) =>
    askMore(db, { claimId: CLAIM, consultationId: visit.id, version, text: 'На снимке не видно подписи', ...(await by(person)) }, now);

  test('is kept with who asked, and tells the claim’s story', async () => {
    await claimOf(visit);

    expect(await asks(1)).toBe('asked');
    expect(await rows('claim_question')).toMatchObject([{ text: 'На снимке не видно подписи', person_id: staff.finance.id }]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'claim-question:%'")).toBe(1);
    expect(await rows('refund_claim')).toMatchObject([{ version: 2 }]);
  });

  test('from an older page, or from somebody without the role, is not asked', async () => {
    await claimOf(visit);

    expect([await asks(7), await asks(0), await asks(1, visit.stranger)]).toEqual(['stale', 'stale', 'notTheirs']);
    expect(await rows('claim_question')).toEqual([]);
  });
});
