// Notices to the shop: sent by POST until it answers 200, with growing pauses, for a day. They never delay an answer and are not signed,
// like the real ones. A fault can delay, repeat, drop or reorder them.
import { randomUUID } from 'node:crypto';
import type { Faults } from '../faults.ts';
import type { Outgoing } from '../outgoing.ts';
import type { Books, Notice, NoticeEvent } from './books.ts';

const DAY = 24 * 3_600_000;
/** A held notice is sent anyway when no other notice came for this long, milliseconds. */
const LONGEST_HOLD = 30_000;
const KEPT = 500;

export interface Notices {
  tell(event: NoticeEvent, object: object): void;
  /** Sends the notices that are due and not already being sent. */
  sendDue(): void;
}

export function createNotices(books: Books, faults: Faults, outgoing: Outgoing, now: () => number): Notices {
  function send(notice: Notice): void {
    notice.attempts += 1;
    outgoing.send(notice.id, notice.body, {}, answer => told(notice, answer));
  }

  function told(notice: Notice, answer: string): void {
    notice.lastAnswer = answer;
    if (answer === '200') notice.end = 'delivered';
    else if (now() - notice.createdAt >= DAY) notice.end = 'givenUp';
    else notice.dueAt = now() + Math.min(1000 * 2 ** (notice.attempts - 1), 30_000);
    for (const other of books.notices) if (other.held && other !== notice) other.held = false;
    sendDue();
  }

  function sendDue(): void {
    for (const notice of books.notices) {
      if (notice.held && now() >= notice.createdAt + LONGEST_HOLD) notice.held = false;
      if (notice.end === undefined && !notice.held && now() >= notice.dueAt && outgoing.mayGo(notice.id)) send(notice);
    }
    if (books.notices.length > KEPT)
      books.notices = books.notices.filter(({ end }, index) => end === undefined || index >= books.notices.length - KEPT / 2);
  }

  return {
    sendDue,
    tell(event, object) {
      const names = ['notice', event];
      const body = JSON.stringify({ type: 'notification', event, object });
      const late = faults.take('delay', ...names)?.ms ?? 0;
      const held = faults.take('reorder', ...names) !== undefined;
      const end = faults.take('drop', ...names) === undefined ? undefined : 'dropped';
      const copies = faults.take('duplicate', ...names) === undefined ? 1 : 2;
      for (let copy = 0; copy < copies; copy += 1) {
        books.notices.push({ id: randomUUID(), event, body, createdAt: now(), dueAt: now() + late, attempts: 0, held, end });
      }
      // Runs after the answer to the request that caused it.
      setImmediate(sendDue);
    },
  };
}
