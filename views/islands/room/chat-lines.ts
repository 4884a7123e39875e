// Draws the lines of the chat: messages, files, the state of one's own messages, and notes on files that are being sent. Called by chat.ts.
import { all, find, write } from '../dom.ts';
import { clockOf, setup, words } from './setup.ts';
import { type Entry, sizeOf } from './thread.ts';

/** A note in the chat that is not a message: a file that is being sent, or why it was not sent. */
export interface Note {
  readonly key: string;
  readonly text: string;
}

/**
 * Adds new lines and removes old ones, so that a live region reads each line once. Returns whether the other participant has said something
 * new. `isUp`: the socket is open, so a message that has not arrived yet is being sent.
 */
export function drawLines(list: HTMLElement, entries: readonly Entry[], notes: readonly Note[], isUp: boolean): boolean {
  const known = new Map(all('[data-key]', list).map(item => [item.dataset.key, item]));
  let hasNews = false;
  for (const entry of entries) {
    const before = known.get(entry.key);
    const item = before ?? list.appendChild(itemOf(entry));
    known.delete(entry.key);
    hasNews ||= before === undefined && entry.from !== setup.role;
    write(find('[data-said-at]', item), headOf(entry, isUp));
    if ('text' in entry && entry.standing === 'refused' && !find('[data-refused]', item)) item.appendChild(refusal());
  }
  for (const note of notes) if (!known.delete(note.key)) list.appendChild(noteOf(note));
  for (const item of known.values()) item.remove();
  return hasNews;
}

function headOf(entry: Entry, isUp: boolean): string {
  const when = clockOf(entry.at);
  if (entry.from !== setup.role) return `${setup.peerName}, ${when}`;
  const standing = 'text' in entry ? entry.standing : 'said';
  return `${words.mine}, ${{ said: when, refused: words.notSent, unsent: isUp ? words.sending : words.unsent }[standing]}`;
}

function itemOf(entry: Entry): HTMLElement {
  const item = document.createElement('li');
  item.dataset.key = entry.key;
  if (entry.from === setup.role) item.className = 'mine';
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
  // Opens in a new tab, because the page of the call must stay open.
  link.target = '_blank';
  const clip = find('[data-chat-form] .attach svg')?.cloneNode(true);
  if (clip) link.appendChild(clip);
  link.append(`${file.name}, ${sizeOf(file.bytes, words)}`);
  return link;
}

function refusal(): HTMLElement {
  const sentence = document.createElement('p');
  sentence.className = 'error';
  sentence.dataset.refused = '';
  sentence.textContent = words.chatFull;
  return sentence;
}

function noteOf({ key, text }: Note): HTMLElement {
  const item = document.createElement('li');
  item.dataset.key = key;
  item.className = 'mine';
  item.textContent = text;
  return item;
}
