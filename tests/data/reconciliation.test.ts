// «Сверка»: what the provider shows and our rows are compared page by page; a lost notice is made good, everything else becomes a row of finance that
// closes itself when it is gone.
import { beforeEach, describe, expect, test } from 'vitest';
import { ask, write } from '../../worker/data/db.ts';
import { closesByPerson, type Difference, differencesRead, figuresOf, openCountsRead } from '../../worker/data/differences.ts';
import { beginReconciliation, reconciliationsRead, stopsRun } from '../../worker/data/reconciliations.ts';
import { DIFFERENCE_KINDS, type DifferenceKind } from '../../workflows/rules/difference.ts';
import { beginNightly, reconcileDue, stepReconciliation } from '../../worker/money/reconciliation.ts';
import type { ProviderPayment } from '../../worker/providers/payment/port.ts';
import { DAY, HOUR, MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting } from '../routes/meeting.ts';
import { STAFF } from '../../stand/clinic/people.ts';
import { Product } from '../routes/product.ts';
import { count, d1, db, freshClinic } from './d1.ts';
import { consultationOf, pays, PRICE, succeeds } from './visit.ts';

const FINANCE = STAFF.find(({ role }) => role === 'finance')?.id ?? '';
let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
});

/** A payment as the provider has it; without our ids it is nobody's. */
function atProvider(providerId: string, given: Partial<ProviderPayment> = {}): void {
  product.cashier.payments.set(providerId, {
    providerId,
    state: 'succeeded',
    amountMinor: PRICE,
    currency: 'RUB',
    paymentId: null,
    consultationId: null,
    confirmationUrl: null,
    method: 'bank_card:4477',
    cancelReason: null,
    ...given,
  });
}

const ours = (id: string, given: Partial<ProviderPayment> = {}) =>
  atProvider(`at-${id}`, { paymentId: id, consultationId: visit.id, ...given });

async function reconciles(): Promise<void> {
  product.now += MINUTE;
  const run = await beginReconciliation(
    db,
    { since: product.now - 3 * DAY, until: product.now, by: { personId: FINANCE, sessionId: FINANCE } },
    product.now,
  );
  for (let page = 0; page < 200; page += 1) {
    product.now += 1;
    if ((await stepReconciliation(product.ports, run)).kind === 'done') return;
  }
  throw new Error('The comparison has no end.');
}

const open = async (): Promise<Difference[]> => (await ask(db, { open: differencesRead(true, 0) })).open;
const kinds = async (): Promise<DifferenceKind[]> => (await open()).map(({ kind }) => kind);
const latest = async () => (await ask(db, { runs: reconciliationsRead() })).runs[0];

describe('what a lost notice left behind is made good', () => {
  test('money that came is recorded and granted', async () => {
    await pays('p', visit.id, product.now, null);
    ours('p');

    await reconciles();

    expect((await consultationOf(visit.id)).facts.takenMinor).toBe(PRICE);
    expect(await kinds()).toEqual([]);
    expect(await latest()).toMatchObject({ phase: 'done', repaired: 1 });
  });

  test('a payment that ended unpaid is closed', async () => {
    await pays('p', visit.id, product.now, null);
    ours('p', { state: 'canceled', cancelReason: 'expired_on_confirmation' });

    await reconciles();

    expect(await count('SELECT count(*) AS n FROM payment WHERE cancelled_at IS NOT NULL')).toBe(1);
  });

  test('money of a payment whose beginning was never answered is found by our own id', async () => {
    await d1
      .prepare(
        "INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider) VALUES ('p', ?, 1, ?, 'RUB', ?, 'yookassa')",
      )
      .bind(visit.id, PRICE, product.now)
      .run();
    ours('p');

    await reconciles();

    expect(await count("SELECT count(*) AS n FROM payment WHERE provider_id = 'at-p' AND succeeded_at IS NOT NULL")).toBe(1);
  });

  test('a refund that was settled, and one that was made without us', async () => {
    await pays('p', visit.id, product.now, product.now);
    ours('p');
    product.cashier.makesRefund('at-p', 100);

    await reconciles();

    expect(await count("SELECT count(*) AS n FROM refund WHERE source = 'external' AND settled_at IS NOT NULL")).toBe(1);
    expect(await kinds()).toContain('externalRefund');
  });
});

describe('what contradicts is written down and not touched', () => {
  const cases: [DifferenceKind, () => Promise<void> | void][] = [
    ['unknownPayment', () => atProvider('at-nobody')],
    [
      'otherSum',
      async () => {
        await pays('p', visit.id, product.now, null);
        ours('p', { amountMinor: PRICE - 1 });
      },
    ],
    [
      'otherOwner',
      async () => {
        await pays('p', visit.id, product.now, null);
        ours('p', { consultationId: 'another' });
      },
    ],
    [
      'vanishedPayment',
      async () => {
        await pays('p', visit.id, product.now, product.now);
      },
    ],
    [
      'testMoney',
      async () => {
        await pays('p', visit.id, product.now, product.now);
        ours('p');
        product.cashier.listed.set('at-p', { isTest: false });
      },
    ],
    [
      'notCaptured',
      async () => {
        await pays('p', visit.id, product.now, null);
        ours('p', { state: 'pending' });
        product.cashier.listed.set('at-p', { isHeld: true });
      },
    ],
    [
      'paidThoughRefused',
      async () => {
        await pays('p', visit.id, product.now, null);
        await d1.prepare("UPDATE payment SET cancelled_at = 1, cancel_reason = 'general_decline'").run();
        ours('p');
      },
    ],
  ];

  test.each(cases)('%s', async (kind, arrange) => {
    await arrange();

    await reconciles();

    expect(await kinds()).toContain(kind);
  });

  test('seen again it is the same row, and when it is gone it closes itself', async () => {
    await pays('p', visit.id, product.now, product.now);
    await reconciles();
    await reconciles();
    const first = (await open()).find(({ kind }) => kind === 'vanishedPayment');

    ours('p');
    await reconciles();

    expect(first?.lastSeen).toBeGreaterThan(first?.firstSeen ?? 0);
    expect(await kinds()).not.toContain('vanishedPayment');
    expect(await count("SELECT count(*) AS n FROM difference WHERE kind = 'vanishedPayment' AND how = 'gone'")).toBe(1);
  });
});

describe('what our own rows show', () => {
  test('a claim that nobody decides', async () => {
    await d1
      .prepare(
        "INSERT INTO refund_claim (id, consultation_id, person_id, number, token, opened_by, demanded_at, due_at, next_at) VALUES ('m', ?, ?, 'В-2026-00001', 't', 'patient', 1, ?, 1)",
      )
      .bind(visit.id, visit.anna.id, product.now + 2 * DAY)
      .run();

    await reconciles();
    expect(await kinds()).toEqual(['claimLate']);
    product.now += 3 * DAY;
    await reconciles();
    expect(await kinds()).toEqual(['claimOverdue']);
  });

  test('a payment without a receipt, and a message that is not delivered', async () => {
    await pays('p', visit.id, product.now, product.now);
    ours('p');
    await succeeds('p', visit.id, product.now);
    await d1.prepare("INSERT INTO outbox (consultation_id, message_id, body, created_at, next_at) VALUES ('c', 'm', '{}', 1, 1)").run();

    await reconciles();

    expect((await kinds()).toSorted()).toEqual(['noReceipt', 'stuckMessage']);
  });
});

describe('a person of finance', () => {
  const closes = async (difference: Difference, note = 'settled with the bank') => {
    const lastFigures = figuresOf(difference);
    const [closed] = await write(
      db,
      closesByPerson({ id: difference.id, personId: FINANCE, sessionId: FINANCE, note, lastFigures }, product.now),
    );
    return closed;
  };

  test('settles one with a note; it comes back only when its figures change', async () => {
    atProvider('at-nobody');
    await reconciles();
    const [seen] = await open();
    if (!seen) throw new Error('nothing was seen');

    expect(await closes(seen)).toBe(1);
    await reconciles();
    expect(await kinds()).toEqual([]);

    atProvider('at-nobody', { amountMinor: 1 });
    await reconciles();
    expect(await kinds()).toEqual(['unknownPayment']);
  });

  test('cannot settle what has other figures than the page showed', async () => {
    atProvider('at-nobody');
    await reconciles();
    const [seen] = await open();
    if (!seen) throw new Error('nothing was seen');

    expect(await closes({ ...seen, theirs: 'something else' })).toBe(0);
  });

  test('stops a comparison, and the next one begins anew', async () => {
    const begin = () =>
      beginReconciliation(db, { since: 1, until: product.now, by: { personId: FINANCE, sessionId: FINANCE } }, product.now);
    const first = await begin();
    expect(await begin()).toBe(first);

    await write(db, stopsRun(first, FINANCE, FINANCE, product.now));

    expect((await stepReconciliation(product.ports, first)).kind).toBe('done');
    expect(await begin()).not.toBe(first);
  });
});

describe('a run', () => {
  test('goes on where it was when a page fails, and two that drive it do each page once', async () => {
    for (let n = 0; n < 25; n += 1) atProvider(`at-${n}`);
    product.cashier.pageSize = 10;
    const run = await beginNightly(product.ports, product.now);
    await stepReconciliation(product.ports, run);
    product.cashier.down = true;
    await expect(stepReconciliation(product.ports, run)).rejects.toThrow('down');
    product.cashier.down = false;
    product.now += 1;

    const both = await Promise.all([stepReconciliation(product.ports, run), stepReconciliation(product.ports, run)]);

    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['more', 'taken']);
    expect(await latest()).toMatchObject({ pages: 2, compared: 20 });
  });

  test('of the night is begun by the cron when Temporal has not, once', async () => {
    product.now = TOMORROW_14_30;
    await reconcileDue(product.ports);
    product.now += HOUR;
    await reconcileDue(product.ports);

    expect(await count('SELECT count(*) AS n FROM reconciliation')).toBe(1);
    expect(await latest()).toMatchObject({ phase: 'done', day: '2026-11-25' });
  });
});

test('the nightly run goes back to the last nightly one, not to one that looked at a day', async () => {
  const night = await beginNightly(product.ports, product.now);
  for (let kind = ''; kind !== 'done'; product.now += 1) kind = (await stepReconciliation(product.ports, night)).kind;
  const first = await latest();
  product.now += 5 * DAY;
  await reconciles();

  await beginNightly(product.ports, product.now);

  expect((await latest())?.since).toBe((first?.until ?? 0) - 2 * DAY);
});

test('every kind of difference is of one list, and alarms are counted apart', async () => {
  atProvider('at-nobody');
  await pays('p', visit.id, product.now, product.now);
  await reconciles();

  const { counts } = await ask(db, { counts: openCountsRead() });

  expect(DIFFERENCE_KINDS.length).toBe(23);
  expect(counts).toEqual({ queue: 1, alarms: (await kinds()).filter(kind => kind !== 'unknownPayment').length });
});
