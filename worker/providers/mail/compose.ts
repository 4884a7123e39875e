// Puts a letter together from what Resend tells of it: headers, texts and attachments, as MIME. The same letter has the same bytes each time. Called by
// receiving.ts.
export interface Content {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string | null;
  readonly message_id: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly headers: Readonly<Record<string, string>> | null;
}

export interface Piece {
  readonly filename: string;
  readonly type: string;
  readonly contentId: string | null;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();
const line = (text: string): string => text.replace(/[\r\n]+/g, ' ');
/** They describe how the letter was packed, which is new here. */
const PACKING = /^(content-|mime-version$)/i;

export function composed(content: Content, pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const { id, text, html } = content;
  const drawn = pieces.filter(({ contentId }) => contentId !== null && html !== null);
  const attached = pieces.filter(piece => !drawn.includes(piece));
  const texts = [...(text === null ? [] : [said('plain', text)]), ...(html === null ? [] : [said('html', html)])];
  const body = packed('mixed', id, [packed('related', id, [packed('alternative', id, texts), ...drawn.map(part)]), ...attached.map(part)]);
  return joined([`${headOf(content).join('\r\n')}\r\n`, ...body]);
}

function headOf({ from, to, subject, message_id, headers }: Content): string[] {
  const given = Object.entries(headers ?? {}).filter(([name]) => !PACKING.test(name) && /^[!-9;-~]+$/.test(name));
  const named = new Set(given.map(([name]) => name.toLowerCase()));
  const known = { From: from, To: to.join(', '), Subject: subject ?? '', 'Message-ID': message_id };
  return [
    ...given.map(([name, value]) => `${name}: ${line(String(value))}`),
    ...Object.entries(known).flatMap(([name, value]) => (named.has(name.toLowerCase()) || !value ? [] : [`${name}: ${line(value)}`])),
    'MIME-Version: 1.0',
  ];
}

type Chunks = readonly (string | Uint8Array)[];

/** A single part needs no envelope; none is an empty text. */
function packed(kind: string, id: string, parts: readonly Chunks[]): Chunks {
  const given = parts.filter(one => one.length > 0);
  if (given.length <= 1) return given[0] ?? (kind === 'mixed' ? said('plain', '') : []);
  const boundary = `${kind}-${id}`;
  return [
    `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`,
    ...given.flatMap(one => [`--${boundary}\r\n`, ...one, '\r\n']),
    `--${boundary}--\r\n`,
  ];
}

const said = (kind: 'plain' | 'html', text: string): Chunks => coded(`text/${kind}; charset=utf-8`, [], encoder.encode(text));

const part = ({ filename, type, contentId, bytes }: Piece): Chunks => {
  const name = `filename*=UTF-8''${encodeURIComponent(line(filename)).replace(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)}`;
  const id = contentId === null ? [] : [`Content-ID: <${line(contentId).replace(/^<|>$/g, '')}>`];
  return coded(line(type), [`Content-Disposition: ${contentId === null ? 'attachment' : 'inline'}; ${name}`, ...id], bytes);
};

function coded(type: string, head: readonly string[], bytes: Uint8Array): Chunks {
  return [`${[`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...head].join('\r\n')}\r\n\r\n`, ...base64(bytes)];
}

/** Bytes of one line of 76 characters, and of one piece of many such lines. */
const LINE = 57;
const PIECE = LINE * 1000;

function base64(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    const text = btoa(Array.from(bytes.subarray(at, at + PIECE), byte => String.fromCharCode(byte)).join(''));
    lines.push(`${text.replace(/.{76}(?=.)/g, '$&\r\n')}\r\n`);
  }
  return lines;
}

function joined(chunks: Chunks): Uint8Array<ArrayBuffer> {
  const parts = chunks.map(chunk => (typeof chunk === 'string' ? encoder.encode(chunk) : chunk));
  const whole = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}
