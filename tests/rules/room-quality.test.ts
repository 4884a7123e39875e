// The word for the quality of a connection, and when it can no longer carry video.
import { describe, expect, test } from 'vitest';
import { type Counters, type Figures, figuresOf, nextVideo, VIDEO_ON, type VideoRule, wordOf } from '../../views/islands/room/quality.ts';

const counters = (over: Partial<Counters> = {}): Counters => ({
  at: 0,
  packetsIn: 0,
  lostIn: 0,
  bytesIn: 0,
  bytesOut: 0,
  rttMs: 40,
  lossOut: 0,
  roomKbps: 2_000,
  heardBytes: 0,
  framesOut: 0,
  ...over,
});
const figures = (over: Partial<Figures> = {}): Figures => ({ loss: 0, rtt: 40, kbpsIn: 900, kbpsOut: 900, roomKbps: 2_000, ...over });
const after = (rule: VideoRule, seconds: number, now: Figures, from = 0): VideoRule =>
  Array.from({ length: seconds + 1 }, (_, second) => from + second * 1000).reduce((known, at) => nextVideo(known, now, at), rule);

describe('figures', () => {
  test('are rates between two looks', () => {
    const of = figuresOf(counters(), counters({ at: 5_000, packetsIn: 90, lostIn: 10, bytesIn: 625_000, bytesOut: 62_500 }));

    expect(of).toEqual({ loss: 0.1, rtt: 40, kbpsIn: 1_000, kbpsOut: 100, roomKbps: 2_000 });
  });

  test('take the worse direction, and never go below nothing when late packets are taken back', () => {
    const of = figuresOf(counters({ lostIn: 5 }), counters({ at: 1_000, packetsIn: 50, lostIn: 3, lossOut: 0.2 }));

    expect(of.loss).toBe(0.2);
  });
});

describe('the word', () => {
  test.each([
    [null, true, 'checking'],
    [figures(), true, 'good'],
    [figures({ loss: 0.05 }), true, 'good'],
    [figures({ loss: 0.051 }), true, 'weak'],
    [figures({ rtt: 401 }), true, 'weak'],
    [figures({ roomKbps: 249 }), true, 'weak'],
    [figures({ roomKbps: null }), true, 'good'],
    [figures({ kbpsIn: 0 }), true, 'lost'],
    [figures({ kbpsIn: 0 }), false, 'good'],
  ] as const)('for %j, media expected: %s, is %s', (now, expects, word) => {
    expect(wordOf(now, expects)).toBe(word);
  });
});

describe('video', () => {
  const bad = figures({ loss: 0.3 });

  test('goes off after six bad seconds and not before', () => {
    expect(after(VIDEO_ON, 5, bad).isOff).toBe(false);
    expect(after(VIDEO_ON, 6, bad).isOff).toBe(true);
  });

  test('stays on a weak line that is not bad', () => {
    expect(after(VIDEO_ON, 60, figures({ loss: 0.08 })).isOff).toBe(false);
  });

  test('is not given up for want of room, which grows only while it is used', () => {
    expect(after(VIDEO_ON, 60, figures({ roomKbps: 30 })).isOff).toBe(false);
  });

  test('one good second begins the count anew', () => {
    const nearly = nextVideo(after(VIDEO_ON, 5, bad), figures(), 5_500);

    expect(after(nearly, 5, bad, 6_000).isOff).toBe(false);
  });

  test('comes back after fifteen good seconds, and after thirty the second time', () => {
    const off = after(VIDEO_ON, 6, bad);
    const back = after(off, 15, figures(), 10_000);
    const offAgain = after(back, 6, bad, 30_000);

    expect(after(off, 14, figures(), 10_000).isOff).toBe(true);
    expect(back.isOff).toBe(false);
    expect(after(offAgain, 29, figures(), 40_000).isOff).toBe(true);
    expect(after(offAgain, 30, figures(), 40_000).isOff).toBe(false);
  });
});
