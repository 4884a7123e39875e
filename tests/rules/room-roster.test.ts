// What the browser derives from a roster: where the other participant is, and which of their tracks to pull.
import { describe, expect, test } from 'vitest';
import { KEEP_PULLS_MS, NO_PULLS, peerIn, pullsAfter, whereIs } from '../../views/islands/room/roster.ts';
import type { Seat } from '../../workflows/rules/roster.ts';

const NOON = Date.UTC(2025, 10, 24, 9);
const tracks = { mic: { sessionId: 's1', trackName: 'm' }, cam: { sessionId: 's1', trackName: 'c' } };
const seat = (over: Partial<Seat> = {}): Seat => ({
  participant: 'doctor',
  role: 'doctor',
  enteredAt: NOON,
  joinedAt: NOON,
  lostAt: null,
  seen: 0,
  mic: true,
  cam: true,
  inCall: true,
  screen: false,
  tracks,
  ...over,
});

describe('the other one', () => {
  test('is whoever is not the reader', () => {
    const me = seat({ participant: 'patient', role: 'patient' });

    expect(peerIn([me, seat()], 'patient')?.role).toBe('doctor');
    expect(peerIn([me], 'patient')).toBeNull();
  });

  test.each([
    [null, 'absent', 'absent'],
    [null, 'here', 'left'],
    [null, 'left', 'left'],
    [seat(), 'absent', 'here'],
    [seat({ lostAt: NOON }), 'here', 'lost'],
  ] as const)('with seat %j after %s is %s', (now, before, expected) => {
    expect(whereIs(now, before)).toBe(expected);
  });
});

describe('tracks to pull', () => {
  const held = pullsAfter(NO_PULLS, seat(), NOON);

  test('are those of the roster', () => {
    expect(held).toEqual({ tracks, staleAt: null });
  });

  test('are kept when the other one leaves the roster: presence that is lost stops no media', () => {
    const after = pullsAfter(held, null, NOON + 1);

    expect(after).toEqual({ tracks, staleAt: NOON + 1 });
    expect(pullsAfter(after, null, NOON + 1 + KEEP_PULLS_MS - 1).tracks).toEqual(tracks);
  });

  test('end fifteen seconds later', () => {
    const after = pullsAfter(held, null, NOON);

    expect(pullsAfter(after, null, NOON + KEEP_PULLS_MS)).toEqual(NO_PULLS);
  });

  test('of somebody who came back without tracks stay until the new ones are there', () => {
    const left = pullsAfter(held, null, NOON);
    const back = pullsAfter(left, seat({ tracks: {} }), NOON + 2_000);
    const fresh = { cam: { sessionId: 's2', trackName: 'c' }, mic: { sessionId: 's2', trackName: 'm' } };

    expect(back.tracks).toEqual(tracks);
    expect(pullsAfter(back, seat({ tracks: fresh }), NOON + 2_500)).toEqual({ tracks: fresh, staleAt: null });
  });

  test('a screen that is not shown any more goes at once', () => {
    const shown = pullsAfter(NO_PULLS, seat({ tracks: { ...tracks, screen: { sessionId: 's1', trackName: 's' } } }), NOON);

    expect(pullsAfter(shown, seat(), NOON)).toEqual({ tracks, staleAt: null });
  });
});
