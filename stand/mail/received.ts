// The part of Resend's API about letters that it has received: the list, one letter, its attachments with addresses to download them, good for an hour. Mounted
// by api.ts, behind its checks of the key.
import { type Context, Hono } from 'hono';
import type { Books } from './books.ts';
import type { Written, WrittenFile } from './written.ts';

const HOUR_MS = 3_600_000;
const LIMIT = 100;

export function receivedRoutes(books: Books, now: () => number): Hono {
  const app = new Hono();
  const all = () => books.written.filter(({ by }) => by === 'resend').toReversed();
  const find = (c: Context) => all().find(({ id }) => id === c.req.param('id'));
  const missing = (c: Context) => c.json({ statusCode: 404, name: 'not_found', message: 'Email not found' }, 404);
  const fileOf = (c: Context, letter: Written, file: WrittenFile) => ({
    ...factsOf(file),
    download_url: `${new URL(c.req.url).origin}/received/${letter.id}/${file.id}?until=${now() + HOUR_MS}`,
    expires_at: new Date(now() + HOUR_MS).toISOString(),
  });

  app.get('/emails/receiving', c => {
    const limit = Math.min(LIMIT, Math.max(1, Number(c.req.query('limit') ?? LIMIT)));
    const letters = all();
    const after = c.req.query('after');
    const from = after === undefined ? 0 : letters.findIndex(({ id }) => id === after) + 1;
    const data = letters.slice(from, from + limit).map(listed);
    return c.json({ object: 'list', has_more: letters.length > from + limit, data });
  });

  app.get('/emails/receiving/:id', c => {
    const letter = find(c);
    if (letter === undefined) return missing(c);
    const headers = letter.answers === null ? {} : { 'in-reply-to': letter.answers, references: letter.answers };
    return c.json({ object: 'email', ...listed(letter), html: null, text: letter.text, headers });
  });

  app.get('/emails/receiving/:id/attachments', c => {
    const letter = find(c);
    if (letter === undefined) return missing(c);
    return c.json({ object: 'list', has_more: false, data: letter.files.map(file => fileOf(c, letter, file)) });
  });

  app.get('/emails/receiving/:id/attachments/:file', c => {
    const letter = find(c);
    const file = letter?.files.find(({ id }) => id === c.req.param('file'));
    return letter === undefined || file === undefined ? missing(c) : c.json({ object: 'attachment', ...fileOf(c, letter, file) });
  });

  // Not behind the key, because the address itself is the right to download.
  app.get('/received/:id/:file', c => {
    const file = find(c)?.files.find(({ id }) => id === c.req.param('file'));
    if (file === undefined || Number(c.req.query('until')) < now()) return c.text('AccessDenied', 403);
    return c.body(Buffer.from(file.content, 'base64'), 200, { 'content-type': file.content_type, 'content-disposition': 'attachment' });
  });
  return app;
}

const factsOf = ({ id, filename, content_type, content }: WrittenFile) => ({
  id,
  filename,
  content_type,
  content_disposition: 'attachment',
  size: Buffer.byteLength(content, 'base64'),
});

export const listed = ({ id, from, to, subject, messageId, at, files }: Written) => ({
  id,
  from,
  to: [to],
  subject,
  message_id: messageId,
  bcc: [],
  cc: [],
  reply_to: [],
  created_at: new Date(at).toISOString(),
  attachments: files.map(factsOf),
});
