// What a connection check promises for the visit, in one word. The check says it at once, pages say it of the last check.
import type { Side } from './admission.ts';

export interface Checked {
  readonly camera: boolean;
  readonly microphone: boolean;
  /** What the network carries; null when it could not be measured. */
  readonly network: 'video' | 'audio' | 'chat' | null;
}

export type Readiness = 'ready' | 'unmeasured' | 'noCamera' | 'noVideo' | 'noVoice' | 'chatOnly';

/** What spoils most comes first: a network without sound, then a missing voice, then the picture. */
export function readinessOf({ camera, microphone, network }: Checked): Readiness {
  if (network === 'chat') return 'chatOnly';
  if (!microphone) return 'noVoice';
  if (network === 'audio') return 'noVideo';
  if (!camera) return 'noCamera';
  return network === null ? 'unmeasured' : 'ready';
}

/** What a check of the devices found. */
export interface CheckFound {
  readonly side: Side;
  readonly at: number;
  readonly camera: boolean;
  readonly microphone: boolean;
  /** The test sound was heard; false also when nobody tried. */
  readonly speaker: boolean;
  /** What the network is good for; unknown when it could not be measured. */
  readonly network: 'video' | 'audio' | 'chat' | 'unknown';
}

/** What somebody's last connection check came out as. */
export interface LastCheck extends Checked {
  readonly at: number;
}
