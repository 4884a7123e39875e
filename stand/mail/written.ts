// Letters that a person writes to the clinic in the stand's mailbox: as MIME they go to the Worker's own door for mail, as Cloudflare would hand them over, or
// they wait in the list of Resend, whose webhook then names them. A letter that is not taken is sent again, as mail servers do. Called by mailbox.ts and api.ts.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Books } from './books.ts';
import { mimeOf } from './mime.ts';
import { bareAddress } from './requests.ts';

export interface WrittenFile {
  readonly id: string;
  readonly filename: string;
  readonly content_type: string;
  /** Base64. */
  readonly content: string;
}

export interface Written {
  readonly id: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly WrittenFile[];
  /** The Message-ID of the letter that it answers. */
  readonly answers: string | null;
  readonly by: 'cloudflare' | 'resend';
  readonly at: number;
  /** What the clinic's door has said last; absent while nobody has asked it. */
  said?: string;
  isTaken?: boolean;
}

const oneLine = z.string().regex(/^[^\r\n]*$/);
const address = oneLine.max(320).refine(text => /^[^\s@<>]+@[^\s@<>]+$/.test(bareAddress(text)), 'must be an address');

export const writing = z.strictObject({
  from: address,
  to: address,
  subject: oneLine.max(900).default(''),
  text: z.string().max(1_000_000).default(''),
  files: z
    .array(
      z.strictObject({
        filename: oneLine.max(255),
        content: z.base64(),
        content_type: oneLine.max(200).default('application/octet-stream'),
      }),
    )
    .default([]),
  answers: oneLine.nullable().default(null),
  by: z.enum(['cloudflare', 'resend']).default('cloudflare'),
});
export type Writing = z.output<typeof writing>;

export function write(books: Books, asked: Writing, now: number): Written {
  const id = randomUUID();
  const files = asked.files.map(file => ({ ...file, id: randomUUID() }));
  const written: Written = { ...asked, files, id, messageId: `<${id}@mail.example.ru>`, at: now };
  books.written.push(written);
  return written;
}

/** The whole letter, as a mail program writes it. */
export const rawOf = (letter: Written): string =>
  mimeOf({
    id: letter.id,
    messageId: letter.messageId,
    at: letter.at,
    lastEvent: 'queued',
    asked: {
      from: letter.from,
      to: [letter.to],
      subject: letter.subject,
      text: letter.text === '' ? ' ' : letter.text,
      attachments: letter.files.map(({ filename, content, content_type }) => ({ filename, content, content_type })),
      headers: letter.answers === null ? {} : { 'In-Reply-To': letter.answers, References: letter.answers },
    },
  });

const DEADLINE_MS = 20_000;
const PAUSES_MS = [500, 2_000, 8_000, 30_000];

/** Hands the letter over to the Worker until it is taken, with pauses. Resolves after the last try. */
export async function handOver(letter: Written, workerUrl: string, ending: AbortSignal): Promise<void> {
  const query = new URLSearchParams({ from: bareAddress(letter.from), to: bareAddress(letter.to) });
  for (const pause of [0, ...PAUSES_MS]) {
    await sleep(pause, undefined, { signal: ending }).catch(() => undefined);
    if (ending.aborted) return;
    letter.said = await asked(`${workerUrl}/cdn-cgi/local/email?${query}`, rawOf(letter), ending);
    letter.isTaken = letter.said === '200';
    if (letter.isTaken) return;
  }
}

async function asked(url: string, body: string, ending: AbortSignal): Promise<string> {
  try {
    const answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.any([ending, AbortSignal.timeout(DEADLINE_MS)]) });
    await answer.body?.cancel();
    return String(answer.status);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
