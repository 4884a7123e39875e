// The stand's mail: Resend's API, a mailbox that anyone can open, and signed webhooks. stand/up.ts serves it on port 8804; the cabinet
// reaches it at RESEND_BASE_URL.
import { Hono } from 'hono';
import { createFaults, faultRoutes } from '../faults.ts';
import { createOutgoing } from '../outgoing.ts';
import { serve } from '../serve.ts';
import { apiRoutes } from './api.ts';
import { openBooks } from './books.ts';
import { mailboxRoutes } from './mailbox.ts';
import { deskBody, shell } from './pages.ts';
import { moveLetters } from './post.ts';
import { createWebhooks } from './webhooks.ts';
import { handOver, type Written } from './written.ts';
import { writingRoutes } from './writing.ts';

export interface MailOptions {
  readonly apiKey: string;
  /** «whsec_» and a key in base64. */
  readonly webhookSecret: string;
  readonly webhookUrl?: string;
  /** Where the Worker takes in letters, as Cloudflare would hand them over. */
  readonly workerUrl?: string;
  /** The folder for its state between starts. */
  readonly dir?: string;
  readonly now?: () => number;
  /** Milliseconds between two checks of what is due. */
  readonly heartbeatMs?: number;
}

const events = [
  'webhook',
  'email.received',
  'email.sent',
  'email.delivered',
  'email.delivery_delayed',
  'email.bounced',
  'email.complained',
];

function createMail(
  {
    apiKey,
    webhookSecret,
    webhookUrl = 'http://127.0.0.1:8787/notices/resend',
    workerUrl = 'http://127.0.0.1:8787',
    dir,
    now = Date.now,
    heartbeatMs = 100,
  }: MailOptions,
  ending: AbortSignal,
) {
  const { books, save } = openBooks(dir, now);
  const points = { delay: ['send', 'get', ...events], error: ['send', 'get', 'send-after'], drop: events, duplicate: events };
  const faults = createFaults(points, ending);
  const outgoing = createOutgoing(webhookUrl, ending);
  const webhooks = createWebhooks(books, faults, outgoing, webhookSecret, now);
  const moveWhatIsDue = () => {
    moveLetters(books, now(), webhooks.tell);
    webhooks.sendDue();
  };
  const heartbeat = setInterval(moveWhatIsDue, heartbeatMs);
  const writing = setInterval(save, 1000);

  const state = () => ({
    letters: books.letters.length,
    webhooks: books.webhooks.map(({ body, ...webhook }) => ({ ...webhook, sent: JSON.parse(body) })),
  });
  const app = new Hono();
  app.route(
    '/',
    apiRoutes(books, faults, apiKey, now, () => setImmediate(moveWhatIsDue)),
  );
  const hands = async (letter: Written): Promise<void> => {
    if (letter.by === 'resend') webhooks.tellReceived(letter);
    else await handOver(letter, workerUrl, ending);
  };
  app.route('/', mailboxRoutes(books));
  app.route('/', writingRoutes(books, now, hands));
  app.route(
    '/__stand',
    faultRoutes(faults, shell, () => deskBody(books.letters, books.webhooks, webhookUrl), state),
  );
  return {
    app,
    async close() {
      clearInterval(heartbeat);
      clearInterval(writing);
      await outgoing.ended();
      save();
    },
  };
}

/** Port 0 takes any free port. */
export const serveMail = (options: MailOptions & { readonly port: number }) =>
  serve(options.port, (_, ending) => createMail(options, ending));
