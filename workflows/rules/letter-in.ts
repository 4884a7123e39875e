// Letters that come in, as plain functions of their headers: whether a program wrote one, which claim it names, and what is said of its parts. Called by
// worker/letters-in.

/** A letter of more bytes is refused at the door; mail programs send no larger ones (developers.cloudflare.com/email-service). */
export const LETTER_BYTES = 25 * 1024 * 1024;
/** Of a letter without its large files. A larger one is kept and not opened: the parser needs four times its size, and a Worker has 128 MB. */
export const OPENED_BYTES = 12 * 1024 * 1024;

/** By whom it was taken in. Stored values. */
export type Door = 'email' | 'resend' | 'poller';

export const MACHINES = ['bounce', 'autoReply', 'list', 'ours'] as const;
export type Machine = (typeof MACHINES)[number];

/** By what the claim was found; `person`: somebody of the clinic has attached it. */
export const MATCHES = ['token', 'reference', 'number', 'person'] as const;
export type MatchedBy = (typeof MATCHES)[number];

/** Why a person has to look at a letter. `words`: somebody wrote words to an open claim and no file that it could take. */
export const LETTER_WHYS = [
  'unknown',
  'claimIsOver',
  'claimIsFull',
  'twoSenders',
  'tooLarge',
  'unreadable',
  'encrypted',
  'uuencoded',
  'words',
] as const;
export type LetterWhy = (typeof LETTER_WHYS)[number];

/** What became of a part. `kept`: a file of the claim; `again`: the claim has it already; `candidate`: readable, but of no claim yet. */
export const PART_VERDICTS = [
  'kept',
  'again',
  'candidate',
  'full',
  'logo',
  'aside',
  'heic',
  'winmail',
  'encrypted',
  'empty',
  'cut',
  'tooLarge',
  'type',
  'tooManyPixels',
  'tooManyPages',
  'pdfActive',
] as const;
export type PartVerdict = (typeof PART_VERDICTS)[number];

/** Verdicts that say nothing to whoever wrote the letter. */
const SILENT: readonly PartVerdict[] = ['logo', 'aside'];

/** What the automatic answer says. */
export type LetterAnswer = 'accepted' | 'again' | 'heic' | 'unopened' | 'full' | 'noFile';

export function answerTo(verdicts: readonly PartVerdict[]): LetterAnswer {
  const said = verdicts.filter(verdict => !SILENT.includes(verdict));
  if (said.includes('kept')) return 'accepted';
  if (said.includes('full')) return 'full';
  if (said.includes('again')) return 'again';
  if (said.includes('heic')) return 'heic';
  return said.length > 0 ? 'unopened' : 'noFile';
}

export interface LetterHeader {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

const valueOf = (headers: readonly LetterHeader[], name: string): string =>
  headers
    .find(header => header.name === name)
    ?.value.trim()
    .toLowerCase() ?? '';

/**
 * What kind of program wrote it; null for a person. `ours` are the clinic's own addresses. X-Auto-Response-Suppress alone says nothing: Outlook puts it
 * into what people write.
 */
export function machineOf(
  headers: readonly LetterHeader[],
  { envelopeFrom, sender, ours }: { readonly envelopeFrom: string; readonly sender: string | null; readonly ours: readonly string[] },
): Machine | null {
  const type = valueOf(headers, 'content-type');
  if (type.startsWith('multipart/report')) return /report-type\s*=\s*"?delivery-status/.test(type) ? 'bounce' : 'autoReply';
  if (headers.some(({ name }) => name === 'x-clinic-auto') || (sender !== null && ours.includes(sender))) return 'ours';
  if (headers.some(({ name }) => name === 'list-id')) return 'list';
  const precedence = valueOf(headers, 'precedence');
  if (['bulk', 'list', 'junk'].includes(precedence)) return 'list';
  const submitted = valueOf(headers, 'auto-submitted');
  const isAutomatic =
    envelopeFrom === '' ||
    (submitted !== '' && !/^no\b/.test(submitted)) ||
    precedence === 'auto_reply' ||
    ['x-loop', 'x-autoreply', 'x-autorespond'].some(name => !['', 'no'].includes(valueOf(headers, name)));
  return isAutomatic ? 'autoReply' : null;
}

const TOKEN = /\+([a-z2-7]{26})@/;

/** The token in the first of the addresses that has one; null without. */
export function tokenIn(addresses: readonly string[]): string | null {
  for (const address of addresses) {
    const token = TOKEN.exec(address.toLowerCase())?.[1];
    if (token !== undefined) return token;
  }
  return null;
}

/** The number of a claim in a subject, as it is stored: В-2026-00042. People also write it with the Latin letter. */
export function claimNumberIn(subject: string): string | null {
  const found = /(?<![\p{L}\d])[ВвBb]\s?[-‐‑–—]\s?(\d{4})\s?[-‐‑–—]\s?(\d{5,7})(?!\d)/u.exec(subject);
  return found === null ? null : `В-${found[1]}-${found[2]}`;
}

const MOST_IDS = 50;

/** The message ids in a header, with their brackets, the latest first. */
export const messageIdsIn = (value: string): string[] => (value.match(/<[^<>\s]{3,250}>/g) ?? []).slice(-MOST_IDS).reverse();
