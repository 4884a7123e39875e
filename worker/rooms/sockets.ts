// The sockets of one room: their speakers, sending to all, the last sign of life. Sockets hibernate with the room, so everything about a
// socket is in its attachment. Called by room.ts and presence.ts.
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
    // The runtime answers a ping without waking the room.
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

  /** When it was opened or pinged last, ms; pace.ts counts messages. */
  heardAt(socket: WebSocket): number {
    return Math.max(this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0, attachedTo(socket).openedAt);
  }
}

export const isOpen = (socket: WebSocket): boolean => socket.readyState === WebSocket.OPEN;

export const attachedTo = (socket: WebSocket): Attached => socket.deserializeAttachment() as Attached;

/** Sends if the socket is still open; it may have been closed during a request to D1. */
export function send(socket: WebSocket, message: FromRoom): void {
  if (isOpen(socket)) socket.send(JSON.stringify(message));
}

export function replace(socket: WebSocket): void {
  send(socket, { type: 'replaced' });
  socket.close(CLOSE.replaced, 'replaced');
}
