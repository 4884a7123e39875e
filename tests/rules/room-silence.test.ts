// How long a connection may be silent before somebody is asked, and before it is given up.
import { describe, expect, test } from 'vitest';
import type { Counters } from '../../views/islands/room/quality.ts';
import { silenceOf } from '../../views/islands/room/silence.ts';

const heard = (at: number, heardBytes: number | null): Counters => ({
  at,
  packetsIn: 0,
  lostIn: 0,
  bytesIn: 0,
  bytesOut: 0,
  rttMs: null,
  lossOut: null,
  roomKbps: null,
  heardBytes,
});

/** Looked at twice a second; bytes came until `cutAt`. */
const lookedUntil = (now: number, cutAt: number): Counters[] =>
  Array.from({ length: Math.floor(now / 500) + 1 }, (_, look) => heard(look * 500, Math.min(look * 500, cutAt)));

describe('silence', () => {
  test.each([
    [1_000, 1_000, false, 'none'],
    [2_000, 1_000, false, 'none'],
    [2_500, 1_000, false, 'quiet'],
    [8_500, 1_000, false, 'quiet'],
    [9_000, 1_000, false, 'silent'],
    [2_500, 1_000, true, 'quiet'],
    [3_000, 1_000, true, 'silent'],
  ] as const)('at %i ms, cut at %i, the network changed: %s, is %s', (now, cutAt, isSuspect, verdict) => {
    expect(silenceOf(lookedUntil(now, cutAt), now, isSuspect)).toBe(verdict);
  });

  test('of a browser that does not count the wire, and before the first look, nothing is said', () => {
    expect(silenceOf([], 10_000, false)).toBe('none');
    expect(silenceOf([heard(0, null), heard(9_000, null)], 9_000, false)).toBe('none');
  });
});
