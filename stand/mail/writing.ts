// The mailbox's pages to write to the clinic or to answer one of its letters, and the same for tests: POST /__stand/letters. Mounted by mail.ts.
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { type Html, page, policy } from '../page.ts';
import type { Books } from './books.ts';
import { shell } from './pages.ts';
import { bareAddress } from './requests.ts';
import { rawOf, write, writing, type Written } from './written.ts';

interface Draft {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly answers: string | null;
}

/** `hands` gives a letter to the clinic; it resolves when the clinic has taken it, or will not. */
export function writingRoutes(books: Books, now: () => number, hands: (letter: Written) => Promise<void>): Hono {
  const app = new Hono();

  app.get('/write', c => {
    const answered = books.letters.find(({ id }) => id === c.req.query('answers'));
    const asked = answered?.asked;
    const draft: Draft = {
      from: asked === undefined ? (c.req.query('from') ?? '') : bareAddress(asked.to[0] ?? ''),
      to: asked === undefined ? (c.req.query('to') ?? '') : (asked.reply_to?.[0] ?? bareAddress(asked.from)),
      subject: asked === undefined ? '' : `Re: ${asked.subject}`,
      answers: answered?.messageId ?? null,
    };
    return shown(c, 'Письмо в клинику', formBody(draft));
  });

  app.post('/write', async c => {
    const form = await c.req.formData();
    const field = (name: string) => {
      const value = form.get(name);
      return typeof value === 'string' ? value : '';
    };
    const chosen = form.getAll('files').filter((file): file is File => file instanceof File && file.size > 0);
    const files = await Promise.all(chosen.map(fileOf));
    const draft = { from: field('from').trim(), to: field('to').trim(), subject: field('subject'), answers: field('answers') || null };
    const asked = writing.safeParse({ ...draft, text: field('text'), files, by: field('by') || 'cloudflare' });
    if (!asked.success) return shown(c, 'Письмо в клинику', formBody(draft, 'Проверьте адреса: от кого и кому.'), 422);
    const letter = write(books, asked.data, now());
    void hands(letter);
    return c.redirect('/written', 303);
  });

  app.get('/written', c => shown(c, 'Написанные письма', writtenBody(books.written.toReversed())));

  app.get('/written/:file{.+\\.eml}', c => {
    const letter = books.written.find(({ id }) => `${id}.eml` === c.req.param('file'));
    if (letter === undefined) return c.notFound();
    return c.body(rawOf(letter), 200, {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${letter.id}.eml"`,
    });
  });

  // For tests: answered when the clinic has taken the letter, or will not.
  app.post('/__stand/letters', async c => {
    const asked = writing.safeParse(await c.req.json().catch(() => undefined));
    if (!asked.success)
      return c.json({ message: asked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') }, 400);
    const letter = write(books, asked.data, now());
    await hands(letter);
    const { id, messageId, isTaken = null, said = null } = letter;
    return c.json({ id, messageId, isTaken, said });
  });
  return app;
}

const fileOf = async (file: File) => ({
  filename: file.name.replaceAll(/[\r\n]/g, ' ').slice(0, 255),
  content: Buffer.from(await file.arrayBuffer()).toString('base64'),
  content_type: file.type || 'application/octet-stream',
});

function shown(c: Context, title: string, body: Html, status: 200 | 422 = 200) {
  c.header('Content-Security-Policy', policy());
  return c.html(page({ ...shell, title, body }), status);
}

const formBody = (
  { from, to, subject, answers }: Draft,
  mistake?: string,
): Html => html`<p><a href="/">Все письма</a></p><h1>Письмо в клинику</h1>
${mistake === undefined ? '' : html`<p class="on" role="alert">${mistake}</p>`}
<form method="post" action="/write" enctype="multipart/form-data" class="card">
${answers === null ? '' : html`<input type="hidden" name="answers" value="${answers}">`}
<label>От кого<input name="from" type="text" inputmode="email" autocomplete="off" required value="${from}"></label>
<label>Кому<input name="to" type="text" inputmode="email" autocomplete="off" required value="${to}"></label>
<label>Тема<input name="subject" type="text" autocomplete="off" value="${subject}"></label>
<label>Текст<textarea name="text" rows="6"></textarea></label>
<label>Вложения<input name="files" type="file" multiple></label>
<label>Кто принимает письмо<select name="by"><option value="cloudflare">Cloudflare</option><option value="resend">Resend</option></select></label>
<p><button>Отправить</button></p></form>`;

const writtenBody = (letters: readonly Written[]): Html => html`<p><a href="/">Все письма</a></p><h1>Написанные письма</h1>
${letters.length === 0 ? html`<p class="card muted">Писем нет.</p>` : html`<ul class="line" aria-label="Написанные письма, новые сверху">${letters.map(row)}</ul>`}`;

const row = ({ id, subject, from, to, files, by, isTaken, said }: Written): Html =>
  html`<li class="card"><b>${subject || 'Без темы'}</b><p class="small muted">${from} → ${to}, вложений: ${files.length}. ${by === 'resend' ? 'Лежит у Resend.' : isTaken === true ? 'Клиника приняла.' : `Клиника ещё не приняла${said === undefined ? '' : `: ${said}`}.`}</p><p class="small"><a href="/written/${id}.eml">.eml</a></p></li>`;
