// The sockets of one room: who speaks through which, telling all of them, when one was heard last. They hibernate with the room, so all that is
// known of a socket is attached to it. rooms/room.ts holds them.
import type { Side } from '../../workflows/rules/admission.ts';
import type { Speaker } from './conversation.ts';
import { CLOSE, type FromRoom } from '../../workflows/rules/room-messages.ts';

interface Attached extends Speaker {
  readonly openedAt: number;
}

export class Sockets {
  private readonly ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.ctx = ctx;
    // A ping is answered without waking the room.
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
  }

  accept(socket: WebSocket, speaker: Speaker, now: number): void {
    this.ctx.acceptWebSocket(socket, [speaker.role]);
    socket.serializeAttachment({ ...speaker, openedAt: now } satisfies Attached);
  }

  of(role: Side): WebSocket[] {
    return this.ctx.getWebSockets(role).filter(isOpen);
  }

  all(): WebSocket[] {
    return this.ctx.getWebSockets().filter(isOpen);
  }

  tellAll(message: FromRoom): void {
    for (const socket of this.all()) send(socket, message);
  }

  /** When it was opened or pinged last; messages are counted elsewhere. */
  heardAt(socket: WebSocket): number {
    return Math.max(this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0, attachedTo(socket).openedAt);
  }
}

export const isOpen = (socket: WebSocket): boolean => socket.readyState === WebSocket.OPEN;

export const attachedTo = (socket: WebSocket): Attached => socket.deserializeAttachment() as Attached;

/** Says it to whoever still listens: a socket may have been closed while D1 was asked. */
export function send(socket: WebSocket, message: FromRoom): void {
  if (isOpen(socket)) socket.send(JSON.stringify(message));
}

export function replace(socket: WebSocket): void {
  send(socket, { type: 'replaced' });
  socket.close(CLOSE.replaced, 'replaced');
}
