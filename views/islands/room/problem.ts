// Maps the browser's errors to the reason why a camera or a microphone is not available. A pure table, used by devices.ts and by the check.
export type Device = 'camera' | 'microphone';
type Problem = 'Refused' | 'Missing' | 'Busy' | 'Taken';
export type DeviceProblem = `${Device}${Problem}`;

const PROBLEMS: Readonly<Record<string, Problem>> = {
  NotAllowedError: 'Refused',
  SecurityError: 'Refused',
  NotFoundError: 'Missing',
  OverconstrainedError: 'Missing',
  TypeError: 'Missing',
  NotReadableError: 'Busy',
  AbortError: 'Busy',
};

/** An error that is not in the table is a fault of the device, usually because another program uses it: «Busy». */
export const problemOf = (device: Device, error: unknown): DeviceProblem =>
  `${device}${PROBLEMS[error instanceof Error ? error.name : ''] ?? 'Busy'}`;

/** Maps a problem to a fault kind that the room accepts. There is no kind for a busy microphone; it is reported as missing. */
export const faultOf = (problem: DeviceProblem) =>
  problem === 'microphoneBusy' || problem === 'microphoneTaken' ? 'microphoneMissing' : problem === 'cameraTaken' ? 'cameraBusy' : problem;
