// Letters in D1: their state only moves forward, whoever tells it first, and each has an end with a reason.
import { beforeEach, describe, expect, test } from 'vitest';
import { endLateLetters, letterReported, letterSent, queueLetter } from '../../worker/data/letters.ts';
import { sendLetter, sendUnsent } from '../../worker/letters/send.ts';
import { MailRefused, MailUnavailable } from '../../worker/providers/mail/port.ts';
import { REMINDER_PATIENCE_MS } from '../../workflows/clocks.ts';
import { MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { type Meeting, meeting } from '../routes/meeting.ts';
import { Product, wordsOf } from '../routes/product.ts';
import { count, d1, db, freshClinic } from './d1.ts';

let product: Product;
let visit: Meeting;
let now: number;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
  now = product.now;
});

const order = (kind: 'paid' | 'lapsed' | 'reminder24h' = 'paid') => ({ consultationId: visit.id, kind, scheduleVersion: 1 }) as const;
const row = () => d1.prepare('SELECT state, why, state_at, sent_at, provider_id FROM letter').first();
const told = (state: 'delivered' | 'bounced' | 'sent', at: number, id = `msg ${state}`) =>
  letterReported(db, { id, type: `email.${state}`, providerId: 'mail-1', delivery: { state, why: null }, at }, now);
const page = async () => wordsOf(await (await product.get(`/consultations/${visit.id}`, visit.anna)).text());

describe('a letter', () => {
  test('that was delivered stays so when its sending is recorded again', async () => {
    const { id } = await queueLetter(db, order(), 'anna@example.ru', now);
    await letterSent(db, id, 'mail-1', now);
    await told('delivered', now + MINUTE);

    await letterSent(db, id, 'mail-1', now + 2 * MINUTE);
    await told('sent', now + 3 * MINUTE);

    expect(await row()).toMatchObject({ state: 'delivered', state_at: now + MINUTE, sent_at: now });
  });

  test('of which a webhook tells before the answer with its id is as the webhook says', async () => {
    const { id } = await queueLetter(db, order(), 'anna@example.ru', now);
    await told('bounced', now + 500);

    await letterSent(db, id, 'mail-1', now + 1_000);

    expect(await row()).toMatchObject({ state: 'bounced', state_at: now + 500, sent_at: now + 1_000 });
  });

  test('that the provider refuses has an end with words, for the patient and for the staff', async () => {
    const ports = { ...product.ports, world: { ...product.ports.world, mail: refuses() } };

    expect(await sendLetter(ports, order())).toEqual({ kind: 'refused' });

    expect(await row()).toMatchObject({ state: 'failed', why: 'refused', sent_at: null });
    expect(await page()).toContain('не отправлено: почтовая служба отказала');
    expect(wordsOf(await (await product.get('/desk', visit.doctor)).text())).toContain('письмо не дошло до адресата');
  });

  test('that was queued and is not needed any more has an end', async () => {
    const away = { ...product.ports, world: { ...product.ports.world, mail: isAway() } };
    await expect(sendLetter(away, order())).rejects.toThrow(MailUnavailable);
    expect(await page()).toContain('отправляем');
    await d1
      .prepare("INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?1, ?2, ?3, 'failed')")
      .bind(visit.id, TOMORROW_14_30 + MINUTE, visit.doctor.id)
      .run();

    expect(await sendLetter(product.ports, order())).toEqual({ kind: 'skipped' });

    expect(await row()).toMatchObject({ state: 'failed', why: 'notNeeded' });
    expect(await page()).not.toContain('отправляем');
  });

  test('that is a reminder and was given up is too late; another kind is still being sent', async () => {
    await queueLetter(db, order('reminder24h'), 'anna@example.ru', now);
    await queueLetter(db, order('paid'), 'anna@example.ru', now);

    await endLateLetters(db, now + REMINDER_PATIENCE_MS + 2 * MINUTE);

    expect(await count("SELECT count(*) AS n FROM letter WHERE kind = 'reminder24h' AND why = 'tooLate'")).toBe(1);
    expect(await count("SELECT count(*) AS n FROM letter WHERE kind = 'paid' AND state = 'queued'")).toBe(1);
  });
});

test('the letter about a cancelled hold removes no event, because none was given', async () => {
  const cancel = () =>
    d1
      .prepare("INSERT INTO cancellation (consultation_id, at, by, person_id, return_minor) VALUES (?1, ?2, 'patient', ?3, 0)")
      .bind(visit.id, now, visit.anna.id)
      .run();
  await d1.prepare('UPDATE hold SET firm_at = NULL').run();
  await cancel();

  await sendLetter(product.ports, { ...order(), kind: 'cancelled' });

  expect(product.mails[0]?.calendar).toBeNull();
  expect(product.mails[0]?.text).not.toContain('календар');
});

describe('a letter whose workflow is gone', () => {
  const unsent = async (minutes: number) => {
    const ports = { ...product.ports, now: now + minutes * MINUTE };
    await sendUnsent(ports);
    return await count("SELECT count(*) AS n FROM letter WHERE state = 'sent'");
  };

  test('is sent by the cron, once, and a reminder is not sent late', async () => {
    await queueLetter(db, order('reminder24h'), 'anna@example.ru', now);
    await queueLetter(db, order('paid'), 'anna@example.ru', now);
    expect(await unsent(9)).toBe(0);

    expect(await unsent(11)).toBe(1);
    expect(await unsent(40)).toBe(1);

    expect(product.mails).toHaveLength(1);
    expect(await row()).toMatchObject({ state: 'queued' });
  });

  test('and that nobody takes does not keep the others waiting', async () => {
    for (let n = 0; n < 25; n++)
      await d1
        .prepare(
          `INSERT INTO letter (id, consultation_id, kind, schedule_version, email, queued_at, state_at) VALUES (?1, ?2, 'paid', ?3, 'a@b.ru', ?4, ?4)`,
        )
        .bind(`letter ${n}`, visit.id, n + 1, now - n)
        .run();
    let taken = 0;
    const broken = {
      ...product.ports,
      world: { ...product.ports.world, mail: { ...isAway(), send: () => (taken++, Promise.reject(new MailUnavailable('down'))) } },
    };

    await expect(sendUnsent({ ...broken, now: now + 11 * MINUTE })).rejects.toThrow(MailUnavailable);
    await expect(sendUnsent({ ...broken, now: now + 12 * MINUTE })).rejects.toThrow(MailUnavailable);

    expect(taken).toBe(25);
  });
});

const refuses = () => ({ ...product.ports.world.mail, send: () => Promise.reject(new MailRefused('validation_error (422)')) });
const isAway = () => ({ ...product.ports.world.mail, send: () => Promise.reject(new MailUnavailable('down')) });
