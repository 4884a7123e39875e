// The Room: one durable object a consultation, where its patient and its doctor are present to each other. Sockets hibernate, everything it
// knows is in its SQLite, so eviction and deploys lose nothing. Media does not pass through it: presence that is lost stops no media.
import { DurableObject } from 'cloudflare:workers';
import type { Side } from '../../workflows/rules/admission.ts';
import type { Outcome } from '../../workflows/rules/status.ts';
import { enterRoom, leaveRoom } from '../data/attendance.ts';
import { openMemory, type RoomMemory, type Taken } from '../data/room-memory.ts';
import { type Bindings, worldOf } from '../edge.ts';
import { deliver } from '../outbox.ts';
import { hear, type Speaker } from './conversation.ts';
import { CLOSE, type Lateness, parseMessage, type RoomFile } from './messages.ts';
import { Pace } from './pace.ts';
import { isGone, lost, nextLookAt, rosterOf, seated, SILENT_MS } from './roster.ts';
import { attachedTo, replace, send, Sockets } from './sockets.ts';

/** What a media call is about: the caller, the session in its address, the sessions whose tracks it wants. */
export interface MediaClaim {
  readonly role: Side;
  readonly own: string;
  readonly pulled: readonly string[];
}

/** A check takes seconds; its pass lives for three minutes. */
const CHECK_KEPT_MS = 5 * 60_000;

export type MediaVerdict = 'fine' | 'ended' | 'notYours' | 'notHere';

export class Room extends DurableObject<Bindings> {
  private opened: RoomMemory | null = null;
  private turns: Promise<unknown> = Promise.resolve();
  private readonly pace = new Pace();
  private readonly sockets: Sockets;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    this.sockets = new Sockets(ctx);
  }

  /** Opens the socket of a speaker whom the Worker has checked; 410 when the visit is over. */
  override async fetch(request: Request): Promise<Response> {
    const speaker = JSON.parse(request.headers.get('x-speaker') ?? '') as Speaker;
    return await this.inTurn(() => this.admit(speaker));
  }

  override async webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): Promise<void> {
    const now = Date.now();
    const parsed = parseMessage(raw);
    if (this.pace.isFlood(socket, now)) return socket.close(CLOSE.flood, 'flood');
    if (parsed.kind === 'tooLarge') return socket.close(CLOSE.tooLarge, 'too large');
    if (parsed.kind === 'garbage') return send(socket, { type: 'refused', why: 'garbage' });
    const speaker = attachedTo(socket);
    await hear(
      {
        db: this.env.DB,
        now,
        memory: this.memory,
        speaker,
        mayReport: () => this.pace.mayReport(socket, now),
        answer: message => send(socket, message),
        tellAll: message => this.sockets.tellAll(message),
        leave: () => this.inTurn(() => this.leave(speaker.role, now)),
      },
      parsed.message,
    );
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    await this.lose(socket);
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.lose(socket);
  }

  override async alarm(): Promise<void> {
    await this.inTurn(() => (this.memory.word('check') === null ? this.sweep(Date.now()) : this.forget()));
  }

  /** A newer pass was given to another device: the older one's socket goes, and its media sessions are handed out to be closed. */
  takeOver(role: Side, passHash: string): string[] {
    for (const socket of this.sockets.of(role)) if (attachedTo(socket).passHash !== passHash) replace(socket);
    return this.memory.dropSessions(role, passHash);
  }

  /** Remembers a media session as this participant's; false when the room has ended. */
  keepSession(role: Side, passHash: string, sessionId: string): boolean {
    if (this.isEnded) return false;
    this.memory.keepSession(sessionId, role, passHash);
    return true;
  }

  /** Remembers the session of a connection check, in a room that is one person's own and is forgotten soon after the last check. */
  async keepCheck(sessionId: string): Promise<boolean> {
    this.memory.setWord('check', sessionId);
    await this.ctx.storage.setAlarm(Date.now() + CHECK_KEPT_MS);
    return this.keepSession('patient', 'check', sessionId);
  }

  judge({ role, own, pulled }: MediaClaim): MediaVerdict {
    if (this.isEnded) return 'ended';
    const sessions = new Map(this.memory.sessions().map(session => [session.id, session.role]));
    if (sessions.get(own) !== role) return 'notYours';
    return pulled.every(id => sessions.has(id)) ? 'fine' : 'notHere';
  }

  announce(file: RoomFile): void {
    this.sockets.tellAll({ type: 'file', file });
  }

  announceLate(late: Lateness): void {
    this.sockets.tellAll({ type: 'late', late });
  }

  /** The consultation is over: everybody is told and let go. The media sessions of the visit, to be closed; repeated, the same ones. */
  async end(outcome: Outcome | null): Promise<string[]> {
    this.memory.setWord('ended', JSON.stringify(outcome));
    this.sockets.tellAll({ type: 'ended', outcome });
    for (const socket of this.sockets.all()) socket.close(CLOSE.ended, 'ended');
    for (const { seat } of this.memory.seats()) this.memory.freeSeat(seat.role);
    await this.ctx.storage.deleteAlarm();
    return this.memory.sessions().map(session => session.id);
  }

  /** Nothing of the visit stays here: chat may hold what is nobody's business any more. */
  async forget(): Promise<void> {
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

  // Attendance is written to D1 with awaits in between, so comings and goings take turns: one may not overtake the other.
  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.turns.then(act);
    this.turns = turn.catch(() => undefined);
    return turn;
  }

  private async admit(speaker: Speaker): Promise<Response> {
    const now = Date.now();
    const entered = this.isEnded ? { kind: 'over' as const } : await enterRoom(this.env.DB, speaker, now);
    // The end may have come while D1 was asked.
    if (entered.kind === 'over' || this.isEnded) return new Response('over', { status: 410 });
    const { 0: browser, 1: socket } = new WebSocketPair();
    for (const older of this.sockets.of(speaker.role)) replace(older);
    this.sockets.accept(socket, speaker, now);
    this.memory.setWord('consultationId', speaker.consultationId);
    this.memory.keepSeat(seated(this.taken(speaker.role)?.seat ?? null, speaker.role, now), entered.attendanceId);
    await this.presenceChanged(now);
    if (entered.kind === 'entered') this.tellTemporal(speaker.consultationId);
    return new Response(null, { status: 101, webSocket: browser });
  }

  private async lose(socket: WebSocket): Promise<void> {
    const { role } = attachedTo(socket);
    const taken = this.taken(role);
    if (!taken || this.sockets.of(role).some(other => other !== socket)) return;
    this.memory.keepSeat(lost(taken.seat, Date.now()), taken.attendanceId);
    await this.presenceChanged(Date.now());
  }

  private async leave(role: Side, now: number): Promise<void> {
    const taken = this.taken(role);
    const consultationId = this.memory.word('consultationId');
    if (!taken || consultationId === null) return;
    await leaveRoom(this.env.DB, consultationId, taken.attendanceId, taken.seat.lostAt ?? now, now);
    this.memory.freeSeat(role);
    await this.presenceChanged(now);
    this.tellTemporal(consultationId);
  }

  /** Sockets that went silent, seats whose socket went away unseen (a deploy), seats kept long enough. */
  private async sweep(now: number): Promise<void> {
    for (const socket of this.sockets.all())
      if (now - Math.max(this.sockets.heardAt(socket), this.pace.heardAt(socket)) > SILENT_MS) socket.close(1001, 'silent');
    for (const { seat, attendanceId } of this.memory.seats()) {
      if (this.sockets.of(seat.role).length === 0) this.memory.keepSeat(lost(seat, now), attendanceId);
      if (isGone(seat, now)) await this.leave(seat.role, now);
    }
    await this.presenceChanged(now);
  }

  private async presenceChanged(now: number): Promise<void> {
    const seats = this.memory.seats().map(taken => taken.seat);
    this.sockets.tellAll({ type: 'roster', roster: rosterOf(seats) });
    const at = nextLookAt(seats, now);
    if (at === null) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(at);
  }

  private taken(role: Side): Taken | null {
    return this.memory.seats().find(({ seat }) => seat.role === role) ?? null;
  }

  private tellTemporal(consultationId: string): void {
    this.ctx.waitUntil(deliver(this.env.DB, worldOf(this.env), consultationId));
  }
}
