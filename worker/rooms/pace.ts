// The rate of each socket: detects a flood and limits quality reports. The counters are in memory only; after hibernation they start again,
// because nothing was received meanwhile. Called by room.ts and presence.ts.
import { LIMITS } from '../../workflows/rules/limits.ts';
import { MESSAGES_A_SECOND, MESSAGES_AT_ONCE } from './messages.ts';

/** Browsers report at most every 10 s; a little less here, because clocks differ. */
const REPORT_EVERY_MS = 9_000;

interface Heard {
  /** Messages that may still come at once; refilled over time. */
  left: number;
  at: number;
  reportedAt: number;
}

/** The limits that a room counts by a key: each is an allowance that refills evenly over its window. */
type PacedLimit = 'greetingsOfSide' | 'sessionsOfPass';

export class Pace {
  private readonly allowances = new Map<string, { left: number; at: number }>();

  private readonly heard = new WeakMap<WebSocket, Heard>();

  /**
   * Counts a message; true when there were too many. A connection that hung delivers its messages at once, which the allowance of
   * MESSAGES_AT_ONCE permits.
   */
  isFlood(socket: WebSocket, now: number): boolean {
    const heard = this.of(socket);
    const refilled = heard.left + (Math.max(0, now - heard.at) * MESSAGES_A_SECOND) / 1_000;
    heard.left = Math.min(MESSAGES_AT_ONCE, refilled) - 1;
    heard.at = now;
    return heard.left < 0;
  }

  mayReport(socket: WebSocket, now: number): boolean {
    const heard = this.of(socket);
    if (now - heard.reportedAt < REPORT_EVERY_MS) return false;
    heard.reportedAt = now;
    return true;
  }

  /** Takes one from the allowance of a key; false when there is none left. */
  may(limit: PacedLimit, key: string, now: number): boolean {
    const { count, windowMs } = LIMITS[limit];
    const name = `${limit}:${key}`;
    const known = this.allowances.get(name) ?? { left: count, at: now };
    const left = Math.min(count, known.left + (Math.max(0, now - known.at) * count) / windowMs);
    this.allowances.set(name, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  }

  heardAt(socket: WebSocket): number {
    return this.heard.get(socket)?.at ?? 0;
  }

  private of(socket: WebSocket): Heard {
    const known = this.heard.get(socket);
    if (known) return known;
    const fresh = { left: MESSAGES_AT_ONCE, at: 0, reportedAt: 0 };
    this.heard.set(socket, fresh);
    return fresh;
  }
}
