// The whole product for tests of routes: real D1 and pages, with a clock and fake neighbours that the test controls.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { sealer } from '../../worker/auth/seal.ts';
import type { Bindings, World } from '../../worker/world.ts';
import { cabinet } from '../../worker/index.ts';
import type { IdentityPort, ProvenPerson } from '../../worker/providers/identity/port.ts';
import type { Mail, MailNotice } from '../../worker/providers/mail/port.ts';
import {
  type Bill,
  type ListedPayment,
  type Page,
  type ProviderPayment,
  type ProviderReceipt,
  type ProviderRefund,
  ProviderUnavailable,
  type RefundOrder,
  type SettlementOrder,
  type Span,
} from '../../worker/providers/payment/port.ts';
import type { SignaturePort } from '../../worker/providers/signature/port.ts';
import { calls } from '../../worker/providers/video/calls.ts';
import { yookassa } from '../../worker/providers/payment/yookassa.ts';
import { type CastPerson, NOON } from '../cast.ts';
import type { EdgeBinding } from '../../workflows/rules/limits.ts';
import { bindings, db } from '../data/d1.ts';

export const PUBLIC_URL = 'https://clinic.example';
export const SFU_SECRET = 'secret-of-the-calls-app';
const KEY = `k1:${btoa('0123456789abcdef0123456789abcdef')}`;

/** A fake payment provider: it records requests and answers as the test sets it. */
class Cashier {
  readonly provider = 'yookassa';
  readonly bills: Bill[] = [];
  /** The refunds that we asked for, one entry for each that was made. */
  readonly refunds: RefundOrder[] = [];
  readonly made: ProviderRefund[] = [];
  private receipts: (ProviderReceipt & { readonly about: string })[] = [];
  private readonly keys = new Map<string, ProviderRefund>();
  /** The next refund is made, and nobody hears of it. */
  answerIsLost = false;
  readonly payments = new Map<string, ProviderPayment>();
  down = false;
  /** How often the state of a payment was asked. */
  asked = 0;

  create(bill: Bill): Promise<ProviderPayment> {
    if (this.down) return Promise.reject(new ProviderUnavailable('down'));
    const known = [...this.payments.values()].find(p => p.paymentId === bill.key);
    if (known) return Promise.resolve(known);
    this.bills.push(bill);
    const payment: ProviderPayment = {
      providerId: `provider-${bill.key}`,
      state: 'pending',
      amountMinor: bill.amountMinor,
      currency: 'RUB',
      paymentId: bill.key,
      consultationId: bill.consultationId,
      confirmationUrl: `https://yoomoney.ru/checkout/${bill.key}`,
      method: null,
      cancelReason: null,
    };
    this.payments.set(payment.providerId, payment);
    return Promise.resolve(payment);
  }
  get(providerId: string) {
    this.asked++;
    return this.down ? Promise.reject(new ProviderUnavailable('down')) : Promise.resolve(this.payments.get(providerId) ?? null);
  }
  refundRequest(order: RefundOrder): string {
    return JSON.stringify(order);
  }
  refund(key: string, body: string): Promise<ProviderRefund> {
    if (this.down) return Promise.reject(new ProviderUnavailable('down'));
    const known = this.keys.get(key);
    if (known) return Promise.resolve(known);
    const order = JSON.parse(body) as RefundOrder;
    this.refunds.push(order);
    const refund = this.makesRefund(order.paymentProviderId, order.amountMinor, { refundId: order.key });
    this.keys.set(key, refund);
    if (!this.answerIsLost) return Promise.resolve(refund);
    this.answerIsLost = false;
    return Promise.reject(new ProviderUnavailable('the answer was lost'));
  }
  readonly isTest = true;
  /** What the provider's own list says of payments that it holds or made without real money. */
  readonly listed = new Map<string, Partial<ListedPayment>>();
  /** How many a page of a list has. */
  pageSize = 100;
  paymentsIn({ cursor }: Span): Promise<Page<ListedPayment>> {
    const all = [...this.payments.values()].map(p => ({ ...p, isHeld: false, isTest: true, ...this.listed.get(p.providerId) }));
    return this.down ? Promise.reject(new ProviderUnavailable('down')) : Promise.resolve(this.pageOf(all, cursor));
  }
  refundsIn({ cursor }: Span): Promise<Page<ProviderRefund>> {
    return Promise.resolve(this.pageOf(this.made, cursor));
  }
  private pageOf<T>(all: readonly T[], cursor: string | null): Page<T> {
    const from = Number(cursor ?? 0);
    const next = from + this.pageSize;
    return { items: all.slice(from, next), next: next < all.length ? String(next) : null };
  }
  getRefund(providerId: string): Promise<ProviderRefund | null> {
    return Promise.resolve(this.made.find(refund => refund.providerId === providerId) ?? null);
  }
  refundsOf(paymentProviderId: string): Promise<readonly ProviderRefund[]> {
    return Promise.resolve(this.made.filter(refund => refund.paymentProviderId === paymentProviderId));
  }
  receiptsOf(about: { readonly paymentId: string } | { readonly refundId: string }): Promise<readonly ProviderReceipt[]> {
    const id = 'refundId' in about ? about.refundId : about.paymentId;
    return Promise.resolve(this.receipts.filter(receipt => receipt.about === id));
  }
  settlementRequest(order: SettlementOrder): string {
    return JSON.stringify(order);
  }
  settle(key: string, body: string): Promise<ProviderReceipt> {
    const { paymentProviderId } = JSON.parse(body) as SettlementOrder;
    const receipt = {
      about: paymentProviderId,
      providerId: `rt-${key}`,
      state: 'pending',
      isReturn: false,
      setsOff: true,
      fiscal: null,
    } as const;
    this.receipts.push(receipt);
    if (!this.answerIsLost) return Promise.resolve(receipt);
    this.answerIsLost = false;
    return Promise.reject(new ProviderUnavailable('the answer was lost'));
  }
  /** The cash register has answered about every receipt of a payment or a refund. */
  registers(about: string, state: 'succeeded' | 'canceled' = 'succeeded'): void {
    const fiscal = state === 'succeeded' ? { document: '3986', storage: '9288000100115785', attribute: '2617603921' } : null;
    const ownOf = (isReturn: boolean) => ({ about, providerId: `rt-${about}`, isReturn, setsOff: false, state, fiscal });
    if (!this.receipts.some(receipt => receipt.about === about && !receipt.setsOff)) this.receipts.push(ownOf(about.startsWith('refund-')));
    this.receipts = this.receipts.map(receipt => (receipt.about === about ? { ...receipt, state, fiscal } : receipt));
  }
  /** A refund at the provider, by us or in its own cabinet. */
  makesRefund(paymentProviderId: string, amountMinor: number, given: Partial<ProviderRefund> = {}): ProviderRefund {
    const providerId = `refund-${this.made.length + 1}-${paymentProviderId}`.slice(0, 64);
    const refund = { providerId, paymentProviderId, amountMinor, refundId: null, state: 'succeeded', reason: null, ...given } as const;
    this.made.push(refund);
    return refund;
  }
  /** What the provider does after a day: another request under a known key is a new one. */
  forgetsKeys(): void {
    this.keys.clear();
  }
  readonly parseNotice = yookassa({
    apiUrl: 'https://api.yookassa.example/v3',
    shopId: '1',
    secretKey: 'x',
  }).parseNotice;
  /** The person pays, or the bank refuses. */
  ends(providerId: string, state: 'succeeded' | 'canceled', given: Partial<ProviderPayment> = {}): void {
    const payment = this.payments.get(providerId);
    if (!payment) throw new Error(`No payment ${providerId}.`);
    this.payments.set(providerId, { ...payment, state, method: 'bank_card:4477', ...given });
  }
}

export class Product {
  now = NOON;
  readonly cashier = new Cashier();
  readonly mails: Mail[] = [];
  /** With what the mail provider answers the next letters, before it takes one. */
  readonly mailFaults: Error[] = [];
  /** Webhooks that the mail provider has signed; the next request to /notices/resend is the first of them. */
  readonly mailNotices: MailNotice[] = [];
  /** Letters that the mail provider has received, by its ids. */
  readonly received = new Map<string, { readonly to: string; readonly bytes: Uint8Array<ArrayBuffer> }>();
  /** A fake signing service; null by default. */
  signature: SignaturePort | null = null;
  arrives: ProvenPerson | 'refused' | 'stale' = 'refused';
  /** What stands in front of the cabinet. Requests have the address 203.0.113.1 unless a test gives another. */
  trustedProxy: 'none' | 'cloudflare' = 'cloudflare';
  /** Lower limits of the edge, counted for each key and without a window. */
  readonly limits: Partial<Record<EdgeBinding, number>> = {};
  private readonly counts = new Map<string, number>();
  private readonly made: Partial<Record<EdgeBinding, RateLimit>> = {};
  private readonly app;
  private readonly world: World;

  constructor() {
    const identity: IdentityPort = {
      depart: departure => Promise.resolve(new URL(`https://gosuslugi.example/auth?state=${departure.state}`)),
      arrive: () => Promise.resolve(typeof this.arrives === 'string' ? { kind: this.arrives } : { kind: 'person', person: this.arrives }),
    };
    this.world = {
      settings: {
        PUBLIC_URL,
        HOST_URL: 'http://127.0.0.1:1',
        EDGE_KEYS: KEY,
        DATA_KEYS: KEY,
        GOSUSLUGI_ISSUER: 'https://gosuslugi.example',
        GOSUSLUGI_CLIENT_ID: 'clinic',
        GOSUSLUGI_CLIENT_SECRET: 'x'.repeat(32),
        YOOKASSA_API_URL: 'https://api.yookassa.example/v3',
        YOOKASSA_SHOP_ID: '1',
        YOOKASSA_SECRET_KEY: 'x'.repeat(32),
        CALLS_API_URL: 'https://calls.example/v1',
        CALLS_APP_ID: 'app',
        CALLS_APP_SECRET: SFU_SECRET,
        RESEND_BASE_URL: 'https://api.resend.example',
        RESEND_API_KEY: 're_test',
        RESEND_WEBHOOK_SECRET: 'whsec_dGVzdA==',
        MAIL_FROM: 'Клиника <mail@clinic.example>',
        TRUSTED_PROXY: 'none',
        LIVE_RELOAD: '0',
      },
      seal: sealer(KEY),
      identity,
      payment: this.cashier,
      paymentOf: () => this.cashier,
      mail: {
        send: mail => {
          const fault = this.mailFaults.shift();
          if (fault) return Promise.reject(fault);
          this.mails.push(mail);
          return Promise.resolve(`mail-${this.mails.length}`);
        },
        messageIdOf: id => Promise.resolve(`<${id}@clinic.example>`),
        parseNotice: () => Promise.resolve(this.mailNotices.shift() ?? null),
      },
      receiving: {
        list: () => Promise.resolve({ ids: [...this.received.keys()].toReversed(), more: false }),
        get: id => {
          const raw = this.received.get(id);
          if (raw === undefined) return Promise.resolve(null);
          return Promise.resolve({
            id,
            from: 'patient1@example.ru',
            to: raw.to,
            size: raw.bytes.length,
            raw: new Blob([raw.bytes]).stream(),
          });
        },
      },
      // The real adapter; a test that needs an SFU answers its requests (sfu.ts).
      video: calls({ apiUrl: 'https://calls.example/v1', appId: 'app', appSecret: SFU_SECRET, turnKeyId: null, turnKeySecret: null }),
      signature: null,
    };
    const worldNow = (): World => ({
      ...this.world,
      settings: { ...this.world.settings, TRUSTED_PROXY: this.trustedProxy },
      signature: this.signature,
    });
    this.app = cabinet({ worldOf: worldNow, now: () => this.now });
  }

  get ports() {
    return { db, world: { ...this.world, signature: this.signature }, now: this.now };
  }

  /** Sends one request as a browser of this person, and waits for the work that the route does after its answer. */
  async request(
    path: string,
    init: RequestInit & { as?: CastPerson | null; htmx?: boolean; cookies?: Record<string, string> } = {},
  ): Promise<Response> {
    const { as, htmx, cookies = {}, ...rest } = init;
    const headers = new Headers(rest.headers);
    const jar = { ...(as ? { '__Host-session': as.token } : {}), ...cookies };
    if (Object.keys(jar).length > 0)
      headers.set(
        'cookie',
        Object.entries(jar)
          .map(pair => pair.join('='))
          .join('; '),
      );
    if (!headers.has('cf-connecting-ip')) headers.set('cf-connecting-ip', '203.0.113.1');
    if (htmx) {
      headers.set('hx-request', 'true');
      headers.set('hx-request-type', 'partial');
    }
    if (rest.method === 'POST' && !headers.has('origin')) headers.set('origin', PUBLIC_URL);
    const context = createExecutionContext();
    const response = await this.app.fetch(
      new Request(PUBLIC_URL + path, { ...rest, headers, redirect: 'manual' }),
      { ...bindings, ...this.limiters } as unknown as Bindings,
      context,
    );
    await waitOnExecutionContext(context);
    return response;
  }

  /** One object a binding, as in a Worker: an isolate keeps its own counts by it. */
  private get limiters() {
    const limiter = (name: EdgeBinding) => ({
      limit: ({ key }: RateLimitOptions) => {
        const counted = (this.counts.get(`${name}:${key}`) ?? 0) + 1;
        this.counts.set(`${name}:${key}`, counted);
        return Promise.resolve({ success: counted <= (this.limits[name] ?? Number.POSITIVE_INFINITY) });
      },
    });
    for (const name of Object.keys(this.limits) as EdgeBinding[]) this.made[name] ??= limiter(name);
    return this.made;
  }

  get(path: string, as: CastPerson | null = null, htmx = false): Promise<Response> {
    return this.request(path, { as, htmx });
  }

  post(
    path: string,
    fields: Record<string, string>,
    as: CastPerson | null = null,
    given: { htmx?: boolean; cookies?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    return this.request(path, { method: 'POST', body: new URLSearchParams(fields), as, ...given });
  }
}

/** The words of a page: without markup, with white space (also narrow and no-break) folded. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim();

/** The address from which the fragment of this HTML reloads itself. */
export const reloadOf = (html: string): string => /hx-get="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? 'none';

/** The cookies of a browser after a response: new ones are added, dropped ones are gone. */
export function jarAfter(response: Response, jar: Readonly<Record<string, string>> = {}): Record<string, string> {
  const after: Record<string, string> = { ...jar };
  for (const line of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
    if (/max-age=0/i.test(line)) delete after[name];
    else after[name] = value;
  }
  return after;
}

export const cookieFrom = (response: Response, name: string): string => {
  const line = response.headers.getSetCookie().find(cookie => cookie.startsWith(`__Host-${name}=`)) ?? '';
  return line.slice(name.length + 8).split(';')[0] ?? '';
};
