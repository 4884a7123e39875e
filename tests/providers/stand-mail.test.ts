// The stand's mail answers as Resend does, signs its webhooks so that the official library accepts them, and keeps every letter.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resend } from 'resend';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { serveMail } from '../../stand/mail/mail.ts';
import { until } from '../patience.ts';
import { type Heard, type Listener, listen } from './listener.ts';

const webhookSecret = `whsec_${Buffer.from('a webhook secret of the tests').toString('base64')}`;
const noon = Date.UTC(2025, 10, 25, 9);
const answered = z.looseObject({ id: z.string(), name: z.string(), statusCode: z.number(), last_event: z.string() }).partial();
const kept = z.array(
  z.looseObject({
    id: z.string(),
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string().optional(),
    attachments: z.array(z.object({ filename: z.string(), contentType: z.string().optional(), content: z.string() })),
  }),
);

let now = noon;
let stand: Awaited<ReturnType<typeof serveMail>>;
let clinic: Listener;

beforeEach(async () => {
  now = noon;
  clinic = await listen();
  stand = await serveMail(settings());
});
afterEach(async () => {
  await stand.close();
  await clinic.close();
});

test('a letter sent by the official client lies in the mailbox as it was written', async () => {
  const resend = new Resend('re_test', { baseUrl: stand.url });
  const ics = Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n');

  const { data, error } = await resend.emails.send({
    from: 'Клиника «Пример» <clinic@example.ru>',
    to: 'anna@example.ru',
    subject: 'Приём завтра',
    text: 'Завтра в 14:30 (МСК).',
    html: '<p>Завтра в <b>14:30</b> (МСК).</p>',
    headers: { 'X-Consultation': 'c1' },
    attachments: [{ filename: 'приём.ics', content: ics, contentType: 'text/calendar; method=REQUEST' }],
    tags: [{ name: 'kind', value: 'reminder' }],
  });
  const [letter] = await lettersTo('anna@example.ru');

  expect(error).toBeNull();
  expect(letter).toMatchObject({
    id: data?.id,
    to: ['anna@example.ru'],
    subject: 'Приём завтра',
    text: 'Завтра в 14:30 (МСК).',
    headers: { 'X-Consultation': 'c1' },
    at: noon,
  });
  expect(letter?.attachments).toEqual([
    { filename: 'приём.ics', contentType: 'text/calendar; method=REQUEST', content: ics.toString('base64') },
  ]);
});

test('the whole letter can be taken out as a file that any mail program opens', async () => {
  const subject = 'Напоминание о приёме: завтра, в понедельник, в четырнадцать тридцать';
  const { body } = await send({
    ...letter(),
    subject,
    html: '<p>Здравствуйте</p>',
    attachments: [{ filename: 'протокол.pdf', content: btoa('%PDF'), content_type: 'application/pdf' }],
  });

  const file = await (await fetch(`${stand.url}/__stand/letters/${body.id}.eml`)).text();
  const header = /^Subject: (.*(?:\r\n .*)*)/m.exec(file)?.[1] ?? '';
  const words = [...header.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)];

  expect(words.map(([, base64 = '']) => Buffer.from(base64, 'base64').toString()).join('')).toBe(subject);
  expect(words.every(([word]) => word.length <= 75)).toBe(true);
  expect(file).toMatch(
    /Content-Type: multipart\/mixed;[\s\S]*multipart\/alternative;[\s\S]*text\/plain;[\s\S]*text\/html;[\s\S]*application\/pdf/,
  );
  expect(file).toContain("filename*=UTF-8''%D0%BF%D1%80%D0%BE%D1%82%D0%BE%D0%BA%D0%BE%D0%BB.pdf");
});

describe('a request that breaks a rule is refused', () => {
  test.each([
    ['without a recipient', { ...letter(), to: undefined }, 422],
    ['to nobody', { ...letter(), to: [] }, 422],
    ['to fifty-one people', { ...letter(), to: Array.from({ length: 51 }, (_, n) => `a${n}@example.ru`) }, 422],
    ['to something that is not an address', { ...letter(), to: 'anna' }, 422],
    ['without a subject', { ...letter(), subject: undefined }, 422],
    ['with a line break in the subject', { ...letter(), subject: 'a\r\nBcc: b@example.ru' }, 422],
    ['without any text', { ...letter(), text: undefined }, 422],
    ['with an unknown field', { ...letter(), colour: 'red' }, 422],
    ['with a tag in Russian', { ...letter(), tags: [{ name: 'вид', value: 'x' }] }, 422],
    ['with an attachment that is not base64', { ...letter(), attachments: [{ filename: 'a', content: 'ы' }] }, 422],
  ])('%s', async (_, body, status) => {
    expect(await send(body)).toMatchObject({ status, body: { statusCode: status, name: expect.any(String), message: expect.any(String) } });
  });

  test('without a key, with a wrong one, and without a User-Agent', async () => {
    const keyless = await send(letter(), { authorization: undefined });
    const stranger = await send(letter(), { authorization: 'Bearer re_wrong' });
    const nameless = await send(letter(), { 'user-agent': '' });

    expect([keyless, stranger, nameless]).toMatchObject([
      { status: 401, body: { name: 'missing_api_key' } },
      { status: 403, body: { name: 'invalid_api_key' } },
      { status: 403, body: { name: 'invalid_access' } },
    ]);
  });
});

test('a key sends a letter once, and is refused for another letter', async () => {
  const key = { 'idempotency-key': 'letter:c1:paid:1' };

  const first = await send(letter(), key);
  const again = await send(letter(), key);
  const another = await send({ ...letter(), subject: 'Другое' }, key);
  const long = await send(letter(), { 'idempotency-key': 'k'.repeat(257) });

  expect(again.body.id).toBe(first.body.id);
  expect(another).toMatchObject({ status: 409, body: { name: 'invalid_idempotent_request' } });
  expect(long).toMatchObject({ status: 400, body: { name: 'invalid_idempotency_key' } });
  expect(await lettersTo('anna@example.ru')).toHaveLength(1);
});

describe('webhooks', () => {
  test('are signed so that the official library believes them and nobody else can', async () => {
    now = Date.now();
    const { body } = await send({ ...letter(), tags: [{ name: 'kind', value: 'paid' }] });

    await until(() => expect(heard()).toHaveLength(1));
    const [first] = heard();
    const headers = { id: text(first, 'svix-id'), timestamp: text(first, 'svix-timestamp'), signature: text(first, 'svix-signature') };
    const { webhooks } = new Resend('re_test');

    expect(webhooks.verify({ payload: first?.body ?? '', headers, webhookSecret })).toMatchObject({
      type: 'email.sent',
      data: { email_id: body.id, tags: { kind: 'paid' } },
    });
    expect(() => webhooks.verify({ payload: `${first?.body} `, headers, webhookSecret })).toThrow();
    expect(() => webhooks.verify({ payload: first?.body ?? '', headers, webhookSecret: `whsec_${btoa('another')}` })).toThrow();
  });

  test.each([
    ['anna@example.ru', ['email.sent', 'email.delivered'], 'delivered'],
    ['bounce@example.ru', ['email.sent', 'email.bounced'], 'bounced'],
    ['anybody@bounce.example.ru', ['email.sent', 'email.bounced'], 'bounced'],
    ['complain@example.ru', ['email.sent', 'email.delivered', 'email.complained'], 'complained'],
    ['delay@example.ru', ['email.sent', 'email.delivery_delayed', 'email.delivered'], 'delivered'],
  ])('tell what became of a letter to %s', async (to, events, last) => {
    const { body } = await send({ ...letter(), to });

    for (const [index] of events.entries()) {
      await until(() => expect(heard()).toHaveLength(index + 1));
      now += index === 0 ? 200 : 3000;
    }
    expect(heard().map(({ type }) => type)).toEqual(events);
    expect((await get(`/emails/${body.id}`)).last_event).toBe(last);
  });

  test('are repeated under the same id until they are taken', async () => {
    clinic.answers.push(500, 503);
    await send(letter());

    await until(() => expect(heard()).toHaveLength(1));
    now += 100;
    await until(async () => expect((await state()).webhooks).toMatchObject([{ attempts: 1, lastAnswer: '500' }]));
    now += 1000;
    await until(() => expect(heard().filter(({ type }) => type === 'email.sent')).toHaveLength(2));
    const [first, second] = heard().filter(({ type }) => type === 'email.sent');

    expect(text(second, 'svix-id')).toBe(text(first, 'svix-id'));
    expect(text(second, 'svix-signature')).not.toBe(text(first, 'svix-signature'));
  });

  test('come twice or never when told so', async () => {
    await fault({ kind: 'duplicate', on: 'email.sent', count: 1 });
    await fault({ kind: 'drop', on: 'email.delivered', count: 1 });
    await send(letter());
    now += 200;

    await until(async () =>
      expect((await state()).webhooks).toMatchObject([
        { event: 'sent', attempts: 2, end: 'delivered' },
        { event: 'delivered', attempts: 0, end: 'dropped' },
      ]),
    );
    expect(heard().map(({ type }) => type)).toEqual(['email.sent', 'email.sent']);
  });
});

test('an error is answered when told so and the letter is not taken', async () => {
  await fault({ kind: 'error', on: 'send', status: 429, count: 1 });

  const limited = await send(letter());
  const nothing = await lettersTo('anna@example.ru');
  const repeated = await send(letter());

  expect(limited).toMatchObject({ status: 429, body: { name: 'rate_limit_exceeded' } });
  expect([nothing.length, repeated.status]).toEqual([0, 200]);
});

test('the mailbox shows a letter in a sandbox and gives its files away only as downloads', async () => {
  const { body } = await send({
    ...letter(),
    html: '<script>alert(1)</script>',
    attachments: [{ filename: 'a.html', content: btoa('<script>'), content_type: 'text/html' }],
  });

  const list = await (await fetch(`${stand.url}/?to=anna@example.ru`)).text();
  const page = await fetch(`${stand.url}/letters/${body.id}`);
  const file = await fetch(`${stand.url}/letters/${body.id}/attachments/0`);

  expect(list).toContain('Оплата получена');
  expect(await page.text()).toContain('<iframe sandbox="" srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"');
  expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
});

test('a restart forgets nothing', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'stand-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await stand.close();
  stand = await serveMail({ ...settings(), dir });
  const { body } = await send(letter());
  await stand.close();
  stand = await serveMail({ ...settings(), dir });

  expect(await lettersTo('ANNA@example.ru')).toMatchObject([{ id: body.id }]);
});

const heard = () => clinic.heard.map(one => ({ ...one, type: String(JSON.parse(one.body).type) }));

function letter() {
  return { from: 'Клиника <clinic@example.ru>', to: 'anna@example.ru', subject: 'Оплата получена', text: 'Приём завтра.' };
}

function settings() {
  return { port: 0, apiKey: 're_test', webhookSecret, webhookUrl: clinic.url, now: () => now, heartbeatMs: 10 };
}

async function send(body: object, headers: Record<string, string | undefined> = {}) {
  const all = { authorization: 'Bearer re_test', 'content-type': 'application/json', ...headers };
  const given = Object.entries(all).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  const answer = await fetch(`${stand.url}/emails`, { method: 'POST', headers: given, body: JSON.stringify(body) });
  return { status: answer.status, body: answered.parse(await answer.json()) };
}

async function get(path: string) {
  return answered.parse(await (await fetch(stand.url + path, { headers: { authorization: 'Bearer re_test' } })).json());
}

async function lettersTo(to: string) {
  return kept.parse(await (await fetch(`${stand.url}/__stand/letters?to=${encodeURIComponent(to)}`)).json());
}

async function state() {
  return z.looseObject({ webhooks: z.array(z.looseObject({})) }).parse(await (await fetch(`${stand.url}/__stand/state`)).json());
}

async function fault(body: object): Promise<void> {
  const answer = await fetch(`${stand.url}/__stand/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}

const text = (one: Heard | undefined, name: string): string => String(one?.headers[name]);
