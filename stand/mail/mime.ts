// Writes a letter as a MIME message (RFC 5322), so that any mail program can open what the mailbox shows. Called by mailbox.ts.
import type { Letter } from './books.ts';
import type { Attachment } from './requests.ts';

export function mimeOf(letter: Letter): string {
  const { asked, at, messageId } = letter;
  const named = Object.entries(asked.headers ?? {}).map(([name, value]) => `${name}: ${encoded(value)}`);
  const head = [
    `From: ${person(asked.from)}`,
    `To: ${asked.to.map(person).join(', ')}`,
    ...(asked.cc === undefined ? [] : [`Cc: ${asked.cc.map(person).join(', ')}`]),
    ...(asked.reply_to === undefined ? [] : [`Reply-To: ${asked.reply_to.map(person).join(', ')}`]),
    `Subject: ${encoded(asked.subject)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    'MIME-Version: 1.0',
    ...named,
  ];
  return `${head.join('\r\n')}\r\n${bodyOf(letter)}\r\n`;
}

function bodyOf({ id, asked }: Letter): string {
  const texts = [
    ...(asked.text === undefined ? [] : [textPart('plain', asked.text)]),
    ...(asked.html === undefined ? [] : [textPart('html', asked.html)]),
  ];
  const inline = asked.attachments?.filter(({ content_id }) => content_id !== undefined) ?? [];
  const attached = asked.attachments?.filter(({ content_id }) => content_id === undefined) ?? [];
  const said = multipart('alternative', id, texts);
  const drawn = multipart('related', id, [said, ...inline.map(filePart)]);
  return multipart('mixed', id, [drawn, ...attached.map(filePart)]);
}

/** A single part is returned without a multipart envelope. */
function multipart(kind: 'alternative' | 'related' | 'mixed', id: string, parts: readonly string[]): string {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const boundary = `${kind}-${id}`;
  const inside = parts.map(part => `--${boundary}\r\n${part}\r\n`).join('');
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inside}--${boundary}--`;
}

function textPart(kind: 'plain' | 'html', text: string): string {
  return `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${folded(Buffer.from(text).toString('base64'))}`;
}

function filePart({ filename, content, content_type = 'application/octet-stream', content_id }: Attachment): string {
  // The name as in RFC 2231 for programs that support it, and an ASCII name for the others.
  const ascii = filename.replaceAll(/[^ -~]|["\\]/g, '_');
  const name = `filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename).replaceAll("'", '%27')}`;
  const place = content_id === undefined ? '' : `Content-ID: <${content_id}>\r\n`;
  const kind = content_id === undefined ? 'attachment' : 'inline';
  return `Content-Type: ${content_type}\r\nContent-Transfer-Encoding: base64\r\n${place}Content-Disposition: ${kind}; ${name}\r\n\r\n${folded(content)}`;
}

const folded = (base64: string) => base64.replaceAll(/.{76}(?=.)/g, '$&\r\n');

/** «Клиника <a@b.ru>» with the name encoded. */
function person(text: string): string {
  const parts = /^\s*"?(.*?)"?\s*<([^<>]+)>\s*$/.exec(text);
  if (parts === null || parts[1] === '') return parts?.[2] ?? text.trim();
  const name = parts[1] ?? '';
  return `${/^[\w .-]+$/.test(name) ? `"${name}"` : encoded(name, true)} <${parts[2]}>`;
}

/** RFC 2047: encoded words of at most 75 characters, split only between characters. */
function encoded(text: string, always = false): string {
  if (!always && /^[ -~]*$/.test(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map(one => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}
