// When the editor saves: a moment after typing stops, and after a failure in growing pauses. Plain figures, so that a test can hold them.

/** Typing has stopped when no key was pressed for so long, ms. */
export const QUIET_MS = 1_000;

const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;

/** How long to wait after so many failures in a row, ms: 2, 4, 8, 16, then every 30 seconds. */
export const pauseAfter = (failures: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
