// What a connection check forecasts from its figures, and what it promises for the visit.
import { describe, expect, test } from 'vitest';
import { PLACES } from '../../views/check/ways.ts';
import { forecastOf, type Trial } from '../../views/islands/check/forecast.ts';
import { type Checked, readinessOf } from '../../workflows/rules/readiness.ts';

const trial = (given: Partial<Trial> = {}): Trial => ({ loss: 0, rttMs: 40, kbps: 1_100, ...given });
const checked = (given: Partial<Checked> = {}): Checked => ({ camera: true, microphone: true, network: 'video', ...given });

describe('the forecast', () => {
  test.each([
    [{}, 'video'],
    [{ loss: 0.12, rttMs: 800, kbps: 250 }, 'video'],
    [{ loss: 0.121 }, 'audio'],
    [{ rttMs: 801 }, 'audio'],
    [{ kbps: 249 }, 'audio'],
    [{ loss: 0.35, rttMs: 2_000, kbps: 24 }, 'audio'],
    [{ loss: 0.351 }, 'chat'],
    [{ rttMs: 2_001 }, 'chat'],
    [{ kbps: 23 }, 'chat'],
    // The connection is open and nothing comes back.
    [{ loss: 1, rttMs: 0, kbps: 0 }, 'chat'],
  ] as const)('of %j is %s', (given, forecast) => {
    expect(forecastOf(trial(given))).toBe(forecast);
  });
});

describe('the promise', () => {
  test.each([
    [{}, 'ready'],
    [{ network: null }, 'unmeasured'],
    [{ camera: false }, 'noCamera'],
    [{ camera: false, network: null }, 'noCamera'],
    [{ network: 'audio' }, 'noVideo'],
    [{ camera: false, network: 'audio' }, 'noVideo'],
    [{ microphone: false }, 'noVoice'],
    [{ microphone: false, camera: false, network: 'audio' }, 'noVoice'],
    [{ network: 'chat' }, 'chatOnly'],
    [{ microphone: false, network: 'chat' }, 'chatOnly'],
  ] as const)('of %j is «%s»', (given, readiness) => {
    expect(readinessOf(checked(given))).toBe(readiness);
  });
});

test('a phone and a computer of each browser have a picture of their own', () => {
  for (const { phone, desktop } of Object.values(PLACES)) {
    expect(phone.bar).not.toBe('menu');
    expect(['top', 'menu']).toContain(desktop.bar);
  }
});
