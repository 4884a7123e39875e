// One word for what a connection check means for the visit. Called by the check page at the end of a check, and by pages that show the last
// check.
import type { Side } from './admission.ts';

export interface Checked {
  readonly camera: boolean;
  readonly microphone: boolean;
  /** What the network can carry; null when it could not be measured. */
  readonly network: 'video' | 'audio' | 'chat' | null;
}

export type Readiness = 'ready' | 'unmeasured' | 'noCamera' | 'noVideo' | 'noVoice' | 'chatOnly';

/** The worst problem wins: a network without sound, then no microphone, then no picture. */
export function readinessOf({ camera, microphone, network }: Checked): Readiness {
  if (network === 'chat') return 'chatOnly';
  if (!microphone) return 'noVoice';
  if (network === 'audio') return 'noVideo';
  if (!camera) return 'noCamera';
  return network === null ? 'unmeasured' : 'ready';
}

/** The result of a device check. */
export interface CheckFound {
  readonly side: Side;
  readonly at: number;
  readonly camera: boolean;
  readonly microphone: boolean;
  /** The person heard the test sound; false also when they did not try. */
  readonly speaker: boolean;
  /** What the network can carry; `unknown` when it could not be measured. */
  readonly network: 'video' | 'audio' | 'chat' | 'unknown';
}

/** The result of a person's last connection check. */
export interface LastCheck extends Checked {
  readonly at: number;
}
