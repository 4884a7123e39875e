// Refund claims as rows: a number each, one open claim a visit, versions of the form, files and signatures, what the rule decides and what is due.
import { beforeEach, describe, expect, test } from 'vitest';
import { lookAfterClaim, lookAfterClaims } from '../../worker/claims/look-after.ts';
import { openClaims } from '../../worker/claims/open.ts';
import { keepsClaimFile, type KeptClaimFile } from '../../worker/data/claim-files.ts';
import { changeForm, type ClaimMaking, makeClaim, withdrawClaim } from '../../worker/data/claim-forms.ts';
import { formPrinted, signByCode } from '../../worker/data/claim-signing.ts';
import { newId } from '../../worker/data/ids.ts';
import { settleRefunds } from '../../worker/money/refunds.ts';
import { DAY, HOUR, MINUTE, NOON, TOMORROW_14_30 } from '../cast.ts';
import { APPLICATION } from '../routes/claim-rows.ts';
import { type Meeting } from '../routes/meeting.ts';
import { Product } from '../routes/product.ts';
import { count, d1, db } from './d1.ts';
import { freshVisit, pays, PRICE, SESSION } from './visit.ts';

const END = TOMORROW_14_30 + 30 * MINUTE;
const AFTER = END + HOUR;

let visit: Meeting;
let product: Product;

beforeEach(async () => {
  visit = await freshVisit();
  product = new Product();
  product.now = AFTER;
  await pays('pay', visit.id, NOON, NOON);
});

const making = (given: Partial<ClaimMaking> = {}): ClaimMaking => ({
  claimId: newId(),
  token: newId(),
  consultationId: visit.id,
  personId: visit.anna.id,
  sessionId: SESSION,
  formKey: newId(),
  demandedAt: AFTER,
  dueAt: AFTER + 10 * DAY,
  year: 2026,
  email: 'anna@example.ru',
  reason: 'noConnection',
  via: 'same',
  amountMinor: PRICE,
  body: APPLICATION,
  account: null,
  ...given,
});

const file = (claimId: string, given: Partial<KeptClaimFile> = {}): KeptClaimFile => {
  const id = newId();
  return {
    id,
    claimId,
    consultationId: visit.id,
    source: 'upload',
    personId: visit.anna.id,
    sessionId: SESSION,
    letterId: null,
    email: null,
    name: 'a.jpg',
    type: 'image/jpeg',
    bytes: 3,
    sha256: id,
    key: id,
    ...given,
  };
};

const rowsOf = async <T>(sql: string, ...args: (string | number)[]): Promise<T[]> =>
  (
    await d1
      .prepare(sql)
      .bind(...args)
      .all<T>()
  ).results;
const made = async (given: Partial<ClaimMaking> = {}): Promise<string> => (await makeClaim(db, making(given))).claimId;
/** Both were there for the whole time, so that no rule decides. */
const bothWereThere = async () => {
  for (const [role, person] of [
    ['patient', visit.anna.id],
    ['doctor', visit.doctor.id],
  ] as const)
    await d1
      .prepare(
        `INSERT INTO attendance (id, consultation_id, person_id, role, entered_at, joined_at, left_at, schedule_version) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, 1)`,
      )
      .bind(newId(), visit.id, person, role, TOMORROW_14_30, END)
      .run();
};
const standing = (claimId: string) => lookAfterClaim(product.ports, { claimId });

describe('making a claim', () => {
  test('writes the number, the form, the letter and the start of its workflow together', async () => {
    const id = await made();

    expect(await rowsOf('SELECT number FROM refund_claim')).toEqual([{ number: 'В-2026-00001' }]);
    expect(await rowsOf("SELECT version, json_extract(body, '$.number') AS printed FROM claim_form")).toEqual([
      { version: 1, printed: 'В-2026-00001' },
    ]);
    expect(await rowsOf('SELECT kind, subject, email FROM letter')).toEqual([{ kind: 'claimMade', subject: id, email: 'anna@example.ru' }]);
    expect(await rowsOf("SELECT message_id FROM outbox WHERE message_id LIKE 'claim:%'")).toEqual([{ message_id: `claim:${id}` }]);
  });

  test('of two clicks at once on one page makes one claim, and gives one number away', async () => {
    const formKey = newId();
    const two = await Promise.all([makeClaim(db, making({ formKey })), makeClaim(db, making({ formKey }))]);

    expect(two.map(({ kind }) => kind).sort()).toEqual(['again', 'made']);
    expect(two[0]?.claimId).toBe(two[1]?.claimId);
    expect(await rowsOf('SELECT last FROM claim_number')).toEqual([{ last: 1 }]);
  });

  test('from another page leads to the claim that is open', async () => {
    const id = await made();

    expect(await makeClaim(db, making())).toEqual({ kind: 'again', claimId: id });
    expect(await count('SELECT count(*) AS n FROM refund_claim')).toBe(1);
  });

  test('is possible again after it was withdrawn, under the next number', async () => {
    const first = await made();
    const by = { claimId: first, consultationId: visit.id, personId: visit.anna.id, sessionId: SESSION };

    expect(await withdrawClaim(db, by, AFTER)).toBe(true);
    expect(await withdrawClaim(db, by, AFTER)).toBe(false);
    await made();
    expect(await rowsOf('SELECT number FROM refund_claim ORDER BY number')).toEqual([
      { number: 'В-2026-00001' },
      { number: 'В-2026-00002' },
    ]);
  });
});

describe('a changed form', () => {
  const change = (claimId: string, base: number, formKey = newId()) => {
    const { reason, via, body, account } = making();
    return {
      claimId,
      consultationId: visit.id,
      personId: visit.anna.id,
      sessionId: SESSION,
      formKey,
      base,
      reason,
      via,
      body,
      account,
      amountMinor: 1_000,
    };
  };

  test('is the next version, and only of the one that the page was drawn from', async () => {
    const id = await made();
    const formKey = newId();

    expect(await changeForm(db, change(id, 1, formKey), AFTER)).toBe('changed');
    expect(await changeForm(db, change(id, 1, formKey), AFTER)).toBe('again');
    expect(await changeForm(db, change(id, 1), AFTER)).toBe('stale');
    expect(await rowsOf('SELECT version, amount_minor AS minor FROM claim_form ORDER BY version')).toEqual([
      { version: 1, minor: PRICE },
      { version: 2, minor: 1_000 },
    ]);
  });

  test('has to be signed anew, and its letter says how', async () => {
    await bothWereThere();
    const id = await made();
    await keepsClaimFile(db, file(id), AFTER);
    expect((await standing(id)).state).toBe('signed');

    await changeForm(db, change(id, 1), AFTER);

    expect((await standing(id)).state).toBe('demanded');
    expect(await count(`SELECT count(*) AS n FROM letter WHERE subject = '${id}:2' AND kind = 'claimMade'`)).toBe(1);
  });
});

describe('a signature', () => {
  beforeEach(bothWereThere);

  test('is the first file since the form was made; the same bytes again are no second file', async () => {
    const id = await made();
    const photo = file(id);

    expect(await keepsClaimFile(db, photo, AFTER)).toBe('kept');
    expect(await keepsClaimFile(db, { ...file(id), sha256: photo.sha256 }, AFTER + 1)).toBe('again');
    expect(await keepsClaimFile(db, file(id), AFTER + 2)).toBe('kept');
    expect(await rowsOf('SELECT way, at FROM claim_signature')).toEqual([{ way: 'upload', at: AFTER }]);
    expect(await count('SELECT count(*) AS n FROM claim_file')).toBe(2);
    expect((await standing(id)).letters.map(({ kind }) => kind)).toEqual(['claimMade', 'claimSigned']);
  });

  test('by the code is of the PDF with its hash and of no other', async () => {
    const id = await made();
    const by = { claimId: id, consultationId: visit.id, version: 1, email: 'anna@example.ru', personId: visit.anna.id, sessionId: SESSION };
    await formPrinted(db, { claimId: id, version: 1, sha256: 'right', key: 'k' });

    expect(await signByCode(db, { ...by, sha256: 'other' }, AFTER)).toBe('stale');
    expect(await signByCode(db, { ...by, sha256: 'right' }, AFTER)).toBe('signed');
    expect(await signByCode(db, { ...by, sha256: 'right' }, AFTER)).toBe('signed');
    expect(await count('SELECT count(*) AS n FROM claim_signature')).toBe(1);
    expect((await standing(id)).state).toBe('signed');
  });
});

describe('the rule', () => {
  test('grants a claim about a doctor who never came, keeps what it saw and sends the money back', async () => {
    const id = await made();

    const stands = await standing(id);
    await settleRefunds(product.ports, visit.id);

    expect(stands).toMatchObject({ state: 'returning', owesMoney: true });
    const [decision] = await rowsOf<{ outcome: string; amount_minor: number; person_id: null; saw: string }>(
      'SELECT * FROM claim_decision',
    );
    expect(decision).toMatchObject({ outcome: 'full', amount_minor: PRICE, person_id: null });
    expect(JSON.parse(decision?.saw ?? '')).toMatchObject({ because: 'doctorAbsent', doctorMs: 0, togetherMs: 0, limitMs: 5 * MINUTE });
    expect(await rowsOf('SELECT source, reason, amount_minor AS minor FROM refund')).toEqual([
      { source: 'claim', reason: 'claim', minor: PRICE },
    ]);
    expect(product.cashier.refunds).toHaveLength(1);
    expect((await standing(id)).state).toBe('returned');
    expect(await rowsOf("SELECT kind FROM letter WHERE subject <> '' ORDER BY kind")).toEqual([
      { kind: 'claimDecided' },
      { kind: 'claimMade' },
      { kind: 'claimReturned' },
    ]);
  });

  test('of two looks at once decides once', async () => {
    const id = await made();

    await Promise.all([standing(id), standing(id)]);

    expect(await count('SELECT count(*) AS n FROM claim_decision')).toBe(1);
    expect(await count('SELECT sum(amount_minor) AS n FROM refund')).toBe(PRICE);
  });

  test('spreads the sum over the payments, the oldest first', async () => {
    await pays('second', visit.id, NOON + 1, NOON + 1);
    const id = await made({ amountMinor: PRICE + 1_000 });

    await standing(id);

    expect(await rowsOf('SELECT payment_id, amount_minor AS minor FROM refund ORDER BY payment_id')).toEqual([
      { payment_id: 'pay', minor: PRICE },
      { payment_id: 'second', minor: 1_000 },
    ]);
  });

  test('leaves a claim to finance when both talked for the whole time', async () => {
    await bothWereThere();
    const id = await made();

    expect((await standing(id)).state).toBe('demanded');
    expect(await count('SELECT count(*) AS n FROM claim_decision')).toBe(0);
  });
});

describe('a paid visit that nobody has ended', () => {
  const at = async (now: number) => {
    product.now = now;
    await openClaims(product.ports);
    await openClaims(product.ports);
  };

  test('and whose doctor never came is returned by a claim that the rule opens, once', async () => {
    await at(END + HOUR);
    expect(await count('SELECT count(*) AS n FROM refund_claim')).toBe(0);

    await at(END + 2 * DAY);

    expect(await rowsOf('SELECT opened_by, person_id AS who FROM refund_claim')).toEqual([{ opened_by: 'rule', who: visit.anna.id }]);
    expect(await rowsOf('SELECT reason, person_id AS who FROM claim_form')).toEqual([{ reason: 'doctorAbsent', who: null }]);
    expect(await rowsOf('SELECT source, amount_minor AS minor FROM refund')).toEqual([{ source: 'claim', minor: PRICE }]);
  });

  test('and where both talked waits for its doctor', async () => {
    await bothWereThere();

    await at(END + 2 * DAY);

    expect(await count('SELECT count(*) AS n FROM refund_claim')).toBe(0);
    expect(await rowsOf('SELECT opinion FROM claim_opening')).toEqual([{ opinion: 'together' }]);
  });

  test('and about which the patient has made a claim gets no second one', async () => {
    await made();

    await at(END + 2 * DAY);

    expect(await count("SELECT count(*) AS n FROM refund_claim WHERE opened_by = 'rule'")).toBe(0);
  });
});

describe('without Temporal', () => {
  beforeEach(bothWereThere);

  test('the cron reminds, alarms on days 7, 9 and after the last one, once each, and rests in between', async () => {
    const id = await made();
    const at = async (now: number) => {
      product.now = now;
      await lookAfterClaims(product.ports);
      await lookAfterClaims(product.ports);
    };
    const due = AFTER + 10 * DAY;

    for (const now of [AFTER, AFTER + DAY, AFTER + 3 * DAY, due - 4 * DAY, due - 2 * DAY, due]) await at(now);

    expect(await rowsOf("SELECT kind, subject FROM letter WHERE kind = 'claimUnsigned' ORDER BY subject")).toEqual([
      { kind: 'claimUnsigned', subject: `${id}:1` },
      { kind: 'claimUnsigned', subject: `${id}:3` },
    ]);
    expect(await rowsOf('SELECT kind, at FROM claim_alarm ORDER BY at')).toEqual([
      { kind: 'day7', at: due - 4 * DAY },
      { kind: 'day9', at: due - 2 * DAY },
      { kind: 'overdue', at: due },
    ]);
    expect(await rowsOf('SELECT next_at > ?1 AS rests FROM refund_claim', due)).toEqual([{ rests: 1 }]);
  });

  test('what happens to a claim makes it due at once, though nobody tells the workflow', async () => {
    const id = await made();
    await lookAfterClaims(product.ports);

    await keepsClaimFile(db, file(id), AFTER + 1);
    await lookAfterClaims(product.ports);

    expect(await count("SELECT count(*) AS n FROM letter WHERE kind = 'claimSigned'")).toBe(1);
  });

  test('a workflow that Temporal has lost is started again while something is left to do', async () => {
    const id = await made();

    await lookAfterClaims(product.ports);

    const [line] = await rowsOf<{ body: string }>("SELECT body FROM outbox WHERE message_id LIKE 'claim-again:%'");
    expect(JSON.parse(line?.body ?? '')).toEqual({
      kind: 'startClaim',
      input: { claimId: id, consultationId: visit.id, demandedAt: AFTER, dueAt: AFTER + 10 * DAY, resumedAt: AFTER },
    });
  });

  test('a claim with nothing left to do is looked at no more', async () => {
    const id = await made();
    await withdrawClaim(db, { claimId: id, consultationId: visit.id, personId: visit.anna.id, sessionId: SESSION }, AFTER);

    await lookAfterClaims(product.ports);

    expect(await rowsOf('SELECT over_at FROM refund_claim')).toEqual([{ over_at: AFTER }]);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'claim-again:%'")).toBe(0);
  });
});
