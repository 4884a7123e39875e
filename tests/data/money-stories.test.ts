// Random stories of money with faults, all in one clinic, against a strict provider: whatever happens, what the provider took is held for a visit, is back,
// or waits in a queue. `STORIES=10000 npm test money-stories` tells more of them (npm run test:long does), and
// `SEED=<that of a failure>` the same ones again.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ask } from '../../worker/data/db.ts';
import { cancelByPatient } from '../../worker/data/cancellations.ts';
import { decide } from '../../worker/data/claim-decisions.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { differencesRead } from '../../worker/data/differences.ts';
import { newId } from '../../worker/data/ids.ts';
import { attemptByProviderId } from '../../worker/data/payments.ts';
import { askAboutOpen, settleUngranted, takeWord } from '../../worker/money/payments.ts';
import { beginNightly, stepReconciliation } from '../../worker/money/reconciliation.ts';
import { settleRefunds } from '../../worker/money/refunds.ts';
import { ProviderRefused, type RefundOrder } from '../../worker/providers/payment/port.ts';
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, NOON } from '../cast.ts';
import { Product } from '../routes/product.ts';
import { claimOf } from './claim.ts';
import { bindings, d1, db, freshClinic, patients } from './d1.ts';
import { PRICE } from './visit.ts';

const given = (name: string): number => Number((bindings as unknown as Record<string, string>)[name] ?? '');
const STORIES = given('STORIES') || 200;
const SEED = given('SEED') || Date.now() % 1_000_000;
/** What the rules let one person hold without paying. */
const HOLDS_OF_PERSON = 1;

const EVENTS = [
  'paid', // the money comes, and a notice of it
  'paidUnheard', // the money comes, and the notice is lost
  'toldTwice',
  'otherSum', // the provider says another sum
  'secondPayment',
  'lapses',
  'cancelsFree',
  'cancelsLate',
  'fails', // the doctor ends it as failed
  'returnedElsewhere', // a part, in the provider's cabinet
  'claims', // finance decides a claim in full
  'answerLost', // the next refund is made, and nobody hears of it
  'keysForgotten', // a day at the provider
  'bankRefuses', // the next refund
  'down',
  'up',
  'sweeps',
] as const;
type Event = (typeof EVENTS)[number];

interface Story {
  readonly id: string;
  readonly patient: CastPerson;
  readonly startsAt: number;
  readonly events: readonly Event[];
}

let product: Product;
let refusals = 0;

/** More than is left of a payment is refused, as a real provider does; sometimes the bank refuses. */
function strict(): void {
  const send = product.cashier.refund.bind(product.cashier);
  product.cashier.refund = (key, body) => {
    const { paymentProviderId, amountMinor } = JSON.parse(body) as RefundOrder;
    const made = product.cashier.made.filter(one => one.paymentProviderId === paymentProviderId && one.state !== 'canceled');
    const isRepeated = made.some(one => one.refundId === key);
    const back = made.reduce((sum, one) => sum + one.amountMinor, 0);
    const paid = product.cashier.payments.get(paymentProviderId)?.amountMinor ?? 0;
    if (!isRepeated && back + amountMinor > paid) return Promise.reject(new ProviderRefused('invalid_request', 'amount'));
    if (!isRepeated && refusals > 0) {
      refusals -= 1;
      return Promise.reject(new ProviderRefused('insufficient_funds', 'the balance of the shop'));
    }
    return send(key, body);
  };
}

async function booked(patient: CastPerson, startsAt: number): Promise<string> {
  const id = newId();
  const endsAt = startsAt + 30 * MINUTE;
  await d1.batch([
    d1
      .prepare(
        `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'RUB', 'anna@example.ru', 'ru', ?7, ?1)`,
      )
      .bind(id, patient.id, MAKETOVA.doctorId, startsAt, endsAt, PRICE, product.now),
    d1
      .prepare('INSERT INTO hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)')
      .bind(id, MAKETOVA.doctorId, patient.id, startsAt, endsAt, product.now + 10 * MINUTE),
  ]);
  return id;
}

/** A payment is begun at the provider, and its state there is set. */
async function begins({ id }: Story, succeeded: boolean, amountMinor = PRICE): Promise<string> {
  if (product.cashier.down) return '';
  const key = newId();
  await product.cashier.create({ key, consultationId: id, amountMinor, description: '', email: '', vatCode: 1, returnUrl: '' });
  await d1
    .prepare(
      `INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider, provider_id)
        SELECT ?1, ?2, count(*) + 1, ?3, 'RUB', ?4, 'yookassa', 'provider-' || ?1 FROM payment WHERE consultation_id = ?2`,
    )
    .bind(key, id, PRICE, product.now)
    .run();
  if (succeeded) product.cashier.ends(`provider-${key}`, 'succeeded');
  return `provider-${key}`;
}

async function told(providerId: string): Promise<void> {
  const attempt = await attemptByProviderId(db, 'yookassa', providerId);
  const said = product.cashier.payments.get(providerId);
  if (attempt && said) await takeWord(product.ports, attempt, said);
}

const paymentsOf = ({ id }: Story) => [...product.cashier.payments.values()].filter(p => p.consultationId === id);

async function happens(event: Event, story: Story): Promise<void> {
  const { id, patient } = story;
  const first = paymentsOf(story)[0];
  switch (event) {
    case 'paid':
    case 'paidUnheard':
      if (first) return;
      return await begins(story, true).then(async payment => (event === 'paid' ? await told(payment) : undefined));
    case 'secondPayment':
      return first ? await told(await begins(story, true)) : undefined;
    case 'otherSum':
      return first ? undefined : await told(await begins(story, true, PRICE - 1));
    case 'toldTwice':
      for (const { providerId } of paymentsOf(story)) await Promise.all([told(providerId), told(providerId)]);
      return;
    case 'cancelsFree':
    case 'cancelsLate': {
      const returnMinor = first ? (event === 'cancelsFree' ? PRICE : PRICE / 2) : 0;
      const cancelling = { consultationId: id, personId: patient.id, sessionId: patient.id, returnMinor, paid: first !== undefined };
      await cancelByPatient(db, cancelling, product.now);
      return;
    }
    case 'lapses':
      await d1
        .prepare('UPDATE hold SET released_at = ?2 WHERE consultation_id = ?1 AND firm_at IS NULL AND released_at IS NULL')
        .bind(id, product.now)
        .run();
      await d1
        .prepare(
          'INSERT OR IGNORE INTO lapse (consultation_id, at) SELECT consultation_id, ?2 FROM hold WHERE consultation_id = ?1 AND firm_at IS NULL',
        )
        .bind(id, product.now)
        .run();
      return;
    case 'fails':
      await conclude(db, { consultationId: id, personId: MAKETOVA.id, sessionId: MAKETOVA.id, outcome: 'failed', version: 1 }, product.now);
      return;
    case 'returnedElsewhere':
      if (first?.state === 'succeeded' && leftAt(first.providerId) >= 100) product.cashier.makesRefund(first.providerId, 100);
      return;
    case 'claims':
      return await claims(story);
    case 'answerLost':
      product.cashier.answerIsLost = true;
      return;
    case 'keysForgotten':
      product.now += DAY + HOUR;
      product.cashier.forgetsKeys();
      return;
    case 'bankRefuses':
      refusals = 1;
      return;
    case 'down':
    case 'up':
      product.cashier.down = event === 'down';
      return;
    case 'sweeps':
      return await sweeps();
  }
}

const returnedAt = (payment: string): number =>
  product.cashier.made
    .filter(one => one.paymentProviderId === payment && one.state === 'succeeded')
    .reduce((sum, one) => sum + one.amountMinor, 0);
const leftAt = (payment: string): number => (product.cashier.payments.get(payment)?.amountMinor ?? 0) - returnedAt(payment);

async function claims({ id, patient }: Story): Promise<void> {
  const claimId = newId();
  await claimOf({ id, anna: patient }, { id: claimId, number: claimId, demandedAt: product.now }).catch(() => 'one is open');
  const finance = await d1.prepare("SELECT person_id AS id FROM role WHERE role = 'finance'").first<{ id: string }>();
  const personId = finance?.id ?? '';
  const on = { claimId, consultationId: id, personId, sessionId: personId, version: 1 };
  await decide(db, { ...on, amountMinor: PRICE, reason: 'возвращаем всё' }, product.now);
}

const quietly = (work: Promise<unknown>) => work.catch(() => 'the provider is away');

async function sweeps(): Promise<void> {
  product.now += 2 * MINUTE;
  await quietly(askAboutOpen(product.ports));
  await quietly(settleUngranted(product.ports));
  await quietly(settleRefunds(product.ports, null));
}

/** Sweeps until nothing is on its way, or that has not become less for a long time. */
async function calms(): Promise<void> {
  for (let calm = 0; calm < 3; ) {
    product.now += HOUR;
    await sweeps();
    const { n } = (await d1
      .prepare(
        `SELECT (SELECT count(*) FROM refund WHERE settled_at IS NULL AND refused_at IS NULL) + (SELECT count(*) FROM ungranted)
          + (SELECT count(*) FROM payment WHERE provider_id IS NOT NULL AND succeeded_at IS NULL AND cancelled_at IS NULL AND amount_minor = ?1
            AND id NOT IN (SELECT subject_id FROM audit WHERE act = 'payment.mismatch')) AS n`,
      )
      .bind(PRICE)
      .first<{ n: number }>()) ?? { n: 0 };
    calm = n === 0 ? calm + 1 : calm + 0.02;
  }
}

interface Row {
  readonly id: string;
  readonly paid: number;
  readonly taken: number;
  readonly returned: number;
  readonly open: number;
  readonly refused: number;
  readonly kept: 'visit' | 'cancelled' | 'nothing';
  readonly free: number;
}

const STANDING = `SELECT c.id,
    (SELECT count(*) FROM payment p WHERE p.consultation_id = c.id AND p.succeeded_at IS NOT NULL) AS paid,
    (SELECT coalesce(sum(p.amount_minor), 0) FROM payment p WHERE p.consultation_id = c.id AND p.succeeded_at IS NOT NULL) AS taken,
    (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.consultation_id = c.id AND r.settled_at IS NOT NULL) AS returned,
    (SELECT count(*) FROM refund r WHERE r.consultation_id = c.id AND r.settled_at IS NULL AND r.refused_at IS NULL) AS open,
    (SELECT count(*) FROM refund r WHERE r.consultation_id = c.id AND r.settled_at IS NULL AND r.refused_at IS NOT NULL) AS refused,
    coalesce((SELECT x.return_minor FROM cancellation x WHERE x.consultation_id = c.id), 0) AS free,
    iif(EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = c.id AND n.outcome = 'failed') OR h.firm_at IS NULL, 'nothing',
      iif(EXISTS (SELECT 1 FROM cancellation x WHERE x.consultation_id = c.id), 'cancelled', 'visit')) AS kept
  FROM consultation c JOIN hold h ON h.consultation_id = c.id`;

test(`of ${STORIES} stories (seed ${SEED}) every kopeck is held for a visit, is back, or waits for a person`, {
  timeout: 3_600_000,
}, async () => {
  await freshClinic();
  product = new Product();
  product.now = NOON;
  refusals = 0;
  strict();
  const cast = await patients(Math.ceil(STORIES / HOLDS_OF_PERSON));
  const told = fc.sample(fc.array(fc.constantFrom(...EVENTS), { minLength: 2, maxLength: 9 }), { numRuns: STORIES, seed: SEED });
  const stories = new Map<string, Story>();
  for (const [n, events] of told.entries()) {
    const patient = cast[Math.floor(n / HOLDS_OF_PERSON)];
    if (!patient) throw new Error('no cast');
    // Twelve hours a day, so that nobody's visits overlap; far enough ahead for every day that passes meanwhile.
    const startsAt = NOON + 3000 * DAY + n * 30 * MINUTE;
    const story = { id: await booked(patient, startsAt), patient, startsAt, events };
    stories.set(story.id, story);
    product.cashier.down = false;
    for (const event of events) await happens(event, story);
  }

  product.cashier.down = false;
  product.cashier.answerIsLost = false;
  refusals = 0;
  await calms();
  const run = await beginNightly(product.ports, product.now);
  await d1.prepare('UPDATE reconciliation SET since = 1').run();
  for (let kind = ''; kind !== 'done'; product.now += 1) kind = (await stepReconciliation(product.ports, run)).kind;
  await calms();

  const { differences } = await ask(db, { differences: differencesRead(true, 0, 100_000) });
  const queued = Map.groupBy(differences, one => one.consultationId ?? '');
  const { results } = await d1.prepare(STANDING).all<Row>();
  for (const row of results) {
    const story = stories.get(row.id);
    if (!story) continue;
    const why = `${story.events.join(' ')} (seed ${SEED})`;
    const there = paymentsOf(story).filter(p => p.state === 'succeeded');
    const charged = there.filter(p => p.amountMinor === PRICE).reduce((sum, p) => sum + p.amountMinor, 0);
    const waits = (queued.get(row.id) ?? []).map(({ kind }) => kind);
    expect(row.taken, `money that came is recorded: ${why}`).toBe(charged);
    expect(row.returned, `money that went is recorded: ${why}`).toBe(there.reduce((sum, p) => sum + returnedAt(p.providerId), 0));
    for (const { providerId } of there) expect(leftAt(providerId), `nothing goes back twice: ${why}`).toBeGreaterThanOrEqual(0);
    if (there.some(p => p.amountMinor !== PRICE)) expect(waits, why).toContain('otherSum');
    expect(row.open, `nothing is left on its way: ${why}`).toBe(0);
    const mayKeep = row.kept === 'visit' ? PRICE : row.kept === 'cancelled' ? Math.max(0, PRICE - row.free) : 0;
    const isQueued = waits.some(kind => kind === 'refusedRefund' || kind === 'heldThoughFailed' || kind === 'undecidedMoney');
    if (!isQueued) expect(row.taken - row.returned, `no more is kept than may be: ${why}`).toBeLessThanOrEqual(mayKeep);
  }
});
