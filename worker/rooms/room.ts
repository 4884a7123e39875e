// The Room: one durable object per consultation, with presence, chat and media sessions of its patient and doctor. Sockets hibernate and
// all state is in its SQLite, so eviction and deploys lose nothing. Media does not pass through it: when presence is lost, media continues.
// The room routes call it (entrance.ts, closing.ts).
import { DurableObject } from 'cloudflare:workers';
import type { Side } from '../../workflows/rules/admission.ts';
import type { Outcome } from '../../workflows/rules/status.ts';
import { ask, databaseOf } from '../data/db.ts';
import { openMemory, type RoomMemory } from '../data/room-memory.ts';
import { passRead } from '../data/room-passes.ts';
import type { Bindings } from '../world.ts';
import { hear, type Speaker } from './conversation.ts';
import { parseMessage } from './messages.ts';
import { CLOSE, type FromRoom } from '../../workflows/rules/room-messages.ts';
import { Pace } from './pace.ts';
import { Presence } from './presence.ts';
import { attachedTo, isOpen, replace, send, Sockets } from './sockets.ts';

/** A request to the SFU: the caller's side, the session in its address, the sessions whose tracks it pulls. */
export interface MediaRequest {
  readonly role: Side;
  readonly own: string;
  readonly pulled: readonly string[];
}

/** How long the room of a connection check is kept, ms: its pass is valid for three minutes. */
const CHECK_KEPT_MS = 5 * 60_000;

export type MediaVerdict = 'fine' | 'ended' | 'notYours' | 'notHere';

export class Room extends DurableObject<Bindings> {
  private opened: RoomMemory | null = null;
  private readonly pace = new Pace();
  private readonly sockets: Sockets;
  private readonly presence: Presence;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    this.sockets = new Sockets(ctx);
    this.presence = new Presence({ ctx, env, sockets: this.sockets, pace: this.pace, memory: () => this.memory });
  }

  /** Opens the socket of a speaker whom the edge has checked; 410 when the visit is over. */
  override async fetch(request: Request): Promise<Response> {
    const speaker = JSON.parse(request.headers.get('x-speaker') ?? '') as Speaker;
    const webSocket = await this.presence.inTurn(() => this.presence.admit(speaker, () => this.isEnded));
    return webSocket === null ? new Response('over', { status: 410 }) : new Response(null, { status: 101, webSocket });
  }

  override async webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): Promise<void> {
    // A browser may send until it answers the close. Such messages are ignored, above all `leave`.
    if (!isOpen(socket)) return;
    const now = Date.now();
    const parsed = parseMessage(raw);
    if (this.pace.isFlood(socket, now)) return socket.close(CLOSE.flood, 'flood');
    if (parsed.kind === 'tooLarge') return socket.close(CLOSE.tooLarge, 'too large');
    if (parsed.kind === 'garbage') return send(socket, { type: 'refused', why: 'garbage' });
    const speaker = attachedTo(socket);
    await hear(
      {
        db: databaseOf(this.env),
        now,
        memory: this.memory,
        speaker,
        mayReport: () => this.pace.mayReport(socket, now),
        mayGreet: () => this.pace.may('greetingsOfSide', speaker.role, now),
        answer: message => send(socket, message),
        tellAll: message => this.sockets.tellAll(message),
        join: () => this.presence.inTurn(() => this.presence.join(speaker.role, now)),
        leave: () => this.presence.inTurn(() => this.presence.quit(socket, now)),
      },
      parsed.message,
    );
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    await this.presence.lose(socket);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.presence.lose(socket);
  }

  override async alarm(): Promise<void> {
    await this.presence.inTurn(() => (this.memory.word('check') === null ? this.presence.sweep(Date.now()) : this.erase()));
  }

  /** Another device got a newer pass: closes the older socket and returns the media sessions to close. */
  async takeOver(role: Side, passHash: string): Promise<string[]> {
    // When two devices arrive together, these calls may come in another order than D1 issued the passes. The device whose pass is live
    // stays.
    const { pass } = await ask(databaseOf(this.env), { pass: passRead(passHash, Date.now()) });
    if (pass === null || pass.replacedAt !== null) return [];
    for (const socket of this.sockets.of(role)) if (attachedTo(socket).passHash !== passHash) replace(socket);
    return this.memory.dropSessions(role, passHash);
  }

  /** The holder of a pass has signed out: closes their socket and returns the media sessions to close. */
  putOut(role: Side, passHash: string): string[] {
    for (const socket of this.sockets.of(role)) if (attachedTo(socket).passHash === passHash) socket.close(CLOSE.signedOut, 'signed out');
    return this.memory.dropSessionsOf(passHash);
  }

  /** Counts a media session that a pass is about to open; false when there were too many. */
  mayOpenSession(passHash: string): boolean {
    return this.pace.may('sessionsOfPass', passHash, Date.now());
  }

  /** Stores a media session of this side; false when the room has ended. */
  keepSession(role: Side, passHash: string, sessionId: string): boolean {
    if (this.isEnded) return false;
    this.memory.keepSession(sessionId, role, passHash);
    return true;
  }

  /** Stores the media session of a connection check. The room belongs to one person and is deleted soon after the last check. */
  async keepCheck(sessionId: string): Promise<boolean> {
    this.memory.setWord('check', sessionId);
    await this.ctx.storage.setAlarm(Date.now() + CHECK_KEPT_MS);
    return this.keepSession('patient', 'check', sessionId);
  }

  judge({ role, own, pulled }: MediaRequest): MediaVerdict {
    if (this.isEnded) return 'ended';
    const sessions = new Map(this.memory.sessions().map(session => [session.id, session.role]));
    if (sessions.get(own) !== role) return 'notYours';
    return pulled.every(id => sessions.has(id)) ? 'fine' : 'notHere';
  }

  /** Sends news of a new row to everybody in the room. */
  announce(message: Extract<FromRoom, { type: 'file' | 'late' | 'delay' }>): void {
    this.sockets.tellAll(message);
  }

  /** The visit was moved: closes both sockets and deletes everything of the old time. Returns the media sessions to close. */
  letGo(): Promise<string[]> {
    return this.presence.inTurn(async () => {
      const sessions = this.memory.sessions().map(session => session.id);
      this.sockets.tellAll({ type: 'moved' });
      for (const socket of this.sockets.all()) socket.close(CLOSE.ended, 'moved');
      for (const { seat } of this.memory.seats()) await this.presence.leave(seat.role, Date.now());
      await this.erase();
      return sessions;
    });
  }

  /**
   * The consultation is over: tells everybody and closes the sockets. Returns the media sessions to close; a repeated call returns the same
   * ones.
   */
  async end(outcome: Outcome | null): Promise<string[]> {
    this.memory.setWord('ended', JSON.stringify(outcome));
    this.sockets.tellAll({ type: 'ended', outcome });
    for (const socket of this.sockets.all()) socket.close(CLOSE.ended, 'ended');
    for (const { seat } of this.memory.seats()) this.memory.freeSeat(seat.role);
    await this.ctx.storage.deleteAlarm();
    return this.memory.sessions().map(session => session.id);
  }

  /** Deletes everything of the visit, because chat is private. Somebody who is just connecting is first told that it is over. */
  forget(): Promise<void> {
    return this.presence.inTurn(() => this.erase());
  }

  private async erase(): Promise<void> {
    this.opened = null;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  private get memory(): RoomMemory {
    return (this.opened ??= openMemory(this.ctx.storage.sql));
  }

  private get isEnded(): boolean {
    return this.memory.word('ended') !== null;
  }
}
