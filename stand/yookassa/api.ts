// The HTTP API of the stand's YooKassa, /v3: checks the key and the request's form, then runs the operation. Mounted by yookassa.ts.
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { once } from './idempotence.ts';
import { list } from './lists.ts';
import { cancelPayment, capturePayment, createPayment, findPayment } from './payments.ts';
import { createReceipt as asReceipt } from './receipt-requests.ts';
import { createReceipt, findReceipt } from './receipts.ts';
import { badRequest, Refusal } from './refusal.ts';
import { createRefund, findRefund } from './refunds.ts';
import * as requests from './requests.ts';
import type { Shop } from './shop.ts';

export const operations = ['create', 'get', 'list', 'capture', 'cancel', 'refund', 'receipt'] as const;
type Operation = (typeof operations)[number];

export function apiRoutes(shop: Shop, secretKey: string): Hono {
  const api = new Hono();
  api.use('*', async (c, next) => {
    if (!isShop(c.req.header('authorization'), `${shop.id}:${secretKey}`))
      throw new Refusal(401, 'Error in shopId or secret key. Check their validity.');
    await next();
  });

  api.post('/payments', c => act(shop, c, 'create', requests.createPayment, asked => createPayment(shop, asked)));
  api.get('/payments', c =>
    read(shop, c, 'list', () => {
      const all = Object.values(shop.books.payments).map(({ payment: object, createdAt }) => ({ object, createdAt }));
      const fields = { status: ({ status }: (typeof all)[number]['object']) => status, payment_method: () => 'bank_card' };
      return list(c.req.query(), all, ({ id }) => id, fields, { captured_at: ({ captured_at }) => captured_at });
    }),
  );
  api.get('/payments/:id', c => read(shop, c, 'get', () => findPayment(shop, c.req.param('id')).payment));
  api.post('/payments/:id/capture', c =>
    act(shop, c, 'capture', requests.capturePayment, asked => capturePayment(shop, findPayment(shop, c.req.param('id')), asked)),
  );
  api.post('/payments/:id/cancel', c =>
    act(shop, c, 'cancel', requests.cancelPayment, () => cancelPayment(shop, findPayment(shop, c.req.param('id')))),
  );

  api.post('/refunds', c => act(shop, c, 'refund', requests.createRefund, asked => createRefund(shop, asked)));
  api.get('/refunds', c =>
    read(shop, c, 'list', () => {
      const all = Object.values(shop.books.refunds).map(({ refund: object, createdAt }) => ({ object, createdAt }));
      return list(c.req.query(), all, ({ id }) => id, { payment_id: ({ payment_id }) => payment_id, status: ({ status }) => status });
    }),
  );
  api.get('/refunds/:id', c => read(shop, c, 'get', () => findRefund(shop, c.req.param('id'))));

  api.post('/receipts', c => act(shop, c, 'receipt', asReceipt, asked => createReceipt(shop, asked)));
  api.get('/receipts', c =>
    read(shop, c, 'list', () => {
      const all = Object.values(shop.books.receipts).map(({ receipt: object, createdAt }) => ({ object, createdAt }));
      return list(c.req.query(), all, ({ id }) => id, {
        payment_id: one => one.payment_id,
        refund_id: one => one.refund_id,
        status: one => one.status,
      });
    }),
  );
  api.get('/receipts/:id', c => read(shop, c, 'get', () => findReceipt(shop, c.req.param('id'))));

  api.all('*', () => {
    throw new Refusal(404, 'There is no such method.');
  });
  api.onError((error, c) => {
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'Internal server error.');
    if (refusal !== error) console.error(error);
    return answer(c, refusal.status, refusal.body);
  });
  return api;
}

async function read(shop: Shop, c: Context, operation: Operation, look: () => object): Promise<Response> {
  await suffer(shop, operation);
  return c.json(look());
}

async function act<T>(shop: Shop, c: Context, operation: Operation, schema: z.ZodType<T>, doIt: (asked: T) => object): Promise<Response> {
  const text = await c.req.text();
  await suffer(shop, operation);
  const body = jsonOf(text, c.req.header('content-type'));
  const { status, body: said } = once(shop, c.req.header('idempotence-key'), [c.req.path, body], () => doIt(checked(schema, body)));
  const lost = status === 200 ? shop.faults.take('error', `${operation}-after`) : undefined;
  if (lost !== undefined) throw new Refusal(lost.status, 'The request was carried out, but you do not know it.');
  return answer(c, status, said);
}

async function suffer(shop: Shop, operation: Operation): Promise<void> {
  await shop.faults.pause(operation);
  const fault = shop.faults.take('error', operation);
  if (fault !== undefined) throw new Refusal(fault.status, 'A fault of the stand.');
}

function jsonOf(text: string, type = ''): unknown {
  if (text === '') return {};
  if (!type.startsWith('application/json')) throw badRequest('The body must be application/json.');
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body is not JSON.');
  }
}

function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const parameter = [...(issue?.path ?? []), ...unknown.slice(0, 1)].join('.');
  const isMissing = parameter === 'receipt' && issue?.code === 'invalid_type';
  throw badRequest(isMissing ? 'Receipt is missing or illegal' : `${parameter}: ${issue?.message}`, parameter);
}

function isShop(header: string | undefined, expected: string): boolean {
  const given = Buffer.from(header?.startsWith('Basic ') ? Buffer.from(header.slice(6), 'base64') : '');
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

// Statuses come from a fault's number or from a Refusal, which hono's list of literal types does not allow.
const answer = (c: Context, status: number, body: object) => c.json(body, status as ContentfulStatusCode);
