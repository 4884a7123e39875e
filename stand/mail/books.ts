// The state of the stand's mailbox: letters, their idempotency keys, and webhooks that are still to be sent. One JSON file in the stand's
// folder, written shortly after each event, or memory only.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SendEmail } from './requests.ts';
import type { Written } from './written.ts';

export type EmailEvent = 'sent' | 'delivered' | 'delivery_delayed' | 'bounced' | 'complained';

export interface Letter {
  readonly id: string;
  readonly messageId: string;
  readonly asked: SendEmail;
  /** When it was accepted for sending, milliseconds. */
  readonly at: number;
  lastEvent: EmailEvent | 'queued';
}

/** An event that will happen to a letter and is then reported to the clinic. */
interface Fate {
  readonly letterId: string;
  readonly event: EmailEvent;
  readonly at: number;
}

export interface Webhook {
  /** The svix-id: the same in every attempt. */
  readonly id: string;
  readonly event: EmailEvent | 'received';
  readonly body: string;
  readonly createdAt: number;
  dueAt: number;
  attempts: number;
  /** How many more times the clinic must accept it; a duplicate is the same message with the same id. */
  copies: number;
  end?: 'delivered' | 'dropped' | 'givenUp';
  lastAnswer?: string;
}

export interface Books {
  letters: Letter[];
  /** Letters that people have written to the clinic. */
  written: Written[];
  fates: Fate[];
  webhooks: Webhook[];
  keys: Record<string, { readonly fingerprint: string; readonly id: string; readonly at: number }>;
}

const DAY = 24 * 3_600_000;
const KEPT = 1000;

const NOTHING = (): Books => ({ letters: [], written: [], fates: [], webhooks: [], keys: {} });
/** Letters with their files; more would make the file of the state large. */
const WRITTEN_KEPT = 50;

export function openBooks(dir: string | undefined, now: () => number): { readonly books: Books; save(): void } {
  const file = dir === undefined ? undefined : join(dir, 'mail.json');
  const books: Books = file !== undefined && existsSync(file) ? { ...NOTHING(), ...JSON.parse(readFileSync(file, 'utf8')) } : NOTHING();
  let saved = '';
  return {
    books,
    save() {
      books.letters = books.letters.slice(-KEPT);
      books.written = books.written.slice(-WRITTEN_KEPT);
      books.webhooks = books.webhooks.filter(({ end }, index) => end === undefined || index >= books.webhooks.length - KEPT);
      for (const [key, { at }] of Object.entries(books.keys)) if (now() >= at + DAY) delete books.keys[key];
      const mark = `${books.letters.at(-1)?.id} ${books.letters.length} ${JSON.stringify([books.fates, books.webhooks, books.written.map(({ id, said }) => [id, said])])}`;
      if (dir === undefined || file === undefined || mark === saved) return;
      saved = mark;
      mkdirSync(dir, { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(books));
      renameSync(`${file}.new`, file);
    },
  };
}
