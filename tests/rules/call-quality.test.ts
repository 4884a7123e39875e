// The sentence about a connection: its usual and its worst minutes.
import { describe, expect, test } from 'vitest';
import { type LineMinute, summaryOf } from '../../workflows/rules/call-quality.ts';
import { MINUTE, NOON } from '../cast.ts';

const minute = (n: number, given: Partial<LineMinute> = {}): LineMinute => ({
  minuteAt: NOON + n * MINUTE,
  loss: 0.01,
  rttMs: 60,
  kbpsIn: 900,
  kbpsOut: 800,
  kind: 'video',
  ...given,
});

describe('the summary of a line', () => {
  test('of no minutes is none', () => {
    expect(summaryOf([])).toBeNull();
  });

  test('names the usual, the worst and its minute: most loss, most delay, least speed', () => {
    const line = [minute(0), minute(1, { loss: 0.2, kind: 'audio' }), minute(2, { rttMs: 700 }), minute(3, { kbpsIn: 0, kind: 'none' })];

    expect(summaryOf(line)).toEqual({
      minutes: 4,
      loss: { usual: 0.01, worst: 0.2, at: NOON + MINUTE },
      rttMs: { usual: 60, worst: 700, at: NOON + 2 * MINUTE },
      kbpsIn: { usual: 900, worst: 0, at: NOON + 3 * MINUTE },
      carried: { video: 2, audio: 1, none: 1 },
    });
  });

  test('of several equally bad minutes names the first', () => {
    expect(summaryOf([minute(0), minute(1, { loss: 0.1 }), minute(2, { loss: 0.1 })])?.loss.at).toBe(NOON + MINUTE);
  });

  test('a delay that no browser knew is not a delay of zero', () => {
    expect(summaryOf([minute(0, { rttMs: 0 })])?.rttMs).toBeNull();
    expect(summaryOf([minute(0, { rttMs: 0 }), minute(1, { rttMs: 80 })])?.rttMs).toEqual({ usual: 80, worst: 80, at: NOON + MINUTE });
  });
});
