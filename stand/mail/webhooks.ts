// Webhooks about letters, signed as Resend signs them (by Svix): HMAC-SHA256 over id, time and body. Each attempt has a new signature,
// because an old one expires. A webhook is sent until the clinic answers 2xx, with growing pauses, for a day.
import { createHmac, randomBytes } from 'node:crypto';
import type { Faults } from '../faults.ts';
import type { Outgoing } from '../outgoing.ts';
import type { Books, EmailEvent, Letter, Webhook } from './books.ts';
import { listed } from './received.ts';
import type { Written } from './written.ts';

const DAY = 24 * 3_600_000;

export interface Webhooks {
  tell(event: EmailEvent, letter: Letter): void;
  /** A letter has come in. */
  tellReceived(letter: Written): void;
  sendDue(): void;
}

export function createWebhooks(books: Books, faults: Faults, outgoing: Outgoing, secret: string, now: () => number): Webhooks {
  function send(webhook: Webhook): void {
    const { id, body } = webhook;
    webhook.attempts += 1;
    const headers = { 'user-agent': 'Svix-Webhooks (stand)', ...signatureOf(id, body, secret, now()) };
    outgoing.send(id, body, headers, answer => told(webhook, answer));
  }

  function told(webhook: Webhook, answer: string): void {
    webhook.lastAnswer = answer;
    if (/^2\d\d$/.test(answer)) {
      webhook.copies -= 1;
      if (webhook.copies === 0) webhook.end = 'delivered';
    } else if (now() - webhook.createdAt >= DAY) webhook.end = 'givenUp';
    else webhook.dueAt = now() + Math.min(1000 * 2 ** (webhook.attempts - 1), 30_000);
  }

  function queue(event: Webhook['event'], data: object): void {
    const names = ['webhook', `email.${event}`];
    const late = faults.take('delay', ...names)?.ms ?? 0;
    const end = faults.take('drop', ...names) === undefined ? undefined : 'dropped';
    const copies = faults.take('duplicate', ...names) === undefined ? 1 : 2;
    const body = JSON.stringify({ type: `email.${event}`, created_at: new Date(now()).toISOString(), data });
    const id = `msg_${randomBytes(12).toString('hex')}`;
    books.webhooks.push({ id, event, body, createdAt: now(), dueAt: now() + late, attempts: 0, copies, end });
  }

  return {
    tell: (event, letter) => queue(event, dataOf(event, letter)),
    tellReceived(letter) {
      const { id, ...facts } = listed(letter);
      queue('received', { email_id: id, ...facts });
    },
    sendDue() {
      for (const webhook of books.webhooks) {
        if (webhook.end === undefined && now() >= webhook.dueAt && outgoing.mayGo(webhook.id)) send(webhook);
      }
    },
  };
}

function dataOf(event: EmailEvent, { id, asked, at }: Letter): object {
  const bounce = {
    type: 'Permanent',
    subType: 'General',
    message: 'The mailbox does not exist (stand).',
    diagnosticCode: ['smtp; 550 5.1.1 user unknown'],
  };
  return {
    email_id: id,
    created_at: new Date(at).toISOString(),
    from: asked.from,
    to: asked.to,
    subject: asked.subject,
    ...(asked.tags === undefined ? {} : { tags: Object.fromEntries(asked.tags.map(({ name, value }) => [name, value])) }),
    ...(asked.headers === undefined ? {} : { headers: Object.entries(asked.headers).map(([name, value]) => ({ name, value })) }),
    ...(event === 'bounced' ? { bounce } : {}),
  };
}

function signatureOf(id: string, body: string, secret: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': timestamp, 'svix-signature': `v1,${signature}` };
}
