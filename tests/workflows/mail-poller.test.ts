// The poller against a real mail server: what lies in the mailbox reaches the edge byte for byte and signed, and is moved away only when the edge has it.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { envelopeIn, lookInto } from '../../temporal/mailbox.ts';
import { type MailboxSettings, parseMailboxSettings } from '../../temporal/mailbox-settings.ts';
import { digestIn, parseKeys, verifySigned } from '../../worker/auth/message-signature.ts';
import { hasMailServer, type MailServer, mailServer } from './mailbox-server.ts';

const EDGE_KEYS = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const ENV = { PUBLIC_URL: 'http://127.0.0.1:1', EDGE_KEYS, IMAP_HOST: '127.0.0.1', IMAP_USER: 'zayavlenie', IMAP_PASSWORD: 'secret' };

test('settings that are missing or malformed are named, each with its purpose', () => {
  expect(() => parseMailboxSettings({ ...ENV, IMAP_USER: '', IMAP_PORT: 'no' })).toThrow(
    /IMAP_PORT is missing or malformed: its port\. IMAP_USER is missing/,
  );
  expect(parseMailboxSettings(ENV)).toMatchObject({
    imap: { port: 993, secure: true },
    folders: { read: 'INBOX', taken: 'Taken' },
    everyMs: 30_000,
  });
});

describe('the envelope is read from the letter', () => {
  const of = (...lines: string[]) => envelopeIn(new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\nTo: not a header\r\n`));

  test('as the server has written it', () => {
    expect(of('Return-Path: <anna@example.ru>', 'Delivered-To: z+t@c.example', 'From: x@y.example', 'To: other@c.example')).toEqual({
      from: 'anna@example.ru',
      to: 'z+t@c.example',
    });
    expect(of('Return-Path: <>', 'To: Clinic\r\n <z@c.example>')).toEqual({ from: '', to: 'z@c.example' });
    expect(of('From: Anna <anna@example.ru>')).toEqual({ from: 'anna@example.ru', to: '' });
  });
});

interface Posted {
  readonly from: string | null;
  readonly to: string | null;
  readonly body: Buffer;
  readonly isGenuine: boolean;
}

describe.skipIf(!hasMailServer)('with Dovecot (skipped where this machine has none)', () => {
  const posted: Posted[] = [];
  /** Answers of the edge, in turn; the last one stands. */
  let answers: [number, object][] = [[200, { kind: 'taken' }]];
  let edge: Server;
  let mail: MailServer;
  let settings: MailboxSettings;

  beforeAll(async () => {
    edge = createServer((request, response) => {
      void heardOf(request).then(one => {
        posted.push(one);
        const [status, said] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [200, {}];
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
      });
    });
    await new Promise<void>(resolve => edge.listen(0, '127.0.0.1', resolve));
    mail = await mailServer();
    const { port } = edge.address() as AddressInfo;
    settings = parseMailboxSettings({
      ...ENV,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      IMAP_PORT: String(mail.imapPort),
      IMAP_SECURE: 'false',
    });
  });
  afterEach(() => {
    posted.length = 0;
    answers = [[200, { kind: 'taken' }]];
  });
  afterAll(async () => {
    await mail?.stop();
    edge?.close();
    edge?.closeAllConnections();
  });

  async function heardOf(request: IncomingMessage): Promise<Posted> {
    const body = await buffer(request);
    const url = new URL(request.url ?? '', settings.edge);
    const copy = new Request(url, { method: 'POST', headers: request.headers as Record<string, string> });
    const verdict = await verifySigned(copy, null, parseKeys(EDGE_KEYS), Date.now(), () => Promise.resolve(false));
    const isWhole = digestIn(copy.headers) === createHash('sha256').update(body).digest('hex');
    return { from: url.searchParams.get('from'), to: url.searchParams.get('to'), body, isGenuine: verdict.kind === 'genuine' && isWhole };
  }

  const letter = (n: number, bytes = '') =>
    `From: Anna <anna@example.ru>\r\nTo: zayavlenie@clinic.example\r\nSubject: letter ${n}\r\nMessage-ID: <${n}@example.ru>\r\n\r\n${bytes}text\r\n`;
  const arrives = async (n: number, bytes = '') =>
    expect(await mail.deliver('anna@example.ru', 'zayavlenie+token@clinic.example', letter(n, bytes))).toMatch(/^250 /);

  async function subjectsIn(folder: string): Promise<string[]> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: mail.imapPort,
      secure: false,
      auth: { user: 'zayavlenie', pass: 'secret' },
      logger: false,
    });
    await client.connect();
    const lock = await client.getMailboxLock(folder);
    const all = await client.fetchAll('1:*', { envelope: true }).catch(() => []);
    lock.release();
    await client.logout();
    return all.map(({ envelope }) => envelope?.subject ?? '');
  }

  test('letters reach the edge signed, with their envelope and every byte, and are moved away', async () => {
    await arrives(1, '\xff\xfe\x80 \xc7\n');
    await arrives(2);

    expect(await lookInto(settings)).toEqual({ taken: 2, refused: 0, left: 0 });

    expect(posted.map(({ from, to, isGenuine }) => ({ from, to, isGenuine }))).toEqual([
      { from: 'anna@example.ru', to: 'zayavlenie+token@clinic.example', isGenuine: true },
      { from: 'anna@example.ru', to: 'zayavlenie+token@clinic.example', isGenuine: true },
    ]);
    expect(posted[0]?.body.toString('latin1')).toContain('\xff\xfe\x80 \xc7');
    expect([await subjectsIn('INBOX'), await subjectsIn('Taken')]).toEqual([[], ['letter 1', 'letter 2']]);
    expect(await lookInto(settings)).toEqual({ taken: 0, refused: 0, left: 0 });
  });

  test('a letter stays until the edge has it: an error, a proxy’s page, then the same again', async () => {
    await arrives(3);
    answers = [
      [503, { kind: 'cut' }],
      [404, { message: 'a proxy' }],
      [200, { kind: 'again' }],
    ];

    expect(await lookInto(settings)).toEqual({ taken: 0, refused: 0, left: 1 });
    expect(await lookInto(settings)).toEqual({ taken: 0, refused: 0, left: 1 });
    expect(await lookInto(settings)).toEqual({ taken: 1, refused: 0, left: 0 });
    expect(await subjectsIn('Taken')).toContain('letter 3');
  });

  test('a letter that the edge refuses for good is put aside and not lost', async () => {
    await arrives(4);
    answers = [[413, { kind: 'tooLarge' }]];

    expect(await lookInto(settings)).toEqual({ taken: 0, refused: 1, left: 0 });
    expect(await subjectsIn('Refused')).toEqual(['letter 4']);
  });

  test('a wrong password is said', async () => {
    await expect(lookInto({ ...settings, imap: { ...settings.imap, password: 'wrong' } })).rejects.toThrow();
  });
});
