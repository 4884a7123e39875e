// The bar above the stage: the time since the visit began and the quality of the connection. Called by visit.ts, on-air.ts and drawing.ts.
import { find, write } from '../dom.ts';
import { fill } from '../text.ts';
import type { Word } from './quality.ts';
import { clockOf, serverNow, setup, words } from './setup.ts';

const elapsed = find('[data-elapsed]');
const quality = find('[data-quality]');
const TONES = { checking: 'off', good: 'ok', weak: 'warn', lost: 'bad' } as const;

let startedAt = setup.startedAt;

/** Both participants are in the call since `at`, ms. An earlier start of the visit stays. */
export function startClock(at: number): void {
  startedAt ??= at;
  drawElapsed();
}

export function drawElapsed(): void {
  const going = startedAt !== null && startedAt <= serverNow();
  find('.dot', elapsed ?? document)?.setAttribute('class', going ? 'dot ok live' : 'dot off');
  const text = going
    ? fill(words.elapsed, { clock: spanOf(serverNow() - (startedAt ?? 0)), total: setup.total })
    : fill(words.startsAt, { clock: clockOf(setup.startsAt) });
  write(elapsed?.lastElementChild ?? null, text);
}

export function drawQuality(word: Word): void {
  if (!quality) return;
  quality.className = TONES[word];
  quality.dataset.quality = word;
  write(quality.lastElementChild, words[word]);
}

const two = (n: number): string => String(n).padStart(2, '0');

function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
