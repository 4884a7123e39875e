// Which problem of the connection the call reports, the most serious first, and when it rebuilds its connection.
import { describe, expect, test } from 'vitest';
import { bannerOf, FRESH, type Line, type LineEvent, needsRebuild, nextLine } from '../../views/islands/room/ladder.ts';
import { problemOf } from '../../views/islands/room/problem.ts';

type Told = readonly [at: number, event: LineEvent];
const tell = (line: Line, ...told: readonly Told[]): Line => told.reduce((known, [at, event]) => nextLine(known, event, at), line);
const media = (state: Line['media']): LineEvent => ({ type: 'media', state });

const calm = tell(
  FRESH,
  [0, { type: 'socket', state: 'open' }],
  [0, media('connecting')],
  [500, media('connected')],
  [600, { type: 'peer', peer: 'here' }],
);

describe('the banner', () => {
  test('is silent when all is well, and in the waiting room', () => {
    expect(bannerOf(calm, 1_000)).toBeNull();
    expect(bannerOf(FRESH, 60_000)).toBeNull();
  });

  test('does not speak of a break that heals in a blink', () => {
    const broken = tell(calm, [1_000, media('disconnected')]);

    expect(bannerOf(broken, 2_499)).toBeNull();
    expect(bannerOf(broken, 2_500)).toBe('mediaLost');
    expect(bannerOf(tell(broken, [2_600, media('connected')]), 2_600)).toBeNull();
  });

  test('does not speak of the other one who reloads the page, and speaks of one who stays away', () => {
    const away = tell(calm, [1_000, { type: 'peer', peer: 'lost' }]);

    expect(bannerOf(tell(away, [1_900, { type: 'peer', peer: 'lost' }]), 1_999)).toBeNull();
    expect(bannerOf(away, 2_000)).toBe('peerLost');
  });

  test('no network outweighs everything', () => {
    const offline = tell(calm, [1_000, media('failed')], [1_000, { type: 'online', isOnline: false }]);

    expect(bannerOf(offline, 9_000)).toBe('offline');
  });

  test('a lost socket alone does not frighten: the talk goes on', () => {
    const silent = tell(calm, [1_000, { type: 'socket', state: 'opening' }]);

    expect(bannerOf(silent, 3_999)).toBeNull();
    expect(bannerOf(silent, 4_000)).toBe('socketLost');
  });

  test('a network that lets no media through is said after the first try anew', () => {
    const stuck = tell(FRESH, [0, { type: 'socket', state: 'open' }], [0, media('connecting')]);

    expect(bannerOf(stuck, 9_000)).toBeNull();
    expect(bannerOf(tell(stuck, [10_000, { type: 'rebuilt' }]), 10_000)).toBe('mediaRefused');
  });

  test.each([
    [{ type: 'play', isBlocked: true }, 'playBlocked'],
    [{ type: 'peer', peer: 'left' }, 'peerLeft'],
    [{ type: 'video', isOff: true }, 'videoOff'],
  ] as const)('after %j says %s', (event, banner) => {
    expect(bannerOf(tell(calm, [1_000, event]), 1_000)).toBe(banner);
  });
});

describe('the connection is built anew', () => {
  test('at once when it failed, after six and a half seconds when it was only disconnected', () => {
    const lost = tell(calm, [1_000, media('disconnected')]);

    expect(needsRebuild(tell(calm, [1_000, media('failed')]), 1_000)).toBe(true);
    expect(needsRebuild(lost, 7_499)).toBe(false);
    expect(needsRebuild(lost, 7_500)).toBe(true);
  });

  test('never without a network, while it works, or outside the call', () => {
    const offline = tell(calm, [1_000, media('failed')], [1_000, { type: 'online', isOnline: false }]);

    expect(needsRebuild(offline, 60_000)).toBe(false);
    expect(needsRebuild(calm, 60_000)).toBe(false);
    expect(needsRebuild(FRESH, 60_000)).toBe(false);
  });

  test('with growing pauses, and from the beginning once it worked', () => {
    const once = tell(calm, [1_000, media('failed')], [1_000, { type: 'rebuilt' }], [1_100, media('failed')]);
    const twice = tell(once, [5_000, { type: 'rebuilt' }], [5_100, media('failed')]);

    expect(needsRebuild(once, 4_999)).toBe(false);
    expect(needsRebuild(once, 5_000)).toBe(true);
    expect(needsRebuild(twice, 12_999)).toBe(false);
    expect(needsRebuild(twice, 13_000)).toBe(true);
    expect(tell(twice, [13_000, { type: 'rebuilt' }], [13_400, media('connected')]).rebuilds).toBe(0);
  });
});

test.each([
  ['NotAllowedError', 'cameraRefused'],
  ['NotFoundError', 'cameraMissing'],
  ['OverconstrainedError', 'cameraMissing'],
  ['NotReadableError', 'cameraBusy'],
  ['SomethingNew', 'cameraBusy'],
])('a camera that answers %s is told as %s', (name, problem) => {
  expect(problemOf('camera', Object.assign(new Error('x'), { name }))).toBe(problem);
});
