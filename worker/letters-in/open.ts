// Opens a letter: repairs its bytes, lets postal-mime parse it, and returns its headers, its text and its parts in their order, those of a forwarded letter
// among them. Called by judge.ts.
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import type { LetterHeader } from '../../workflows/rules/letter-in.ts';
import { cleaned, lineOf } from '../../workflows/rules/text.ts';
import { addressIn, asciiOf } from '../letters/address.ts';
import { wordsIn } from './html-words.ts';
import { repaired } from './repair.ts';

export interface LetterPart {
  readonly name: string;
  /** As the letter says; the bytes decide. */
  readonly type: string;
  /** Bytes of the file. */
  readonly size: number;
  /** The file, when it came with the rest of the letter. */
  readonly content: Uint8Array<ArrayBuffer> | null;
  /** The file; null when it is larger than any that is taken. */
  readonly load: () => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Shown inside the text of an HTML letter. */
  readonly isDrawn: boolean;
}

export interface OpenLetter {
  readonly headers: readonly LetterHeader[];
  readonly messageId: string | null;
  /** The address of the one who wrote it, as addresses are compared; null without a readable one. */
  readonly sender: string | null;
  /** More than one From: it cannot be said who wrote it. */
  readonly hasTwoSenders: boolean;
  /** Addresses in the headers that say to whom it went. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly parts: readonly LetterPart[];
}

/** Deeper forwarded letters are parts that nobody opens. */
const FORWARDS = 3;
const TEXT_LENGTH = 8_000;
/** As long as a line of a header may be (RFC 5322, 2.1.1); a pattern is not tried on more. */
const LINE_LENGTH = 998;

/** Null when it is no letter that can be read. */
export async function openLetter(raw: Uint8Array): Promise<OpenLetter | null> {
  try {
    return await opened(raw);
  } catch {
    // postal-mime throws for what is nested too deep or has too many headers; the same bytes would do so again.
    return null;
  }
}

async function opened(raw: Uint8Array): Promise<OpenLetter> {
  const email = await parsed(raw);
  const headers = email.headers.map(({ key, value }) => ({ name: key, value }));
  const all = (name: string) => headers.filter(header => header.name === name).map(({ value }) => value);
  const senders = flat(all('from').length > 0 ? [email.from] : []);
  const from = senders[0] ?? null;
  return {
    headers,
    messageId: /<[^<>\s]{1,250}>/.exec(email.messageId ?? '')?.[0] ?? null,
    sender: from === null ? null : comparable(from),
    hasTwoSenders:
      all('from').length > 1 || senders.length > 1 || /<[^<>]*@[^<>]*>\s*,\s*.*@/.test((all('from')[0] ?? '').slice(0, LINE_LENGTH)),
    to: [...flat([...(email.to ?? []), ...(email.cc ?? [])]), ...all('delivered-to'), ...all('x-original-to'), ...all('envelope-to')],
    subject: lineOf(email.subject ?? '').slice(0, 500),
    text: cleaned(email.text ?? wordsIn(email.html ?? '', TEXT_LENGTH))
      .trim()
      .slice(0, TEXT_LENGTH),
    parts: await partsOf(email, FORWARDS),
  };
}

const parsed = (raw: Uint8Array): Promise<Email> => PostalMime.parse(repaired(raw), { forceRfc822Attachments: true, maxNestingDepth: 50 });

/** The form in which addresses are compared; null when it is none. */
export const comparable = (address: string): string | null => {
  const known = addressIn(address);
  return known === null ? null : asciiOf(known);
};

const flat = (addresses: readonly (Address | undefined)[]): string[] =>
  addresses.flatMap(one => (one === undefined ? [] : one.group === undefined ? [one.address] : one.group.map(({ address }) => address)));

async function partsOf(email: Email, depth: number): Promise<LetterPart[]> {
  const parts: LetterPart[] = [];
  for (const attachment of email.attachments) {
    const part = partOf(attachment, email.html ?? '');
    if (attachment.mimeType === 'message/rfc822' && depth > 0)
      parts.push(...(await partsOf(await parsed(part.content ?? new Uint8Array()), depth - 1)));
    else parts.push(part);
  }
  return parts;
}

function partOf({ filename, mimeType, contentId, related, content }: Attachment, html: string): LetterPart {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const id = contentId?.replace(/^<|>$/g, '') ?? '';
  return {
    name: lineOf(filename ?? '').slice(0, 200),
    type: mimeType.slice(0, 100),
    size: bytes.length,
    content: bytes,
    load: () => Promise.resolve(bytes),
    isDrawn: related === true && id !== '' && html.includes(`cid:${id}`),
  };
}
