// Who is in one room: takes and frees seats, records attendance (register.ts), sends the roster, and checks lost connections by alarm.
// worker/rooms/room.ts owns it and passes the events.
import { ask, databaseOf } from '../data/db.ts';
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import { leaveRoom } from '../data/attendance.ts';
import { livePassesRead } from '../data/room-passes.ts';
import type { RoomMemory } from '../data/room-memory.ts';
import { type Bindings, worldOf } from '../world.ts';
import { closeSessions } from './closing.ts';
import { CLOSE } from '../../workflows/rules/room-messages.ts';
import type { Speaker } from './conversation.ts';
import type { Pace } from './pace.ts';
import { AGAIN_MS, Register, tellTemporal } from './register.ts';
import { isGone, KEEP_MS, lost, nextLookAt, rosterOf, seated, SILENT_MS } from '../../workflows/rules/roster.ts';
import { attachedTo, replace, type Sockets } from './sockets.ts';

export interface Place {
  readonly ctx: DurableObjectState;
  readonly env: Bindings;
  readonly sockets: Sockets;
  readonly pace: Pace;
  /** The current memory of the room; emptying the room replaces it. */
  readonly memory: () => RoomMemory;
}

export class Presence {
  private readonly place: Place;
  private readonly register: Register;
  private turns: Promise<unknown> = Promise.resolve();

  constructor(place: Place) {
    this.place = place;
    this.register = new Register(place);
  }

  /** Records that somebody entered the call. */
  join(role: Side, now: number): Promise<void> {
    return this.register.join(role, now);
  }

  // Writing attendance to D1 is asynchronous, so arrivals and departures run one after another; otherwise one could overtake the other.
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.turns.then(act);
    this.turns = turn.catch(() => undefined);
    return turn;
  }

  /** Seats a speaker whom the edge has checked. Returns the browser's end of the socket; null when the visit is over. */
  async admit(speaker: Speaker, isEnded: () => boolean): Promise<WebSocket | null> {
    const { memory, sockets } = this.place;
    const now = Date.now();
    const entered = isEnded() ? { kind: 'over' as const } : await this.register.open(speaker, now);
    // The room may have ended during the request to D1.
    if (entered.kind === 'over' || isEnded()) return null;
    const { 0: browser, 1: socket } = new WebSocketPair();
    for (const older of sockets.of(speaker.role)) replace(older);
    sockets.accept(socket, speaker, now);
    // A seat in memory is reused only while its attendance is open in D1. If D1 has closed it, the person had left and starts with a new
    // seat.
    const before = entered.kind === 'already' ? memory().taken(speaker.role) : null;
    memory().keepSeat(seated(before?.seat ?? null, speaker.role, now), entered.attendanceId);
    memory().dropWord(`coming:${speaker.role}`);
    await this.changed(now);
    if (entered.kind === 'entered') tellTemporal(this.place, speaker.consultationId);
    return browser;
  }

  /** A socket was closed: its seat is kept for KEEP_MS, unless the person has another socket. */
  async lose(socket: WebSocket): Promise<void> {
    const { memory } = this.place;
    const taken = memory().taken(attachedTo(socket).role);
    if (!taken || this.isReplaced(socket)) return;
    memory().keepSeat(lost(taken.seat, Date.now()), taken.attendanceId);
    await this.changed(Date.now());
  }

  /** Somebody leaves. If their other device has connected while this call waited for its turn, the seat stays. */
  async quit(socket: WebSocket, now: number): Promise<void> {
    if (!this.isReplaced(socket)) await this.leave(attachedTo(socket).role, now);
  }

  /** Frees a seat and ends its attendance at the instant when the last connection was lost. */
  async leave(role: Side, now: number): Promise<void> {
    const { env, memory } = this.place;
    const taken = memory().taken(role);
    const consultationId = memory().word('consultationId');
    if (!taken || consultationId === null) return;
    await leaveRoom(databaseOf(env), consultationId, taken.attendanceId, taken.seat.lostAt ?? now, now);
    memory().freeSeat(role);
    await this.changed(now);
    tellTemporal(this.place, consultationId);
  }

  /** Closes silent sockets, marks seats that lost their socket unnoticed (by a deploy), and frees seats that were kept long enough. */
  async sweep(now: number): Promise<void> {
    const { ctx, memory, pace, sockets } = this.place;
    // Schedules the next sweep first, so that sweeps go on when D1 fails: the runtime gives up an alarm after six retries
    // (developers.cloudflare.com/durable-objects/api/alarms).
    await ctx.storage.setAlarm(now + AGAIN_MS);
    for (const socket of sockets.all())
      if (now - Math.max(sockets.heardAt(socket), pace.heardAt(socket)) > SILENT_MS) socket.close(1001, 'silent');
    for (const { seat, attendanceId } of memory().seats()) {
      if (sockets.of(seat.role).length === 0) memory().keepSeat(lost(seat, now), attendanceId);
      await this.register.join(seat.role, now);
      if (isGone(seat, now)) await this.leave(seat.role, now);
    }
    for (const role of SIDES) await this.register.endUnheard(role, now);
    await this.changed(now);
    await this.putOutEnded(now);
  }

  /** Closes the sockets and the media of those whose session has ended or whose role was withdrawn, wherever that was written. */
  private async putOutEnded(now: number): Promise<void> {
    const { env, memory, sockets } = this.place;
    const seated = sockets.all();
    if (seated.length === 0) return;
    const { live } = await ask(databaseOf(env), {
      live: livePassesRead(
        seated.map(socket => attachedTo(socket).passHash),
        now,
      ),
    });
    const ended = seated.filter(socket => !live.includes(attachedTo(socket).passHash));
    for (const socket of ended) socket.close(CLOSE.signedOut, 'signed out');
    const media = ended.flatMap(socket => memory().dropSessionsOf(attachedTo(socket).passHash));
    if (media.length > 0) await closeSessions(worldOf(env).video, media);
  }

  private async changed(now: number): Promise<void> {
    const { ctx, memory, sockets } = this.place;
    const seats = memory()
      .seats()
      .map(taken => taken.seat);
    sockets.tellAll({ type: 'roster', roster: rosterOf(seats) });
    const at = nextLookAt(seats, now) ?? (this.register.hasUnheard() ? now + KEEP_MS : null);
    if (at === null) await ctx.storage.deleteAlarm();
    else await ctx.storage.setAlarm(at);
  }

  private isReplaced(socket: WebSocket): boolean {
    return this.place.sockets.of(attachedTo(socket).role).some(other => other !== socket);
  }
}
