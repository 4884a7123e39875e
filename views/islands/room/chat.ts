// The chat panel: draws the thread, sends messages and files, and counts unread ones. Messages are kept until the room has confirmed them.
// Created by visit.ts.
import type { Side } from '../../../workflows/rules/admission.ts';
import type { FromBrowser, FromRoom } from '../../../workflows/rules/room-messages.ts';
import { say } from '../say.ts';
import { fill } from '../text.ts';
import { find, show, write } from '../dom.ts';
import { drawLines, type Note } from './chat-lines.ts';
import { openPanel, watchPanels } from './panels.ts';
import { keepPass, keptPass } from './pass.ts';
import { serverNow, setup, words } from './setup.ts';
import { EMPTY, entriesOf, lastSeqOf, type Thread, unreadOf, welcomed, withFile, withLine, withRefused } from './thread.ts';
import { upload } from './upload.ts';

/** The room refuses a message without visible characters. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}]/u;

const me = setup.role;
const log = find('[data-log]');
const list = find('[data-thread]');
const below = find('[data-below]');

const isAtEnd = (): boolean => log !== null && log.scrollHeight - log.scrollTop - log.clientHeight < 60;

export class Chat {
  private thread: Thread = EMPTY;
  private notes: readonly Note[] = [];
  private isUp = false;
  private seen = keptPass().seen ?? 0;
  private lookedAt = 0;

  private readonly send: (message: FromBrowser) => boolean;

  constructor(send: (message: FromBrowser) => boolean) {
    this.send = send;

    // A closed panel loses its scroll position.
    watchPanels(() => this.draw(openPanel() === 'chat'));
    log?.addEventListener('scroll', () => isAtEnd() && hideBelow());
    below?.addEventListener('click', toEnd);
    const form = find<HTMLFormElement>('[data-chat-form]');
    form?.addEventListener('submit', event => {
      event.preventDefault();
      this.say(form.elements.namedItem('text') as HTMLInputElement);
    });
    const attach = find<HTMLInputElement>('[data-attach]');
    attach?.addEventListener('change', () => {
      for (const file of attach.files ?? []) void this.hand(file);
      attach.value = '';
    });
  }

  /** Lines written while there is no socket are marked as unsent and are sent after the next «welcome». */
  socketIs(isUp: boolean): void {
    this.isUp = isUp;
    this.draw();
  }

  hear(message: FromRoom): void {
    if (message.type === 'welcome') {
      this.thread = welcomed(this.thread, message.chat, message.files);
      this.seen = Math.max(this.seen, message.roster.find(seat => seat.participant === me)?.seen ?? 0);
      if (this.lookedAt === 0) this.lookedAt = Math.max(0, ...message.files.map(file => file.at));
      for (const { clientId, text } of this.thread.unsent) this.send({ type: 'chat', clientId, text });
    } else if (message.type === 'chat') {
      this.thread = withLine(this.thread, message.line);
      sayAside(message.line.from, message.line.text);
    } else if (message.type === 'file') {
      this.thread = withFile(this.thread, message.file);
      sayAside(message.file.from, message.file.name);
    } else if (message.type === 'refused' && message.why === 'full') this.thread = withRefused(this.thread, message.clientId ?? '');
    else return;
    this.draw();
  }

  private say(input: HTMLInputElement): void {
    const text = input.value.trim();
    if (!VISIBLE.test(text)) return;
    const clientId = crypto.randomUUID();
    this.thread = { ...this.thread, unsent: [...this.thread.unsent, { clientId, text, at: serverNow() }] };
    this.send({ type: 'chat', clientId, text });
    input.value = '';
    this.draw(true);
  }

  private async hand(file: File): Promise<void> {
    const { name } = file;
    const sending = { key: crypto.randomUUID(), text: fill(words.uploading, { name }) };
    this.notes = [...this.notes, sending];
    this.draw(true);
    const failed = await upload(file);
    this.notes = this.notes.filter(note => note !== sending);
    if (failed !== null) this.notes = [...this.notes, { key: crypto.randomUUID(), text: fill(words[failed], { name }) }];
    this.draw(failed !== null);
  }

  /**
   * `isOwnAct`: after an action of this person the list scrolls to its result; a message from the other participant does not move a reader
   * who has scrolled up.
   */
  private draw(isOwnAct = false): void {
    if (!list) return;
    const follows = isOwnAct || isAtEnd();
    const hasNews = drawLines(list, entriesOf(this.thread, me), this.notes, this.isUp);
    if (openPanel() === 'chat') this.look();
    if (follows) toEnd();
    else if (hasNews) show(below, true);
    this.drawUnread();
  }

  private look(): void {
    this.lookedAt = Math.max(this.lookedAt, ...this.thread.files.map(file => file.at));
    const last = lastSeqOf(this.thread);
    if (last <= this.seen || !this.send({ type: 'seen', seq: last })) return;
    this.seen = last;
    keepPass({ seen: last });
  }

  private drawUnread(): void {
    const unread = openPanel() === 'chat' ? 0 : unreadOf(this.thread, me, this.seen, this.lookedAt);
    show(find('[data-unread]'), unread > 0);
    write(find('[data-unread-count]'), String(unread));
  }
}

/** Announces the message when the chat is closed; an open chat is a live region itself. */
function sayAside(from: Side, text: string): void {
  if (from !== me && openPanel() !== 'chat') say(`${setup.peerName}: ${text}`);
}

function toEnd(): void {
  if (log) log.scrollTop = log.scrollHeight;
  hideBelow();
}

/** When the hidden button had the focus, the focus moves to the thread. */
function hideBelow(): void {
  if (document.activeElement === below) log?.focus({ preventScroll: true });
  show(below, false);
}
