// The editor's delays: a moment after typing stops, and growing pauses after failures. Kept apart from keeper.ts, so that a test can check
// the numbers.

/** Typing counts as stopped when no key was pressed for this long, ms. */
export const QUIET_MS = 1_000;

const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;

/** The pause after `failures` failures in a row, ms: 2, 4, 8, 16, then 30 seconds each time. */
export const pauseAfter = (failures: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
