// The mailbox's own routes: pages for people, JSON and .eml for tests. Resend has none of them.
import { Hono } from 'hono';
import { page, policy } from '../page.ts';
import type { Books, Letter } from './books.ts';
import { mimeOf } from './mime.ts';
import { letterBody, listBody, shell } from './pages.ts';
import { bareAddress } from './requests.ts';

export function mailboxRoutes(books: Books): Hono {
  const app = new Hono();
  const find = (id: string) => books.letters.find(letter => letter.id === id);

  app.get('/', c => {
    const to = c.req.query('to')?.trim() ?? '';
    c.header('Content-Security-Policy', policy());
    return c.html(page({ ...shell, title: 'Письма', body: listBody(lettersTo(books, to).toReversed().slice(0, 100), to) }));
  });

  app.get('/letters/:id', c => {
    const letter = find(c.req.param('id'));
    if (letter === undefined) return c.notFound();
    c.header('Content-Security-Policy', policy());
    return c.html(page({ ...shell, title: letter.asked.subject, body: letterBody(letter), wide: true }));
  });

  app.get('/letters/:id/attachments/:index', c => {
    const attachment = find(c.req.param('id'))?.asked.attachments?.[Number(c.req.param('index'))];
    if (attachment === undefined) return c.notFound();
    c.header('Content-Type', attachment.content_type ?? 'application/octet-stream');
    // Always a download, because an attachment must not run as a page of the stand.
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`);
    return c.body(Buffer.from(attachment.content, 'base64'));
  });

  app.get('/__stand/letters', c => c.json(lettersTo(books, c.req.query('to') ?? '').map(forTests)));
  app.get('/__stand/letters/:file{.+\\.eml}', c => {
    const letter = find(c.req.param('file').slice(0, -'.eml'.length));
    if (letter === undefined) return c.notFound();
    return c.body(mimeOf(letter), 200, {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${letter.id}.eml"`,
    });
  });
  return app;
}

/** Oldest first; all of them when `to` is empty. */
function lettersTo(books: Books, to: string): readonly Letter[] {
  if (to === '') return books.letters;
  const wanted = to.toLowerCase();
  return books.letters.filter(({ asked }) =>
    [...asked.to, ...(asked.cc ?? []), ...(asked.bcc ?? [])].some(one => bareAddress(one).toLowerCase() === wanted),
  );
}

function forTests({ id, asked, at, lastEvent }: Letter): object {
  const { from, to, subject, text, html, headers = {}, attachments = [], tags = [] } = asked;
  const files = attachments.map(({ filename, content_type, content }) => ({ filename, contentType: content_type, content }));
  return { id, from, to, subject, text, html, headers, attachments: files, tags, at, lastEvent };
}
