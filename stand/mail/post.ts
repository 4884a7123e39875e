// Accepts a letter and decides its events: bounce@… and *@bounce.example.ru bounce, complain@… complains after delivery, delay@… is
// delivered late, all others are delivered at once. Called by api.ts and mail.ts.
import { createHash, randomUUID } from 'node:crypto';
import type { Books, EmailEvent, Letter } from './books.ts';
import { bareAddress, type SendEmail } from './requests.ts';

const DAY = 24 * 3_600_000;
/** How long a letter travels, milliseconds. */
const TRAVEL_MS = 200;
const LATE_MS = 3000;

export type Taken =
  | { readonly kind: 'taken'; readonly letter: Letter }
  | { readonly kind: 'again'; readonly id: string }
  | { readonly kind: 'keyUsedForAnother' };

export function takeLetter(books: Books, asked: SendEmail, key: string | undefined, now: number): Taken {
  const fingerprint = createHash('sha256').update(JSON.stringify(asked)).digest('hex');
  const known = key === undefined ? undefined : books.keys[key];
  if (known !== undefined && now < known.at + DAY)
    return known.fingerprint === fingerprint ? { kind: 'again', id: known.id } : { kind: 'keyUsedForAnother' };

  const id = randomUUID();
  const letter: Letter = { id, messageId: `<${id}@stand.example.ru>`, asked, at: now, lastEvent: 'queued' };
  books.letters.push(letter);
  books.fates.push(...fateOf(asked.to).map(({ event, after }) => ({ letterId: id, event, at: now + after })));
  if (key !== undefined) books.keys[key] = { fingerprint, id, at: now };
  return { kind: 'taken', letter };
}

/** Applies the events that are due, in order, and calls `tell` for each of them. */
export function moveLetters(books: Books, now: number, tell: (event: EmailEvent, letter: Letter) => void): void {
  const due = books.fates.filter(({ at }) => at <= now).toSorted((one, other) => one.at - other.at);
  books.fates = books.fates.filter(({ at }) => at > now);
  for (const { letterId, event } of due) {
    const letter = books.letters.find(({ id }) => id === letterId);
    if (letter === undefined) continue;
    letter.lastEvent = event;
    tell(event, letter);
  }
}

function fateOf(to: readonly string[]): readonly { event: EmailEvent; after: number }[] {
  const names = to.map(bareAddress);
  const sent = { event: 'sent' as const, after: 0 };
  const delivered = { event: 'delivered' as const, after: TRAVEL_MS };
  if (names.some(name => name.startsWith('bounce@') || name.endsWith('@bounce.example.ru')))
    return [sent, { event: 'bounced', after: TRAVEL_MS }];
  if (names.some(name => name.startsWith('complain@'))) return [sent, delivered, { event: 'complained', after: 2 * TRAVEL_MS }];
  if (names.some(name => name.startsWith('delay@')))
    return [sent, { event: 'delivery_delayed', after: TRAVEL_MS }, { event: 'delivered', after: LATE_MS }];
  return [sent, delivered];
}
