// How fast one socket speaks: what is a flood, and how often figures of quality are taken. Kept in memory only; a room that slept has heard nothing.
import { MESSAGES_A_SECOND } from './messages.ts';

/** Browsers report every ten seconds or slower; a little less, for clocks that differ. */
const REPORT_EVERY_MS = 9_000;

interface Heard {
  second: number;
  count: number;
  at: number;
  reportedAt: number;
}

export class Pace {
  private readonly heard = new WeakMap<WebSocket, Heard>();

  /** Counts a message; true when there were too many of them within a second. */
  isFlood(socket: WebSocket, now: number): boolean {
    const heard = this.of(socket);
    heard.at = now;
    const second = Math.floor(now / 1000);
    heard.count = heard.second === second ? heard.count + 1 : 1;
    heard.second = second;
    return heard.count > MESSAGES_A_SECOND;
  }

  mayReport(socket: WebSocket, now: number): boolean {
    const heard = this.of(socket);
    if (now - heard.reportedAt < REPORT_EVERY_MS) return false;
    heard.reportedAt = now;
    return true;
  }

  heardAt(socket: WebSocket): number {
    return this.heard.get(socket)?.at ?? 0;
  }

  private of(socket: WebSocket): Heard {
    const known = this.heard.get(socket);
    if (known) return known;
    const fresh = { second: 0, count: 0, at: 0, reportedAt: 0 };
    this.heard.set(socket, fresh);
    return fresh;
  }
}
