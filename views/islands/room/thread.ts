// The content of the chat: lines and files of both participants in the order of time, and own lines that have not arrived yet. Pure
// functions, called by chat.ts.
import type { Side } from '../../../workflows/rules/admission.ts';
import type { ChatLine, RoomFile } from '../../../workflows/rules/room-messages.ts';

interface Unsent {
  readonly clientId: string;
  readonly text: string;
  readonly at: number;
}

export interface Thread {
  readonly lines: readonly ChatLine[];
  readonly files: readonly RoomFile[];
  readonly unsent: readonly Unsent[];
  /** Lines that the room refused: they are not sent again, but stay visible to their author. */
  readonly refused: readonly Unsent[];
}

/** The state of a line. */
type Standing = 'said' | 'unsent' | 'refused';

export type Entry =
  | { readonly key: string; readonly from: Side; readonly at: number; readonly text: string; readonly standing: Standing }
  | { readonly key: string; readonly from: Side; readonly at: number; readonly file: RoomFile };

export const EMPTY: Thread = { lines: [], files: [], unsent: [], refused: [] };

/** A line that arrived is no longer unsent. A repeated line changes nothing. */
export function withLine(thread: Thread, line: ChatLine): Thread {
  const isKnown = thread.lines.some(({ seq }) => seq === line.seq);
  return {
    ...thread,
    lines: isKnown ? thread.lines : [...thread.lines, line],
    unsent: thread.unsent.filter(({ clientId }) => clientId !== line.clientId),
  };
}

export const withRefused = (thread: Thread, clientId: string): Thread => ({
  ...thread,
  unsent: thread.unsent.filter(line => line.clientId !== clientId),
  refused: [...thread.refused, ...thread.unsent.filter(line => line.clientId === clientId)],
});

export const withFile = (thread: Thread, file: RoomFile): Thread =>
  thread.files.some(({ id }) => id === file.id) ? thread : { ...thread, files: [...thread.files, file] };

/** Takes over the room's full content after a connection: own lines that it contains were sent, the others are sent again. */
export function welcomed(thread: Thread, lines: readonly ChatLine[], files: readonly RoomFile[]): Thread {
  const arrived = new Set(lines.map(({ clientId }) => clientId));
  return { ...thread, lines, files, unsent: thread.unsent.filter(({ clientId }) => !arrived.has(clientId)) };
}

export const lastSeqOf = (thread: Thread): number => Math.max(0, ...thread.lines.map(({ seq }) => seq));

/** Own messages are not counted. Files have no sequence number, so those after the last look are counted. */
export function unreadOf(thread: Thread, me: Side, seen: number, lookedAt: number): number {
  return (
    thread.lines.filter(line => line.from !== me && line.seq > seen).length +
    thread.files.filter(file => file.from !== me && file.at > lookedAt).length
  );
}

export function entriesOf({ lines, files, unsent, refused }: Thread, me: Side): Entry[] {
  const own = (standing: Standing) => (line: Unsent) => ({ key: line.clientId, from: me, at: line.at, text: line.text, standing });
  const said = lines.map(({ clientId, from, at, text }) => ({ key: clientId, from, at, text, standing: 'said' as const }));
  const given = files.map(file => ({ key: file.id, from: file.from, at: file.at, file }));
  const settled = [...said, ...given, ...refused.map(own('refused'))].sort((a, b) => a.at - b.at);
  return [...settled, ...unsent.map(own('unsent'))];
}

/** «1,2 МБ», «340 КБ». */
export function sizeOf(bytes: number, words: { readonly kilobytes: string; readonly megabytes: string; readonly point: string }): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))}\u00a0${words.kilobytes}`;
  return `${(bytes / 1_000_000).toFixed(1).replace('.', words.point)}\u00a0${words.megabytes}`;
}
