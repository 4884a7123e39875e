// What every doctor holds, for the list of doctors. For a second the list may show an interval that was just taken; the doctor's own page and the
// confirmation always ask, and the trigger of the table decides who gets it.
import type { Interval } from '../../workflows/rules/interval.ts';
import { memory } from './memory.ts';

const FRESH_MS = 1_000;

/** Intervals by the doctor's id. */
export const held = memory<ReadonlyMap<string, readonly Interval[]>>(FRESH_MS);
