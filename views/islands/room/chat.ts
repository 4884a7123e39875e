// The chat in the page: drawing the thread, writing a line, handing over files, what is unread. Lines are kept until the room has them.
import type { FromBrowser, FromRoom } from '../../../worker/rooms/messages.ts';
import { all, find, show, write } from './dom.ts';
import { openPanel, watchPanels } from './panels.ts';
import { clockOf, fill, serverNow, setup, words } from './setup.ts';
import { EMPTY, type Entry, entriesOf, lastSeqOf, sizeOf, type Thread, unreadOf, welcomed, withFile, withLine } from './thread.ts';
import { upload } from './upload.ts';

/** The room takes no line without anything to be seen. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}]/u;

const me = setup.role;
const log = find('[data-log]');
const list = find('[data-thread]');

export class Chat {
  private thread: Thread = EMPTY;
  private notes: string[] = [];
  private seen = 0;
  private lookedAt = 0;

  private readonly send: (message: FromBrowser) => boolean;

  constructor(send: (message: FromBrowser) => boolean) {
    this.send = send;

    watchPanels(() => this.draw());
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

  hear(message: FromRoom): void {
    if (message.type === 'welcome') {
      this.thread = welcomed(this.thread, message.chat, message.files);
      this.seen = Math.max(this.seen, message.roster.find(seat => seat.participant === me)?.seen ?? 0);
      if (this.lookedAt === 0) this.lookedAt = Math.max(0, ...message.files.map(file => file.at));
      for (const { clientId, text } of this.thread.unsent) this.send({ type: 'chat', clientId, text });
    } else if (message.type === 'chat') this.thread = withLine(this.thread, message.line);
    else if (message.type === 'file') this.thread = withFile(this.thread, message.file);
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
    this.draw();
  }

  private async hand(file: File): Promise<void> {
    const note = fill(words.uploading, { name: file.name });
    this.notes = [...this.notes, note];
    this.draw();
    const failed = await upload(file);
    this.notes = this.notes.filter(other => other !== note);
    if (failed !== null) this.notes = [...this.notes, fill(words[failed], { name: file.name })];
    this.draw();
  }

  private draw(): void {
    if (!list || !log) return;
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    const entries = entriesOf(this.thread, me);
    const known = new Map(all('[data-key]', list).map(item => [item.dataset.key, item]));
    // Only what is new is added, so that a live region reads only that.
    for (const entry of entries) {
      const item = known.get(entry.key) ?? list.appendChild(itemOf(entry));
      known.delete(entry.key);
      write(find('[data-said-at]', item), headOf(entry));
    }
    for (const item of known.values()) item.remove();
    for (const note of this.notes) list.appendChild(noteOf(note));
    if (openPanel() === 'chat') this.look();
    if (isAtEnd) log.scrollTop = log.scrollHeight;
    this.drawUnread();
  }

  private look(): void {
    this.lookedAt = Math.max(this.lookedAt, ...this.thread.files.map(file => file.at));
    const last = lastSeqOf(this.thread);
    if (last > this.seen && this.send({ type: 'seen', seq: last })) this.seen = last;
  }

  private drawUnread(): void {
    const unread = openPanel() === 'chat' ? 0 : unreadOf(this.thread, me, this.seen, this.lookedAt);
    show(find('[data-unread]'), unread > 0);
    write(find('[data-unread-count]'), String(unread));
  }
}

function headOf(entry: Entry): string {
  if ('isUnsent' in entry && entry.isUnsent) return `${words.mine}, ${words.unsent}`;
  return `${entry.from === me ? words.mine : setup.peerName}, ${clockOf(entry.at)}`;
}

function itemOf(entry: Entry): HTMLElement {
  const item = document.createElement('li');
  item.dataset.key = entry.key;
  if (entry.from === me) item.className = 'mine';
  const head = item.appendChild(document.createElement('header'));
  head.dataset.saidAt = '';
  if ('text' in entry) item.appendChild(document.createElement('p')).textContent = entry.text;
  else item.appendChild(linkOf(entry.file));
  return item;
}

function linkOf(file: { readonly id: string; readonly name: string; readonly bytes: number }): HTMLElement {
  const link = document.createElement('a');
  link.className = 'file';
  link.href = `/consultations/${setup.consultationId}/room/files/${file.id}`;
  // The call must not be left for a file.
  link.target = '_blank';
  const clip = find('[data-chat-form] .attach svg')?.cloneNode(true);
  if (clip) link.appendChild(clip);
  link.append(`${file.name}, ${sizeOf(file.bytes, words)}`);
  return link;
}

function noteOf(text: string): HTMLElement {
  const item = document.createElement('li');
  item.dataset.key = `note-${text}`;
  item.className = 'mine';
  item.textContent = text;
  return item;
}
