// What a room writes into the register of attendance, D1, of who comes in and into the call. Neither memory may know of somebody whom the other
// never heard of for long: presence.ts calls this as people come, and again at every look.
import { databaseOf } from '../data/db.ts';
import { type Side, SIDES } from '../../workflows/rules/admission.ts';
import { type Entered, enterRoom, joinCall, leaveRoom } from '../data/attendance.ts';
import { newId } from '../data/ids.ts';
import { worldOf } from '../world.ts';
import { deliver } from '../outbox.ts';
import type { Speaker } from './conversation.ts';
import type { Place } from './presence.ts';
import { KEEP_MS } from '../../workflows/rules/roster.ts';

/** When what D1 did not take is tried again, ms. */
export const AGAIN_MS = 3_000;

export class Register {
  private readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  /** Opens an attendance. What the room does not live to hear of D1's answer, the next look ends: nobody sat down on it. */
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

  /** Writes down once that somebody came into the call. What D1 did not take now, the next sweep or word of theirs brings again soon. */
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

  /** Whether something was opened and not heard of. */
  hasUnheard(): boolean {
    return SIDES.some(role => this.place.memory().word(`coming:${role}`) !== null);
  }

  /** Ends what was opened and not heard of, at the instant at which it began: nobody was seen after it. */
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
