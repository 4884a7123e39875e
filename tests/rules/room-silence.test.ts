// How long a connection may be silent before the SFU is asked, and before it is given up.
import { describe, expect, test } from 'vitest';
import type { Counters } from '../../views/islands/room/quality.ts';
import { isRevived, silenceOf } from '../../views/islands/room/silence.ts';

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
  framesOut: 0,
});

/** Counters read twice a second; bytes arrived until `cutAt`. */
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

describe('a picture', () => {
  test.each([
    [{ frames: 300, at: 1_000 }, 301, 26_000, true],
    [{ frames: 300, at: 1_000 }, 301, 25_999, false],
    [{ frames: 300, at: 1_000 }, 300, 60_000, false],
    // The camera is switched on for the first time.
    [{ frames: 0, at: 0 }, 5, 60_000, false],
    // A new connection starts its counters again.
    [{ frames: 300, at: 1_000 }, 5, 60_000, false],
  ])('last moved %o, %i frames at %i ms: came back after it was forgotten: %s', (moved, frames, now, isBack) => {
    expect(isRevived(moved, frames, now)).toBe(isBack);
  });
});
