// How long a test waits for what comes when it comes. Only a test that fails waits so long.
import { vi } from 'vitest';

/** Longer than a machine takes that ten other programs keep busy. */
export const PATIENCE_MS = 90_000;

/** Asks until it holds. */
export const until = <T>(holds: () => T | Promise<T>): Promise<T> => vi.waitFor(holds, { timeout: PATIENCE_MS, interval: 50 });
