// How long a connection has been silent, and what that means: a pure rule over the counters that watch.ts has read. The SFU reports on our tracks
// every second, sound and video of the other one come many times a second, so a wire that is well is never silent for long.
import type { Counters } from './quality.ts';

/** `quiet` is worth asking the SFU whether it still knows the session; after `silent` nothing is to be expected of this connection. */
export type Silence = 'none' | 'quiet' | 'silent';

/** The SFU's reports come every second; a little more is quiet, ms. */
const QUIET_MS = 1_200;
/** A line that was only cut comes back over the same connection at once, so it is waited for, ms; less after a change of network. */
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

/** Our own picture as it was last seen to move on. */
export interface Moved {
  readonly frames: number;
  readonly at: number;
}

/** Calls forgets a track after thirty seconds without a packet, and what comes later goes nowhere; a little less is worth publishing anew, ms. */
const FORGOTTEN_MS = 25_000;

/** A camera that gave nothing for so long (another program, a phone's pocket) gives frames again. One that is off sends black and is not meant. */
export const isRevived = (before: Moved, framesOut: number, now: number): boolean =>
  before.frames > 0 && framesOut > before.frames && now - before.at >= FORGOTTEN_MS;
