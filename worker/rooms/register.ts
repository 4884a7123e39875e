// Writes attendance to D1 when somebody enters the room or the call. D1 and the room's memory may differ for a short time only: presence.ts
// calls this on arrivals and in every sweep.
import { databaseOf } from '../data/db.ts';
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import { type Entered, enterRoom, joinCall, leaveRoom } from '../data/attendance.ts';
import { newId } from '../data/ids.ts';
import { worldOf } from '../world.ts';
import { deliver } from '../outbox.ts';
import type { Speaker } from './conversation.ts';
import type { Place } from './presence.ts';
import { KEEP_MS } from '../../workflows/rules/roster.ts';

/** Pause before a write that failed in D1 is tried again, ms. */
export const AGAIN_MS = 3_000;

export class Register {
  private readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  /** Opens an attendance. If the object is evicted before D1 answers, the next sweep closes the row, because no seat was taken. */
  async open(speaker: Speaker, now: number): Promise<Entered> {
    const { ctx, env, memory } = this.place;
    const id = newId();
    memory().setWord('consultationId', speaker.consultationId);
    memory().setWord(`coming:${speaker.role}`, id);
    if ((await ctx.storage.getAlarm()) === null) await ctx.storage.setAlarm(now + KEEP_MS);
    const entered = await enterRoom(databaseOf(env), speaker, now, id);
    if (entered.kind === 'over') memory().dropWord(`coming:${speaker.role}`);
    return entered;
  }

  /** Records once that somebody entered the call. If D1 fails, the next sweep or their next message tries again. */
  async join(role: Side, now: number): Promise<void> {
    const { ctx, env, memory } = this.place;
    const taken = memory().taken(role);
    const consultationId = memory().word('consultationId');
    const joinedAt = taken?.seat.joinedAt ?? null;
    if (!taken || consultationId === null || joinedAt === null || memory().word(`joined:${role}`) === taken.attendanceId) return;
    try {
      if (!(await joinCall(databaseOf(env), consultationId, taken.attendanceId, joinedAt, now))) return;
    } catch (error) {
      await ctx.storage.setAlarm(now + AGAIN_MS);
      throw error;
    }
    memory().setWord(`joined:${role}`, taken.attendanceId);
    tellTemporal(this.place, consultationId);
  }

  /** Whether an attendance is being opened and not confirmed. */
  hasUnheard(): boolean {
    return SIDES.some(role => this.place.memory().word(`coming:${role}`) !== null);
  }

  /** Closes an attendance that was never confirmed, with its start as its end, because nobody was seen after that. */
  async endUnheard(role: Side, now: number): Promise<void> {
    const { env, memory } = this.place;
    const [id, consultationId] = [memory().word(`coming:${role}`), memory().word('consultationId')];
    if (id === null || consultationId === null) return;
    if (memory().taken(role) === null) await leaveRoom(databaseOf(env), consultationId, id, 0, now);
    memory().dropWord(`coming:${role}`);
  }
}

export function tellTemporal({ ctx, env }: Place, consultationId: string): void {
  ctx.waitUntil(deliver(databaseOf(env), worldOf(env), consultationId));
}
