// Letters to the clinic: the stand's mailbox writes real MIME for the Worker's door and speaks Resend's published contract for receiving; the adapter puts a
// letter together that says the same as the one that was written.
import PostalMime from 'postal-mime';
import { Resend } from 'resend';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { serveMail } from '../../stand/mail/mail.ts';
import { receiving } from '../../worker/providers/mail/receiving.ts';
import { resend } from '../../worker/providers/mail/resend.ts';
import { until } from '../patience.ts';
import { type Listener, listen } from './listener.ts';

const webhookSecret = `whsec_${Buffer.from('a webhook secret of the tests').toString('base64')}`;
const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Array.from({ length: 70_000 }, (_, i) => i % 251)]);
const SAID = z.object({ id: z.string(), messageId: z.string(), isTaken: z.boolean().nullable(), said: z.string().nullable() });

let clinic: Listener;
let stand: Awaited<ReturnType<typeof serveMail>>;

beforeEach(async () => {
  clinic = await listen();
  stand = await serveMail({ port: 0, apiKey: 're_test', webhookSecret, webhookUrl: clinic.url, workerUrl: clinic.url, heartbeatMs: 10 });
});
afterEach(async () => {
  await stand.close();
  await clinic.close();
});

const letter = (by: 'cloudflare' | 'resend') => ({
  from: 'Анна Тестова <anna@example.ru>',
  to: 'zayavlenie+token@clinic.example',
  subject: 'Заявление на возврат',
  text: 'Высылаю заявление.',
  files: [{ filename: 'лист.jpg', content: PHOTO.toString('base64'), content_type: 'image/jpeg' }],
  answers: '<ours@mail.example>',
  by,
});

const writes = async (by: 'cloudflare' | 'resend') => {
  const answer = await fetch(`${stand.url}/__stand/letters`, { method: 'POST', body: JSON.stringify(letter(by)) });
  return SAID.parse(await answer.json());
};

const port = () => receiving({ baseUrl: stand.url, apiKey: 're_test', webhookSecret, from: 'Клиника <a@clinic.example>' });
const bytesOf = async (raw: ReadableStream<Uint8Array>) => new Uint8Array(await new Response(raw).arrayBuffer());

test('a written letter goes to the Worker’s own door as a mail program would write it', async () => {
  const said = await writes('cloudflare');
  const [heard] = clinic.heard;
  const email = await PostalMime.parse(heard?.body ?? '');

  expect(said).toMatchObject({ isTaken: true, said: '200' });
  expect(heard?.url).toBe('/cdn-cgi/local/email?from=anna%40example.ru&to=zayavlenie%2Btoken%40clinic.example');
  expect([email.subject, email.text?.trim(), email.inReplyTo, email.messageId]).toEqual([
    'Заявление на возврат',
    'Высылаю заявление.',
    '<ours@mail.example>',
    said.messageId,
  ]);
  expect(email.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([['лист.jpg', 'image/jpeg']]);
});

test('a letter that Resend has received is named by a signed webhook, and read by the official client', async () => {
  const { id } = await writes('resend');
  await until(() => expect(clinic.heard).toHaveLength(1));
  const [heard] = clinic.heard;
  const mail = resend({ baseUrl: stand.url, apiKey: 're_test', webhookSecret, from: 'a@clinic.example' });

  const notice = await mail.parseNotice(heard?.body ?? '', new Headers(heard?.headers as Record<string, string>), Date.now());
  const official = await new Resend('re_test', { baseUrl: stand.url }).emails.receiving.get(id);

  expect(notice).toMatchObject({ type: 'email.received', providerId: id, delivery: null });
  expect(official.data).toMatchObject({
    id,
    subject: 'Заявление на возврат',
    to: ['zayavlenie+token@clinic.example'],
    attachments: [{ filename: 'лист.jpg' }],
  });
});

test('is put together by the adapter with all that was in it, the same bytes each time', async () => {
  const { id, messageId } = await writes('resend');

  const [first, second] = [await port().get(id), await port().get(id)];
  const bytes = await bytesOf(first?.raw ?? new Blob([]).stream());
  const email = await PostalMime.parse(bytes);

  expect(first).toMatchObject({ id, from: 'Анна Тестова <anna@example.ru>', to: 'zayavlenie+token@clinic.example', size: bytes.length });
  expect(await bytesOf(second?.raw ?? new Blob([]).stream())).toEqual(bytes);
  expect([email.from?.address, email.subject, email.text?.trim(), email.messageId, email.inReplyTo]).toEqual([
    'anna@example.ru',
    'Заявление на возврат',
    'Высылаю заявление.',
    messageId,
    '<ours@mail.example>',
  ]);
  expect(email.attachments.map(({ filename }) => filename)).toEqual(['лист.jpg']);
  expect(Buffer.from(email.attachments[0]?.content as ArrayBuffer).equals(PHOTO)).toBe(true);
});

test('the list tells of letters of which no notice came, the latest first', async () => {
  const ids = [(await writes('resend')).id, (await writes('resend')).id];

  expect(await port().list(null)).toEqual({ ids: ids.toReversed(), more: false });
  expect(await port().list(ids[1] ?? null)).toEqual({ ids: [ids[0]], more: false });
  expect(await port().get('00000000-0000-4000-8000-000000000000')).toBeNull();
});

test('when Resend fails, the letter is asked for again later', async () => {
  const { id } = await writes('resend');
  await fetch(`${stand.url}/__stand/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'error', on: 'get', count: 1 }),
  });

  await expect(port().get(id)).rejects.toThrow('internal_server_error');
  expect(await port().get(id)).toMatchObject({ id });
});

test('a person writes a letter with files in the form, and answers a letter of the clinic', async () => {
  const sent = await new Resend('re_test', { baseUrl: stand.url }).emails.send({
    from: 'Клиника <mail@clinic.example>',
    to: 'anna@example.ru',
    subject: 'Подпишите заявление',
    text: 'x',
    replyTo: 'zayavlenie+token@clinic.example',
  });
  const page = await (await fetch(`${stand.url}/write?answers=${sent.data?.id}`)).text();
  expect(page).toContain('value="zayavlenie+token@clinic.example"');
  expect(page).toContain('value="Re: Подпишите заявление"');

  const form = new FormData();
  for (const [name, value] of Object.entries({
    from: 'anna@example.ru',
    to: 'zayavlenie+token@clinic.example',
    subject: 'Re',
    text: 'да',
    answers: '<a@b.example>',
    by: 'cloudflare',
  }))
    form.append(name, value);
  form.append('files', new File([PHOTO], 'лист 1.jpg', { type: 'image/jpeg' }));
  await fetch(`${stand.url}/write`, { method: 'POST', body: form });

  await until(() => expect(clinic.heard.filter(({ url }) => url.startsWith('/cdn-cgi/'))).toHaveLength(1));
  const email = await PostalMime.parse(clinic.heard.find(({ url }) => url.startsWith('/cdn-cgi/'))?.body ?? '');
  expect(email.attachments.map(({ filename }) => filename)).toEqual(['лист 1.jpg']);
  expect(await (await fetch(`${stand.url}/written`)).text()).toContain('Клиника приняла.');
});
