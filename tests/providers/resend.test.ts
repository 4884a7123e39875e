// The adapter of Resend against the stand's mail: a letter is sent once, and a report about delivery is accepted only with the provider's
// signature.
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { serveMail } from '../../stand/mail/mail.ts';
import { type Mail, MailUnavailable } from '../../worker/providers/mail/port.ts';
import { resend } from '../../worker/providers/mail/resend.ts';
import { until } from '../patience.ts';
import { type Heard, type Listener, listen } from './listener.ts';

const FROM = 'Клиника <priem@clinic.test>';
const API_KEY = 're_for_tests_only';
const SECRET = `whsec_${Buffer.from('a webhook secret of the tests').toString('base64')}`;
const MINUTE = 60_000;
const Letters = z.array(z.looseObject({ id: z.string(), from: z.string(), attachments: z.array(z.record(z.string(), z.string())) }));

let clock = 0;
let clinic: Listener;
let stand: Awaited<ReturnType<typeof serveMail>>;

beforeEach(async () => {
  clock = 0;
  clinic = await listen();
  // Signatures contain the time, and the library that checks them uses the real clock.
  const now = () => Date.now() + clock;
  stand = await serveMail({ port: 0, apiKey: API_KEY, webhookSecret: SECRET, webhookUrl: clinic.url, now, heartbeatMs: 10 });
});
afterEach(async () => {
  await stand.close();
  await clinic.close();
});

describe('a letter', () => {
  test('arrives as it was written, with its calendar', async () => {
    const calendar = { filename: 'consultation.ics', content: 'BEGIN:VCALENDAR\r\nSUMMARY:Онлайн-приём\r\nEND:VCALENDAR\r\n' };

    const id = await adapter().send(mail({ calendar }));

    const [letter] = await letters();
    expect(letter).toMatchObject({
      id,
      from: FROM,
      to: ['anna@example.ru'],
      subject: 'Приём оплачен',
      text: 'Ждём вас.',
      html: '<p>Ждём вас.</p>',
    });
    expect(letter?.attachments).toEqual([
      {
        filename: 'consultation.ics',
        contentType: 'text/calendar; method=PUBLISH; charset=utf-8',
        content: Buffer.from(calendar.content).toString('base64'),
      },
    ]);
  });

  test('names the method of its calendar, so that a cancelling one takes the event away', async () => {
    await adapter().send(mail({ calendar: { filename: 'c.ics', content: 'BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n' } }));

    expect((await letters())[0]?.attachments[0]?.contentType).toBe('text/calendar; method=CANCEL; charset=utf-8');
  });

  test('without a calendar has nothing attached', async () => {
    await adapter().send(mail());

    expect((await letters())[0]?.attachments).toEqual([]);
  });

  test('sent twice with one key is one letter', async () => {
    const ids = [await adapter().send(mail()), await adapter().send(mail())];

    expect(ids[0]).toBe(ids[1]);
    expect(await letters()).toHaveLength(1);
  });

  test('sent again in other words, because the answer was lost and the facts have moved on, is the first one', async () => {
    await fault({ kind: 'error', on: 'send-after', count: 1 });

    await expect(adapter().send(mail())).rejects.toThrow(MailUnavailable);
    expect(await adapter().send({ ...mail(), text: 'Приём завтра' })).toBeNull();
    expect(await letters()).toHaveLength(1);
  });

  test('whose answer was lost is found under its key', async () => {
    await fault({ kind: 'error', on: 'send-after', count: 1 });

    await expect(adapter().send(mail())).rejects.toThrow(MailUnavailable);
    const id = await adapter().send(mail());

    expect((await letters()).map(letter => letter.id)).toEqual([id]);
  });

  test.each([500, 429])('that the provider answers with %i to may be sent again', async status => {
    await fault({ kind: 'error', on: 'send', count: 1, status });

    await expect(adapter().send(mail())).rejects.toThrow(MailUnavailable);
    await adapter().send(mail());

    expect(await letters()).toHaveLength(1);
  });

  test('that nobody answers to may be sent again', async () => {
    await stand.close();

    await expect(adapter().send(mail())).rejects.toThrow(MailUnavailable);
  });

  test('that the provider refuses is final when the letter is wrong, and passing when a setting is', async () => {
    await expect(adapter().send(mail({ to: 'nowhere' }))).rejects.toMatchObject({
      name: 'MailRefused',
      message: expect.stringMatching(/validation_error/),
    });
    await expect(resend({ ...settings(), apiKey: 're_wrong' }).send(mail())).rejects.toMatchObject({
      name: 'MailUnavailable',
      message: expect.stringMatching(/invalid_api_key/),
      pauseMs: 60_000,
    });
  });
});

describe('a report', () => {
  test.each([
    ['anna@example.ru', 'delivered'],
    ['bounce@example.ru', 'bounced'],
    ['complain@example.ru', 'complained'],
    ['delay@example.ru', 'delayed'],
  ] as const)('about a letter to %s says %s', async (to, state) => {
    const id = await adapter().send(mail({ to }));

    await until(async () => {
      const reports = await Promise.all(
        clinic.heard.map(({ body, headers }) => adapter().parseNotice(body, headersOf(headers), Date.now())),
      );
      expect(reports).toContainEqual(expect.objectContaining({ providerId: id, delivery: { state, why: null }, at: expect.any(Number) }));
      expect(reports).not.toContain(null);
    });
  });

  test('that was changed on the way is not believed', async () => {
    const { body, headers } = await heard();

    expect(await adapter().parseNotice(body.replace('email.sent', 'email.bounced'), headersOf(headers), Date.now())).toBeNull();
  });

  test.each(['svix-id', 'svix-timestamp', 'svix-signature'])('without its %s is not believed', async name => {
    const { body, headers } = await heard();

    expect(await adapter().parseNotice(body, headersOf({ ...headers, [name]: undefined }), Date.now())).toBeNull();
  });

  test('signed with another secret is not believed', async () => {
    const { body, headers } = await heard();
    const stranger = resend({ ...settings(), webhookSecret: `whsec_${Buffer.from('another secret').toString('base64')}` });

    expect(await stranger.parseNotice(body, headersOf(headers), Date.now())).toBeNull();
  });

  test('that is six minutes old, or from the future, is not believed', async () => {
    clock = -6 * MINUTE;
    const old = await heard();
    clock = 6 * MINUTE;
    const early = await heard();

    expect(await adapter().parseNotice(old.body, headersOf(old.headers), Date.now())).toBeNull();
    expect(await adapter().parseNotice(early.body, headersOf(early.headers), Date.now())).toBeNull();
  });

  test.each(['email.opened', 'email.scheduled', 'contact.created'])(
    'of the type %s is genuine and says nothing about the delivery',
    async type => {
      const body = JSON.stringify({ type, created_at: '2026-11-24T09:00:00.000Z', data: { email_id: 'e1' } });

      expect(await adapter().parseNotice(body, signedAs(body), Date.now())).toMatchObject({ type, providerId: 'e1', delivery: null });
    },
  );

  test('of a suppressed address says that the letter was not sent, and why', async () => {
    const body = JSON.stringify({ type: 'email.suppressed', created_at: '2026-11-24T09:00:00.000Z', data: { email_id: 'e1' } });

    expect(await adapter().parseNotice(body, signedAs(body), Date.now())).toMatchObject({
      delivery: { state: 'failed', why: 'suppressed' },
    });
  });

  test('that is no report of delivery is nothing', async () => {
    expect(await adapter().parseNotice('{}', new Headers(), Date.now())).toBeNull();
    expect(await adapter().parseNotice('', new Headers(), Date.now())).toBeNull();
  });
});

const settings = () => ({ baseUrl: stand.url, apiKey: API_KEY, webhookSecret: SECRET, from: FROM });
const adapter = () => resend(settings());

function mail(given: Partial<Mail> = {}): Mail {
  const words = { subject: 'Приём оплачен', html: '<p>Ждём вас.</p>', text: 'Ждём вас.' };
  return { key: 'letter:1', to: 'anna@example.ru', calendar: null, ...words, ...given };
}

/** The first webhook of a new letter. */
async function heard(): Promise<Heard> {
  const before = clinic.heard.length;
  await adapter().send(mail({ key: `letter:${before}` }));
  return await until(() => {
    const report = clinic.heard[before];
    if (report === undefined) throw new Error('Nothing was heard.');
    return report;
  });
}

const headersOf = (headers: Heard['headers']): Headers =>
  new Headers(Object.entries(headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : [])));

/** The headers with which the provider signs a webhook (docs.svix.com/receiving/verifying-payloads/how-manual). */
function signedAs(body: string): Headers {
  const [id, timestamp] = ['msg_1', String(Math.floor(Date.now() / 1000))];
  const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return new Headers({ 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` });
}

async function letters() {
  return Letters.parse(await (await fetch(`${stand.url}/__stand/letters`)).json());
}

async function fault(body: object): Promise<void> {
  const answer = await fetch(`${stand.url}/__stand/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}
