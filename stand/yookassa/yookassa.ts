// The stand's YooKassa: API, payment page, notices and controls at one address. stand/up.ts serves it on port 8802; the cabinet reaches it
// at YOOKASSA_API_URL. A heartbeat runs what is due: expiry, cash registers, repeated notices.
import { Hono } from 'hono';
import { createFaults, faultRoutes } from '../faults.ts';
import { createOutgoing } from '../outgoing.ts';
import { serve } from '../serve.ts';
import { apiRoutes, operations } from './api.ts';
import { openBooks } from './books.ts';
import { checkoutRoutes } from './checkout.ts';
import { shell } from './checkout-page.ts';
import { deskBody, deskRoutes, deskState } from './desk.ts';
import { forgetOldKeys } from './idempotence.ts';
import { createNotices } from './notices.ts';
import { expirePayments } from './payments.ts';
import { registerReceipts } from './receipts.ts';
import type { Shop } from './shop.ts';

export interface YookassaOptions {
  readonly shopId: string;
  readonly secretKey: string;
  /** The address for notices. */
  readonly noticeUrl?: string;
  /** The address of the payment page for browsers, without a trailing slash. */
  readonly url: string;
  /** The folder for its state between starts. */
  readonly dir?: string;
  readonly now?: () => number;
  /** Milliseconds between two checks of what is due. */
  readonly heartbeatMs?: number;
}

const points = ['notice', 'payment.succeeded', 'payment.canceled', 'payment.waiting_for_capture', 'refund.succeeded'];

function createYookassa(
  { shopId, secretKey, noticeUrl = 'http://127.0.0.1:8787/notices/yookassa', url, dir, now = Date.now, heartbeatMs = 250 }: YookassaOptions,
  ending: AbortSignal,
) {
  const { books, save } = openBooks(dir);
  const possible = {
    delay: [...operations, ...points],
    error: [...operations, 'create-after', 'capture-after', 'cancel-after', 'refund-after', 'receipt-after'],
    duplicate: points,
    drop: points,
    reorder: points,
    'refund-pending': ['refund'],
  };
  const faults = createFaults(possible, ending);
  const outgoing = createOutgoing(noticeUrl, ending);
  const notices = createNotices(books, faults, outgoing, now);
  const shop: Shop = { books, faults, id: shopId, now, url: () => url, tell: notices.tell };

  const moveWhatIsDue = () => {
    expirePayments(shop);
    registerReceipts(shop);
    notices.sendDue();
  };
  const heartbeat = setInterval(moveWhatIsDue, heartbeatMs);
  const writing = setInterval(() => {
    forgetOldKeys(shop);
    save();
  }, 1000);

  const app = new Hono();
  app.use('*', async (_, next) => {
    moveWhatIsDue();
    await next();
  });
  app.get('/', c => c.redirect('/__stand'));
  app.route('/v3', apiRoutes(shop, secretKey));
  app.route('/checkout', checkoutRoutes(shop));
  app.route(
    '/__stand',
    faultRoutes(
      faults,
      shell,
      () => deskBody(shop, noticeUrl),
      () => deskState(shop),
    ),
  );
  app.route('/__stand', deskRoutes(shop));
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
export const serveYookassa = (options: Omit<YookassaOptions, 'url'> & { readonly port: number; readonly url?: string }) =>
  serve(options.port, (url, ending) => createYookassa({ ...options, url: options.url ?? url }, ending));
