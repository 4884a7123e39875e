// Why a camera or a microphone could not be had, in the words of the browser's errors. A pure table.
export type Device = 'camera' | 'microphone';
type Problem = 'Refused' | 'Missing' | 'Busy';
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

/** What has no name here is some fault of the device, which another program's hold is the usual cause of. */
export const problemOf = (device: Device, error: unknown): DeviceProblem =>
  `${device}${PROBLEMS[error instanceof Error ? error.name : ''] ?? 'Busy'}`;

/** The kinds of faults that the room takes; a busy microphone counts as one that is not there. */
export const faultOf = (problem: DeviceProblem) => (problem === 'microphoneBusy' ? 'microphoneMissing' : problem);
