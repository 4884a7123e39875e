// The journal: a line is written only by a row that changed, however often the same thing is told or clicked.
import { beforeEach, expect, test } from 'vitest';
import { cancelByPatient } from '../../worker/data/cancellations.ts';
import { documentsRead, signConsents, withdrawConsent } from '../../worker/data/consents.ts';
import { ask } from '../../worker/data/db.ts';
import { recordMoney } from '../../worker/data/payments.ts';
import { asksBack, recordRefund } from '../../worker/data/refunds.ts';
import { keepAnswers } from '../../worker/data/questionnaires.ts';
import { removesFile } from '../../worker/data/card-files.ts';
import { write } from '../../worker/data/db.ts';
import { newId } from '../../worker/data/ids.ts';
import { TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting } from '../routes/meeting.ts';
import { Product } from '../routes/product.ts';
import { count, d1, db, freshClinic } from './d1.ts';

let visit: Meeting;
let now: number;
let hand: { personId: string; sessionId: string };

beforeEach(async () => {
  await freshClinic();
  now = new Product().now;
  visit = await meeting(TOMORROW_14_30);
  const session = await d1.prepare('SELECT id FROM session WHERE person_id = ?1').bind(visit.anna.id).first<{ id: string }>();
  hand = { personId: visit.anna.id, sessionId: session?.id ?? '' };
});

const lines = (act: string) => count('SELECT count(*) AS n FROM audit WHERE act = ?1', act);

async function payment() {
  const id = newId();
  await d1
    .prepare(
      "INSERT INTO payment (id, consultation_id, attempt, amount_minor, currency, created_at, provider) VALUES (?1, ?2, 9, 230000, 'RUB', ?3, 'yookassa')",
    )
    .bind(id, visit.id, now)
    .run();
  const attempt = { id, consultationId: visit.id, amountMinor: 230_000, createdAt: now, provider: 'yookassa', providerId: 'p1' };
  return { ...attempt, confirmationUrl: null, succeededAt: null, cancelledAt: null };
}

test('money that is told five times is one line, also when it comes after a refusal', async () => {
  const attempt = await payment();
  await d1.prepare('UPDATE payment SET cancelled_at = ?2 WHERE id = ?1').bind(attempt.id, now).run();

  for (let n = 0; n < 5; n++) await recordMoney(db, { attempt, method: n === 4 ? 'sbp' : null }, now + n);

  expect(await lines('payment.succeed')).toBe(1);
  expect(await d1.prepare('SELECT succeeded_at, cancelled_at, method FROM payment WHERE id = ?1').bind(attempt.id).first()).toEqual({
    succeeded_at: now,
    cancelled_at: null,
    method: 'sbp',
  });
});

test('a refund is one line for each state', async () => {
  const attempt = await payment();
  await recordMoney(db, { attempt, method: null }, now);
  await write(db, asksBack({ consultationId: visit.id, paymentId: attempt.id, minor: 1_000, reason: 'twice' }, now));
  const { id = '' } = (await d1.prepare('SELECT id FROM refund').first<{ id: string }>()) ?? {};

  for (const state of ['pending', 'pending', 'succeeded', 'succeeded', 'canceled'] as const)
    await recordRefund(db, { id, providerId: 'r1', state, reason: null }, now);

  expect([await lines('refund.pending'), await lines('refund.succeeded'), await lines('refund.canceled')]).toEqual([1, 1, 0]);
});

test('a consent that is signed or withdrawn again adds nothing', async () => {
  const signer = { ...hand, now };
  const { documents } = await ask(db, { documents: documentsRead({ tokenHash: visit.anna.tokenHash, now }) });
  const ids = documents.map(({ id }) => id);
  await signConsents(db, signer, ids);
  expect(await lines('consent.sign')).toBe(0);

  await withdrawConsent(db, signer, ids[0] ?? '');
  await withdrawConsent(db, signer, ids[0] ?? '');
  await signConsents(db, signer, ids);

  expect([await lines('consent.withdraw'), await lines('consent.sign')]).toEqual([1, 1]);
});

test('answers that a concluded visit does not take, and a file that is not there, leave no line', async () => {
  await d1
    .prepare("INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?1, ?2, ?3, 'failed')")
    .bind(visit.id, TOMORROW_14_30 + 60_000, visit.doctor.id)
    .run();

  expect(await keepAnswers(db, { ...hand, consultationId: visit.id, base: 0, answers: {} as never }, now)).toBe('closed');
  await removesFile(db, { tokenHash: visit.anna.tokenHash, now }, newId(), false, hand);
  await cancelByPatient(db, { ...hand, consultationId: visit.id, returnMinor: 0, paid: true } as never, now);

  expect([await lines('questionnaire.answer'), await lines('card.fileRemoved'), await lines('consultation.cancel')]).toEqual([0, 0, 0]);
});
