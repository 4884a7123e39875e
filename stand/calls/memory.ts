// Measures the memory that the SFU really uses. Garbage collection is lazy, so the resident set also counts objects that are no longer
// needed. Called by tests through the routes of desk.ts.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes of objects and buffers after a garbage collection, which takes tens of milliseconds. */
export function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
