// The part of Resend's API that the cabinet uses: POST /emails, GET /emails/:id and received letters, with its keys, its checks and its errors. Mounted by
// mail.ts.
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Faults } from '../faults.ts';
import type { Books, Letter } from './books.ts';
import { takeLetter } from './post.ts';
import { receivedRoutes } from './received.ts';
import { LARGEST_LETTER, sendEmail } from './requests.ts';

export function apiRoutes(books: Books, faults: Faults, apiKey: string, now: () => number, taken: () => void): Hono {
  const api = new Hono();

  api.use('/emails/*', async (c, next) => {
    if (!c.req.header('user-agent')) return no(c, 403, 'invalid_access', 'The request has no User-Agent.');
    const key = c.req.header('authorization');
    if (key === undefined) return no(c, 401, 'missing_api_key', 'Missing API key in the authorization header.');
    if (key !== `Bearer ${apiKey}`) return no(c, 403, 'invalid_api_key', 'API key is invalid.');
    const operation = c.req.method === 'POST' ? 'send' : 'get';
    await faults.pause(operation);
    const fault = faults.take('error', operation);
    if (fault !== undefined)
      return no(c, fault.status, fault.status === 429 ? 'rate_limit_exceeded' : 'internal_server_error', 'A fault of the stand.');
    await next();
  });

  api.post('/emails', async c => {
    const key = c.req.header('idempotency-key');
    if (key !== undefined && (key.length < 1 || key.length > 256))
      return no(c, 400, 'invalid_idempotency_key', 'The key must be between 1 and 256 characters.');
    const text = await c.req.text();
    if (text.length > LARGEST_LETTER) return no(c, 413, 'validation_error', 'The letter is larger than 40 MB.');
    const asked = sendEmail.safeParse(jsonOf(text));
    if (!asked.success) {
      const [issue] = asked.error.issues;
      const missing = issue?.code === 'invalid_type' && issue.message.endsWith('undefined');
      return no(c, 422, missing ? 'missing_required_field' : 'validation_error', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
    }
    const end = takeLetter(books, asked.data, key, now());
    if (end.kind === 'keyUsedForAnother')
      return no(c, 409, 'invalid_idempotent_request', 'This idempotency key has been used with another body.');
    if (end.kind === 'taken') taken();
    const lost = faults.take('error', 'send-after');
    if (lost !== undefined) return no(c, lost.status, 'internal_server_error', 'The letter was taken, but you do not know it.');
    return c.json({ id: end.kind === 'taken' ? end.letter.id : end.id });
  });

  api.route('/', receivedRoutes(books, now));

  api.get('/emails/:id', c => {
    const letter = books.letters.find(({ id }) => id === c.req.param('id'));
    return letter === undefined ? no(c, 404, 'not_found', 'Email not found') : c.json(emailOf(letter));
  });
  return api;
}

function emailOf({ id, messageId, asked, at, lastEvent }: Letter): object {
  const { from, to, subject, html, text, cc = [], bcc = [], reply_to = [] } = asked;
  const created_at = new Date(at).toISOString().replace('T', ' ').replace('Z', '000+00');
  return {
    object: 'email',
    id,
    message_id: messageId,
    to,
    from,
    created_at,
    subject,
    html,
    text,
    bcc,
    cc,
    reply_to,
    last_event: lastEvent,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// A fault's status can be any number, which hono's list of literal types does not allow.
const no = (c: Context, statusCode: number, name: string, message: string) =>
  c.json({ statusCode, name, message }, statusCode as ContentfulStatusCode);
