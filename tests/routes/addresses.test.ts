// An address that does not take letters: it is said on «Приёмы», can be changed there, and what did not arrive is sent again.
import { beforeEach, describe, expect, test } from 'vitest';
import { changeAddress } from '../../worker/data/bounced-addresses.ts';
import { letterReported } from '../../worker/data/letters.ts';
import { sendAgain } from '../../worker/letters/send-again.ts';
import { sendLetter } from '../../worker/letters/send.ts';
import { MailUnavailable } from '../../worker/providers/mail/port.ts';
import { sha256 } from '../../worker/auth/seal.ts';
import { MINUTE, TOMORROW_14_30 } from '../cast.ts';
import { count, d1, db, freshClinic } from '../data/d1.ts';
import { type Meeting, meeting } from './meeting.ts';
import { jarAfter, Product, wordsOf } from './product.ts';

let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  visit = await meeting(TOMORROW_14_30);
});

/** Sends a letter, of which the mail provider says this later. */
async function letterIs(state: 'bounced' | 'failed', kind: 'paid' | 'reminder24h' = 'paid'): Promise<void> {
  await sendLetter(product.ports, { consultationId: visit.id, kind, scheduleVersion: 1 });
  const providerId = `mail-${product.mails.length}`;
  const why = state === 'failed' ? 'suppressed' : null;
  await letterReported(
    db,
    { id: `msg ${providerId}`, type: `email.${state}`, providerId, delivery: { state, why }, at: product.now + 1000 },
    product.now,
  );
  product.now += MINUTE;
}

const appointments = async () => wordsOf(await (await product.get('/appointments', visit.anna)).text());
const gives = (email: string, code?: string, cookies: Record<string, string> = {}) =>
  product.post('/appointments/address', { email, ...(code === undefined ? {} : { code }) }, visit.anna, { cookies });
const codeIn = () => /\b\d{6}\b/.exec(product.mails.at(-1)?.text ?? '')?.[0] ?? '';
/** The address of the visit. */
const OLD = 'anna@example.ru';
const SAYS_OLD = `Письма на ${OLD} не доходят.`;

/** Types another address and the code that came there. */
async function changesTo(email: string): Promise<Response> {
  const asked = await gives(email);
  return await gives(email, codeIn(), jarAfter(asked));
}

describe('an address that does not take letters', () => {
  test.each(['bounced', 'failed'] as const)('is said on «Приёмы» (%s), and nothing is said while letters arrive', async state => {
    expect(await appointments()).not.toContain('не доходят');
    expect((await product.get('/appointments/address', visit.anna)).headers.get('location')).toBe('/appointments');

    await letterIs(state);

    expect(await appointments()).toContain(SAYS_OLD);
    expect(wordsOf(await (await product.get('/appointments/address', visit.anna)).text())).toContain(SAYS_OLD);
  });

  test('is changed after a code came to the new one, and the letter that is still needed goes there with a key of its own', async () => {
    await letterIs('bounced');
    const asked = await gives('new@example.ru');
    expect(asked.status).toBe(422);
    expect(wordsOf(await asked.text())).toContain('Введите код из письма');
    expect(product.mails.at(-1)?.to).toBe('new@example.ru');

    const changed = await gives('new@example.ru', codeIn(), jarAfter(asked));

    expect(changed.headers.get('location')).toBe('/appointments?address=changed');
    const said = wordsOf(await (await product.get('/appointments?address=changed', visit.anna)).text());
    expect(said).toContain('Адрес изменён.');
    expect(said).not.toContain('не доходят');
    const [first, again] = product.mails.filter(({ key }) => key.startsWith('letter:'));
    expect([first?.to, again?.to]).toEqual([OLD, 'new@example.ru']);
    expect(again?.key).toBe(`${first?.key}:1`);
    expect(await count("SELECT count(*) AS n FROM letter WHERE state = 'sent' AND email = 'new@example.ru'")).toBe(1);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'address.change'")).toBe(1);
  });

  test('sends nothing that nobody needs any more', async () => {
    await letterIs('bounced', 'reminder24h');
    product.now = TOMORROW_14_30 + MINUTE;

    await changesTo('new@example.ru');

    expect(product.mails.filter(({ key, to }) => key.startsWith('letter:') && to === 'new@example.ru')).toEqual([]);
    expect(await count("SELECT count(*) AS n FROM letter WHERE why = 'notNeeded'")).toBe(1);
  });

  test('is told again when the new one does not take letters either', async () => {
    await letterIs('bounced');
    await changesTo('new@example.ru');
    const providerId = `mail-${product.mails.length}`;
    await letterReported(
      db,
      { id: 'msg again', type: 'email.bounced', providerId, delivery: { state: 'bounced', why: null }, at: product.now },
      product.now,
    );

    expect(await appointments()).toContain('Письма на new@example.ru не доходят.');
  });

  test('is not replaced by itself, nor by what is no address', async () => {
    await letterIs('bounced');

    for (const email of [OLD, ` ${OLD.toUpperCase()}`, 'nobody', '']) expect((await gives(email)).status).toBe(422);

    expect(await count('SELECT count(*) AS n FROM consultation WHERE email = ?1', OLD)).toBe(1);
  });

  test('may have a Cyrillic domain, and is shown as typed', async () => {
    await letterIs('bounced');

    // Chromium writes the domain of a field of the type email in Punycode.
    expect(await (await product.get('/appointments/address', visit.anna)).text()).not.toContain('type="email"');
    const changed = await changesTo(' Anna@Почта.рф ');

    expect(changed.headers.get('location')).toBe('/appointments?address=changed');
    expect(await count('SELECT count(*) AS n FROM consultation WHERE email = ?1', 'anna@почта.рф')).toBe(1);
  });

  test('is changed once, though two tabs give different ones', async () => {
    await letterIs('bounced');
    const asker = { tokenHash: await sha256(visit.anna.token), now: product.now };
    const session = await d1.prepare('SELECT id FROM session WHERE person_id = ?1').bind(visit.anna.id).first<{ id: string }>();
    const change = { asker, personId: visit.anna.id, sessionId: session?.id ?? '', from: OLD };

    const done = await Promise.all(['one@example.ru', 'other@example.ru'].map(to => changeAddress(db, { ...change, to })));

    expect(done.filter(isChanged => isChanged)).toHaveLength(1);
    // Nothing was changed by this one, so nothing says so.
    expect((await gives('third@example.ru')).headers.get('location')).toBe('/appointments');
  });

  test('whose letters wait for a busy mail provider is not forgotten: the cron sends them', async () => {
    await letterIs('bounced');
    const asked = await gives('new@example.ru');
    const code = codeIn();
    product.mailFaults.push(new MailUnavailable('down'));
    await gives('new@example.ru', code, jarAfter(asked));
    expect(await count("SELECT count(*) AS n FROM letter WHERE state = 'queued'")).toBe(1);

    await Promise.all([sendAgain(product.ports), sendAgain(product.ports)]);

    expect(await count("SELECT count(*) AS n FROM letter WHERE state = 'sent' AND email = 'new@example.ru'")).toBe(1);
    expect(
      new Set(product.mails.filter(({ to, key }) => to === 'new@example.ru' && key.startsWith('letter:')).map(({ key }) => key)).size,
    ).toBe(1);
  });

  test('that bounces a letter only after the change has that letter sent again too', async () => {
    await letterIs('bounced');
    await sendLetter(product.ports, { consultationId: visit.id, kind: 'reminder24h', scheduleVersion: 1 });
    const late = `mail-${product.mails.length}`;
    await changesTo('new@example.ru');
    await letterReported(
      db,
      { id: 'msg late', type: 'email.bounced', providerId: late, delivery: { state: 'bounced', why: null }, at: product.now },
      product.now,
    );

    await sendAgain(product.ports);

    expect(await count("SELECT count(*) AS n FROM letter WHERE kind = 'reminder24h' AND state = 'sent' AND email = 'new@example.ru'")).toBe(
      1,
    );
  });
});
