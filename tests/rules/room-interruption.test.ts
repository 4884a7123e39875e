// A device that a phone call takes away: told after a second, taken anew after four, and never told when the call was shorter.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchInterruptions } from '../../views/islands/room/interruption.ts';

class Track extends EventTarget {
  muted = false;
  readyState = 'live';
  becomes(isMuted: boolean): void {
    this.muted = isMuted;
    this.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'));
  }
}

let track: Track;
let told: boolean[];
let retaken: number;

beforeEach(() => {
  vi.useFakeTimers();
  track = new Track();
  told = [];
  retaken = 0;
  watchInterruptions(
    track as unknown as MediaStreamTrack,
    isTaken => void told.push(isTaken),
    () => void retaken++,
  );
});
afterEach(() => {
  vi.useRealTimers();
});

test('a microphone that a call takes is told within two seconds, and again when it is back', () => {
  track.becomes(true);
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual([true]);

  track.becomes(false);
  vi.advanceTimersByTime(60_000);

  expect(told).toEqual([true, false]);
  expect(retaken).toBe(0);
});

test('an interruption of half a second is not told', () => {
  track.becomes(true);
  vi.advanceTimersByTime(500);
  track.becomes(false);
  vi.advanceTimersByTime(60_000);

  expect(told).toEqual([false]);
});

test('one that stays away is taken anew after four seconds, and then less and less often', () => {
  track.becomes(true);
  vi.advanceTimersByTime(4_000);
  expect(retaken).toBe(1);

  vi.advanceTimersByTime(60_000);
  expect(retaken).toBe(4);
});

test('one that was replaced or switched off is left alone', () => {
  track.becomes(true);
  vi.advanceTimersByTime(4_000);
  track.readyState = 'ended';
  vi.advanceTimersByTime(60_000);

  expect(retaken).toBe(1);
});
