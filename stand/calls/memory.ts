// What the SFU really holds. Collectors are lazy: the resident set also counts what nobody needs any more. Tests ask, over the desk's routes.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes of objects and buffers after the collector has been through. Takes tens of milliseconds. */
export function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
