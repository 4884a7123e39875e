// Money: every payment, whenever it comes, either pays for the consultation or is returned. There is no other result, and no kopeck is
// lost.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { moneyOf, statusOf } from '../../workflows/rules/status.ts';
import { settleExpiry, settleRefunds as settle } from '../../worker/activities/standing.ts';
import { ask } from '../../worker/data/db.ts';
import { cancelByPatient } from '../../worker/data/cancellations.ts';
import { clinicRead } from '../../worker/data/clinic.ts';
import { reserveSlot } from '../../worker/data/reservations.ts';
import { newId } from '../../worker/data/ids.ts';
import { beginPayment } from '../../worker/money/checkout.ts';
import { askAboutOpen, askAboutPayments } from '../../worker/money/payments.ts';
import { settleRefunds } from '../../worker/money/refunds.ts';
import { ProviderRefused } from '../../worker/providers/payment/port.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, NOON, TOMORROW_14_30 } from '../cast.ts';
import { Product, wordsOf } from '../routes/product.ts';
import { count, d1, db, freshClinic, patients } from './d1.ts';
import { consultationOf } from './visit.ts';

let product: Product;
let anna: CastPerson;
let boris: CastPerson;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  const [a, b] = await patients(2);
  if (!a || !b) throw new Error('no cast');
  [anna, boris] = [a, b];
});

async function booked(person: CastPerson, startsAt = TOMORROW_14_30): Promise<string> {
  const result = await reserveSlot(
    db,
    {
      startsAt,
      endsAt: startsAt + 30 * MINUTE,
      doctorId: MAKETOVA.doctorId,
      patientId: person.id,
      sessionId: '01930000-0000-7000-8000-000000020001',
      priceMinor: 230_000,
      policy: { freeHours: 24, keptPercent: 10 },
      email: person.email,
      lang: 'ru',
      zone: null,
      requestKey: newId(),
      holdMinutes: 10,
    },
    product.now,
  );
  if (result.kind !== 'reserved') throw new Error(`not reserved: ${result.kind}`);
  return result.consultationId;
}

async function goesToPay(id: string): Promise<string> {
  const { clinic } = await ask(db, { clinic: clinicRead() });
  const begun = await beginPayment(product.ports, await consultationOf(id), clinic, 'Онлайн-консультация');
  if (begun.kind !== 'goTo') throw new Error(`not payable: ${begun.kind}`);
  return `provider-${product.cashier.bills.at(-1)?.key}`;
}

/** Presses the button and returns the address where it leads. */
async function goesToPayAt(id: string): Promise<string> {
  const { clinic } = await ask(db, { clinic: clinicRead() });
  const begun = await beginPayment(product.ports, await consultationOf(id), clinic, 'Онлайн-консультация');
  return begun.kind === 'goTo' ? begun.url : begun.kind;
}

const standing = async (id: string) => {
  const { facts } = await consultationOf(id);
  return { status: statusOf(facts, product.now), money: moneyOf(facts, product.now), ...facts };
};

describe('paid in time', () => {
  test('the hold is firm, and a repeated notice changes nothing', async () => {
    const id = await booked(anna);
    const payment = await goesToPay(id);
    product.cashier.ends(payment, 'succeeded');

    await Promise.all([1, 2, 3, 4, 5].map(() => askAboutPayments(product.ports, id)));
    await askAboutPayments(product.ports, id);

    expect(await standing(id)).toMatchObject({ status: 'paid', money: 'held', takenMinor: 230_000, returningMinor: 0 });
    expect(await count("SELECT count(*) AS n FROM outbox WHERE message_id LIKE 'paid:%'")).toBe(1);
  });

  test('going to pay twice is one payment with one address', async () => {
    const id = await booked(anna);

    await Promise.all([1, 2, 3].map(() => goesToPay(id).catch(() => 'raced')));

    expect(product.cashier.bills).toHaveLength(1);
    expect(await count('SELECT count(*) AS n FROM payment')).toBe(1);
  });

  test('after a refused card the next try is a new payment', async () => {
    const id = await booked(anna);
    const first = await goesToPay(id);
    product.cashier.ends(first, 'canceled', { cancelReason: 'insufficient_funds' });
    await askAboutPayments(product.ports, id);

    const second = await goesToPay(id);

    expect(second).not.toBe(first);
    expect((await consultationOf(id)).paymentOpen).toBe(true);
  });

  test('a payment that the provider has closed is followed by a new one at the next press, and two presses make one', async () => {
    const id = await booked(anna);
    const closed = await goesToPay(id);
    product.cashier.ends(closed, 'canceled', { cancelReason: 'expired_on_confirmation' });

    const [one, other] = await Promise.all([goesToPayAt(id), goesToPayAt(id)]);

    expect(one).toBe(other);
    expect(one).not.toContain(product.cashier.bills[0]?.key);
    expect(new Set(product.cashier.bills.map(({ key }) => key)).size).toBe(2);
    expect(await count('SELECT count(*) AS n FROM payment')).toBe(2);
    expect(await count('SELECT count(*) AS n FROM payment WHERE cancelled_at IS NULL')).toBe(1);
  });

  test('money that the provider holds and has not taken yet is waited for, not asked for again', async () => {
    const id = await booked(anna);
    const payment = await goesToPay(id);
    const held = product.cashier.payments.get(payment);
    if (held) product.cashier.payments.set(payment, { ...held, confirmationUrl: null });

    expect(await goesToPayAt(id)).toBe('waiting');
    expect(product.cashier.bills).toHaveLength(1);
  });

  test('a closed payment whose first answer was lost is not handed out either', async () => {
    const id = await booked(anna);
    const lost = await goesToPay(id);
    await d1.prepare('UPDATE payment SET provider_id = NULL, confirmation_url = NULL').run();
    product.cashier.ends(lost, 'canceled');
    product.now += MINUTE;

    expect(await goesToPayAt(id)).not.toContain(product.cashier.bills[0]?.key);
  });

  test('money that came to a payment that was closed by word goes back, when another has paid', async () => {
    const id = await booked(anna);
    const first = await goesToPay(id);
    product.cashier.ends(first, 'canceled');
    const second = await goesToPay(id);
    product.cashier.ends(second, 'succeeded');
    await askAboutPayments(product.ports, id);

    product.cashier.ends(first, 'succeeded');
    await product.request('/notices/yookassa', {
      method: 'POST',
      body: JSON.stringify({ type: 'notification', event: 'payment.succeeded', object: { id: first } }),
    });

    expect(await standing(id)).toMatchObject({ status: 'paid', takenMinor: 460_000, returningMinor: 230_000 });
    expect(await count("SELECT count(*) AS n FROM refund WHERE reason = 'twice'")).toBe(1);
  });

  test('a provider that does not answer in time does not keep the patient from its page', async () => {
    const id = await booked(anna);
    const stored = await goesToPayAt(id);
    product.cashier.down = true;

    expect(await goesToPayAt(id)).toBe(stored);
  });

  test('a lost notice loses nobody’s place: payments are asked about while the hold lasts, by one of two askers', async () => {
    const id = await booked(anna);
    product.cashier.ends(await goesToPay(id), 'succeeded');
    const before = product.cashier.asked;

    await Promise.all([askAboutOpen(product.ports), askAboutOpen(product.ports)]);

    expect(product.cashier.asked - before).toBe(1);
    expect(await standing(id)).toMatchObject({ status: 'paid', takenMinor: 230_000 });
  });

  test('a hold is asked about every half a minute at most, and every ten minutes after it has ended, until the provider has closed it', async () => {
    const id = await booked(anna);
    await goesToPay(id);
    const before = product.cashier.asked;

    for (let second = 0; second < 60; second += 10) {
      await askAboutOpen(product.ports);
      product.now += 10_000;
    }
    expect(product.cashier.asked - before).toBe(2);
    await settleExpiry({ ...product.ports, now: product.now + HOUR }, { consultationId: id });
    product.now += 2 * HOUR;
    const settled = product.cashier.asked;
    for (let minute = 0; minute < 20; minute++) {
      await askAboutOpen(product.ports);
      product.now += MINUTE;
    }
    expect(product.cashier.asked - settled).toBe(2);
    product.cashier.ends([...product.cashier.payments.keys()][0] ?? '', 'canceled');
    product.now += HOUR;
    await askAboutOpen(product.ports);
    await askAboutOpen({ ...product.ports, now: product.now + HOUR });

    expect(product.cashier.asked - settled).toBe(3);
  });

  test('late money of which nobody was told, and whose workflow is gone, is found and goes back', async () => {
    const id = await booked(anna);
    const payment = await goesToPay(id);
    await settleExpiry({ ...product.ports, now: NOON + 11 * MINUTE }, { consultationId: id });
    product.now = NOON + 30 * MINUTE;
    await booked(boris);
    product.cashier.ends(payment, 'succeeded');

    await askAboutOpen(product.ports);
    await settleRefunds(product.ports, null);

    expect(await standing(id)).toMatchObject({ status: 'lapsed', money: 'returned' });
  });

  test('an answer with another sum, currency or consultation is never taken for ours', async () => {
    const id = await booked(anna);
    const payment = await goesToPay(id);

    for (const wrong of [{ amountMinor: 100 }, { currency: 'USD' }, { consultationId: newId() }, { paymentId: newId() }]) {
      product.cashier.ends(payment, 'succeeded', { ...product.cashier.payments.get(payment), ...wrong, state: 'succeeded' });
      await askAboutPayments(product.ports, id);
    }

    expect(await standing(id)).toMatchObject({ status: 'reserved', takenMinor: 0 });
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'payment.mismatch'")).toBe(4);
  });
});

describe('one thing that fails', () => {
  test('because the provider refuses a refund is a fact: nothing is open, the money is stuck, and a person sees it', async () => {
    const id = await booked(anna);
    const payment = await goesToPay(id);
    product.now = NOON + 11 * MINUTE;
    await settleExpiry(product.ports, { consultationId: id });
    await booked(boris);
    product.cashier.ends(payment, 'succeeded');
    product.cashier.refund = () => Promise.reject(new ProviderRefused('invalid_request', 'no'));
    product.now = NOON + 13 * MINUTE;

    const told = await settle(product.ports, { consultationId: id });

    expect(told).toMatchObject({ status: 'lapsed', money: 'stuck', openRefunds: 0 });
    expect(await count("SELECT count(*) AS n FROM refund WHERE refuse_reason = 'invalid_request' AND refused_at IS NOT NULL")).toBe(1);
  });
});

describe('paid late', () => {
  test('the appointment is kept when the interval is still free', async () => {
    const id = await booked(anna);
    const payment = await goesToPay(id);
    product.now = NOON + 11 * MINUTE;
    await settleExpiry(product.ports, { consultationId: id });
    expect(await standing(id)).toMatchObject({ status: 'lapsed', money: 'nothing' });

    product.now = NOON + 13 * MINUTE;
    product.cashier.ends(payment, 'succeeded');
    await askAboutPayments(product.ports, id);

    expect(await standing(id)).toMatchObject({ status: 'paid', money: 'held', firmAt: NOON + 13 * MINUTE });
  });

  test('the money goes back by itself when somebody else has the interval, and the trace of it stays', async () => {
    const id = await booked(anna);
    const payment = await goesToPay(id);
    product.now = NOON + 11 * MINUTE;
    await settleExpiry(product.ports, { consultationId: id });
    const other = await booked(boris);

    product.cashier.ends(payment, 'succeeded');
    await askAboutPayments(product.ports, id);
    expect(await standing(id)).toMatchObject({ status: 'lapsed', money: 'returning', takenMinor: 230_000, returningMinor: 230_000 });
    await settleRefunds(product.ports, id);

    expect(await standing(id)).toMatchObject({ status: 'lapsed', money: 'returned' });
    expect(await standing(other)).toMatchObject({ status: 'reserved' });
    expect(product.cashier.refunds).toHaveLength(1);
    // Whoever sends it, the person reads on the receipt what it was for.
    expect(product.cashier.refunds[0]?.description).toMatch(/^Онлайн-консультация \d\d\.\d\d\.2026, \d+ мин$/);
  });

  test('a provider that does not answer keeps the hold no longer than its grace', async () => {
    const id = await booked(anna);
    await goesToPay(id);
    product.cashier.down = true;

    product.now = NOON + 10 * MINUTE;
    await expect(settleExpiry(product.ports, { consultationId: id })).rejects.toThrow('down');
    product.now = NOON + 11 * MINUTE;
    await settleExpiry(product.ports, { consultationId: id });

    expect(await standing(id)).toMatchObject({ status: 'lapsed', lapsedAt: NOON + 11 * MINUTE });
  });

  test('it goes back too when the appointment has begun meanwhile, or was cancelled', async () => {
    const begun = await booked(anna, NOON + 12 * MINUTE);
    const first = await goesToPay(begun);
    product.now = NOON + 12 * MINUTE;
    await settleExpiry(product.ports, { consultationId: begun });
    product.cashier.ends(first, 'succeeded');
    await askAboutPayments(product.ports, begun);

    product.now = NOON + HOUR;
    const cancelled = await booked(boris);
    const second = await goesToPay(cancelled);
    await cancelByPatient(
      db,
      { consultationId: cancelled, personId: boris.id, sessionId: boris.id, returnMinor: 0, paid: false },
      product.now,
    );
    product.cashier.ends(second, 'succeeded');
    await askAboutPayments(product.ports, cancelled);

    expect(await standing(begun)).toMatchObject({ status: 'lapsed', money: 'returning', returningMinor: 230_000 });
    expect(await standing(cancelled)).toMatchObject({ status: 'cancelled', money: 'returning', returningMinor: 230_000 });
  });
});

test('money that comes after the patient has cancelled the hold goes back as such, and the page of the payment says so by itself', async () => {
  const id = await booked(anna);
  const payment = await goesToPay(id);
  const cancelling = { consultationId: id, personId: anna.id, sessionId: anna.id, returnMinor: 0, paid: false };
  await cancelByPatient(db, cancelling, product.now);
  const page = async () => await (await product.get(`/consultations/${id}/payment`, anna)).text();
  expect(await page()).toContain('hx-trigger');

  product.cashier.ends(payment, 'succeeded');
  await askAboutPayments(product.ports, id);
  await settleRefunds(product.ports, id);

  expect(wordsOf(await page())).toContain('Вернули 2 300 ₽');
  expect(await count("SELECT count(*) AS n FROM refund WHERE reason = 'cancelled'")).toBe(1);
});

describe('cancelled by the patient', () => {
  test('returns exactly the sum that was shown, once', async () => {
    const id = await booked(anna);
    product.cashier.ends(await goesToPay(id), 'succeeded');
    await askAboutPayments(product.ports, id);

    const cancelling = { consultationId: id, personId: anna.id, sessionId: anna.id, returnMinor: 207_000, paid: true };
    const results = await Promise.all([1, 2, 3].map(() => cancelByPatient(db, cancelling, product.now)));
    await settleRefunds(product.ports, id);

    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await standing(id)).toMatchObject({ status: 'cancelled', money: 'partReturned', returnedMinor: 207_000 });
    expect(product.cashier.refunds[0]?.partReceipt).not.toBeNull();
  });

  test('money that comes while the page is open is not cancelled for nothing', async () => {
    const id = await booked(anna);
    product.cashier.ends(await goesToPay(id), 'succeeded');
    await askAboutPayments(product.ports, id);

    const done = await cancelByPatient(
      db,
      { consultationId: id, personId: anna.id, sessionId: anna.id, returnMinor: 0, paid: false },
      product.now,
    );

    expect(done).toBe(false);
    expect(await standing(id)).toMatchObject({ status: 'paid', money: 'held' });
  });
});

test('the database itself refuses to give back more than came, to unsay money, or to forget a notice', async () => {
  const id = await booked(anna);
  const payment = await goesToPay(id);
  product.cashier.ends(payment, 'succeeded');
  await askAboutPayments(product.ports, id);
  const refundSql =
    "INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at) SELECT ?1, consultation_id, id, 1, 230001, 'rule', 'late', 1, 1 FROM payment";

  await expect(d1.prepare(refundSql).bind(newId()).run()).rejects.toThrow(/refundExceeds/);
  await expect(d1.prepare('UPDATE payment SET succeeded_at = NULL').run()).rejects.toThrow(/moneyIsRecorded/);
  await expect(d1.prepare('DELETE FROM payment').run()).rejects.toThrow(/immutable/);
  await d1.prepare("INSERT INTO payment_notice (id, event, object_id, body, received_at) VALUES ('n', 'e', 'o', '{}', 1)").run();
  await expect(d1.prepare("UPDATE payment_notice SET body = ''").run()).rejects.toThrow(/immutable/);
  await expect(d1.prepare('DELETE FROM audit').run()).rejects.toThrow(/immutable/);
});

test('in any order of paying, lapsing, cancelling and being overtaken, every kopeck is held, kept or back', {
  timeout: 120_000,
}, async () => {
  const event = fc.constantFrom('pays', 'declines', 'begins', 'lapses', 'overtakes', 'cancels', 'asks', 'refunds', 'waits');
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 12 }), async events => {
      await freshClinic();
      product = new Product();
      await patients(2);
      const id = await booked(anna);
      for (const what of events) await happens(what, id);
      product.now = NOON + 3 * HOUR;
      // What the workflow does at the end in every case.
      await settleExpiry(product.ports, { consultationId: id });
      await askAboutPayments(product.ports, id);
      await settleRefunds(product.ports, id);

      const end = await standing(id);
      const sent = product.cashier.refunds.reduce((sum, r) => sum + r.amountMinor, 0);
      const charged = [...product.cashier.payments.values()]
        .filter(p => p.state === 'succeeded' && p.consultationId === id)
        .reduce((sum, p) => sum + p.amountMinor, 0);
      expect(end.takenMinor).toBe(charged);
      expect(end.returnedMinor).toBe(sent);
      if (end.status === 'lapsed') expect(end.returnedMinor).toBe(end.takenMinor);
      if (end.status === 'paid') expect(end.takenMinor - end.returnedMinor).toBe(end.priceMinor);
      expect(['lapsed', 'paid', 'cancelled']).toContain(end.status);
      const live = await count('SELECT count(*) AS n FROM hold WHERE released_at IS NULL AND doctor_id = ?1', MAKETOVA.doctorId);
      expect(live).toBeLessThanOrEqual(1);
    }),
    { numRuns: 25, verbose: 1 },
  );
});

async function happens(what: string, id: string): Promise<void> {
  const open = [...product.cashier.payments.values()].filter(p => p.state === 'pending').at(-1);
  switch (what) {
    case 'begins':
      await goesToPay(id).catch(() => 'not payable');
      return;
    case 'pays':
      if (open) product.cashier.ends(open.providerId, 'succeeded');
      return;
    case 'declines':
      if (open) product.cashier.ends(open.providerId, 'canceled', { cancelReason: 'general_decline' });
      return;
    case 'waits':
      product.now += 4 * MINUTE;
      return;
    case 'asks':
      await askAboutPayments(product.ports, id);
      return;
    case 'refunds':
      await settleRefunds(product.ports, id);
      return;
    case 'lapses':
      await settleExpiry(product.ports, { consultationId: id });
      return;
    case 'overtakes':
      await booked(boris).catch(() => 'taken');
      return;
    case 'cancels': {
      const { facts } = await consultationOf(id);
      const paid = facts.firmAt !== null;
      await cancelByPatient(
        db,
        { consultationId: id, personId: anna.id, sessionId: anna.id, returnMinor: paid ? 207_000 : 0, paid },
        product.now,
      );
      return;
    }
  }
}

test('a day later nothing of a returned payment can be returned again', async () => {
  const id = await booked(anna);
  const payment = await goesToPay(id);
  product.now = NOON + 11 * MINUTE;
  await settleExpiry(product.ports, { consultationId: id });
  await booked(boris);
  product.cashier.ends(payment, 'succeeded');
  for (let i = 0; i < 3; i++) {
    product.now += DAY / 3;
    await askAboutPayments(product.ports, id);
    await settleRefunds(product.ports, id);
  }

  expect(product.cashier.refunds).toHaveLength(1);
});
