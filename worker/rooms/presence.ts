// Who is in one room: takes and frees seats, has attendance written down as people come and go (register.ts), tells everybody the roster, and
// looks again when a lost connection has lasted too long. rooms/room.ts holds it and brings the events.
import { databaseOf } from '../data/db.ts';
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import { leaveRoom } from '../data/attendance.ts';
import type { RoomMemory } from '../data/room-memory.ts';
import type { Bindings } from '../world.ts';
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
  /** The room's memory as it is now: an emptied room begins a new one. */
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

  /** Writes down that somebody came into the call. */
  join(role: Side, now: number): Promise<void> {
    return this.register.join(role, now);
  }

  // Attendance is written to D1 with awaits in between, so comings and goings take turns: one may not overtake the other.
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.turns.then(act);
    this.turns = turn.catch(() => undefined);
    return turn;
  }

  /** Seats a speaker whom the Worker has checked and gives the browser its end of the socket; null when the visit is over. */
  async admit(speaker: Speaker, isEnded: () => boolean): Promise<WebSocket | null> {
    const { memory, sockets } = this.place;
    const now = Date.now();
    const entered = isEnded() ? { kind: 'over' as const } : await this.register.open(speaker, now);
    // The end may have come while D1 was asked.
    if (entered.kind === 'over' || isEnded()) return null;
    const { 0: browser, 1: socket } = new WebSocketPair();
    for (const older of sockets.of(speaker.role)) replace(older);
    sockets.accept(socket, speaker, now);
    // A seat whose attendance D1 has closed, which this room did not get to hear, is not taken again: its person had gone.
    const before = entered.kind === 'already' ? memory().taken(speaker.role) : null;
    memory().keepSeat(seated(before?.seat ?? null, speaker.role, now), entered.attendanceId);
    memory().dropWord(`coming:${speaker.role}`);
    await this.changed(now);
    if (entered.kind === 'entered') tellTemporal(this.place, speaker.consultationId);
    return browser;
  }

  /** A socket went away: its seat is kept for a while, unless the person has another one. */
  async lose(socket: WebSocket): Promise<void> {
    const { memory } = this.place;
    const taken = memory().taken(attachedTo(socket).role);
    if (!taken || this.isReplaced(socket)) return;
    memory().keepSeat(lost(taken.seat, Date.now()), taken.attendanceId);
    await this.changed(Date.now());
  }

  /** Somebody says that they go. Their other device, which may have come while this waited for its turn, stays. */
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

  /** Sockets that went silent, seats whose socket went away unseen (a deploy), seats kept long enough. */
  async sweep(now: number): Promise<void> {
    const { ctx, memory, pace, sockets } = this.place;
    // One that D1 breaks off is made again for as long as it takes; the runtime gives an alarm up after six tries.
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
