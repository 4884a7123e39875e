// Decides from the counters of watch.ts how long a connection has received nothing and what that means. The SFU reports on our tracks every
// second, and the other participant's media comes many times a second, so a working connection is never silent for long.
import type { Counters } from './quality.ts';

/** After `quiet` the SFU is asked whether the session still exists; after `silent` the connection is given up. */
export type Silence = 'none' | 'quiet' | 'silent';

/** A little more than the interval of the SFU's reports, which is one second, ms. */
const QUIET_MS = 1_200;
/** A connection that was only interrupted recovers within this time, ms; after a change of network the wait is shorter. */
const SILENT_MS = 8_000;
const SUSPECT_SILENT_MS = 2_000;

export function silenceOf(seen: readonly Counters[], now: number, isSuspect: boolean): Silence {
  const last = seen.at(-1);
  if (last === undefined || last.heardBytes === null) return 'none';
  const changedAt = seen.find(({ heardBytes }) => heardBytes === last.heardBytes)?.at ?? now;
  const silent = now - changedAt;
  if (silent >= (isSuspect ? SUSPECT_SILENT_MS : SILENT_MS)) return 'silent';
  return silent >= QUIET_MS ? 'quiet' : 'none';
}

/** When our own video last sent a new frame, and how many frames it had sent. */
export interface Moved {
  readonly frames: number;
  readonly at: number;
}

/**
 * Calls forgets a track after thirty seconds without a packet and drops later packets, so a video that was silent for a little less than
 * that is published again, ms.
 */
const FORGOTTEN_MS = 25_000;

/**
 * True when a camera gives frames again after a long pause (used by another program, a phone in a pocket). A camera that is switched off
 * sends black frames and is not counted.
 */
export const isRevived = (before: Moved, framesOut: number, now: number): boolean =>
  before.frames > 0 && framesOut > before.frames && now - before.at >= FORGOTTEN_MS;
