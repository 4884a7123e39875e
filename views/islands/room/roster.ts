// Pure rules over the roster: where the other participant is and which of their tracks to pull. Lost presence does not stop media. Called
// by visit.ts.
import type { Side } from '../../../workflows/rules/admission.ts';
import type { Seat } from '../../../workflows/rules/roster.ts';

export type Kind = 'mic' | 'cam' | 'screen';
export const KINDS: readonly Kind[] = ['mic', 'cam', 'screen'];

export interface Track {
  readonly sessionId: string;
  readonly trackName: string;
}
export type Tracks = Readonly<Partial<Record<Kind, Track>>>;

/** The media of a participant who left the roster is kept for this long, ms, because a deploy or a reload also looks like leaving. */
export const KEEP_PULLS_MS = 15_000;

export const peerIn = (roster: readonly Seat[], me: Side): Seat | null => roster.find(seat => seat.participant !== me) ?? null;

/** `left`: was in the room and is not any more; `absent`: has not come yet. */
export type Whereabouts = 'absent' | 'here' | 'lost' | 'left';

export function whereIs(seat: Seat | null, before: Whereabouts): Whereabouts {
  if (seat === null) return before === 'absent' ? 'absent' : 'left';
  return seat.lostAt === null ? 'here' : 'lost';
}

export interface Pulls {
  readonly tracks: Tracks;
  /** Since when tracks are kept that the roster no longer names, ms; null when it names them all. */
  readonly staleAt: number | null;
}

export const NO_PULLS: Pulls = { tracks: {}, staleAt: null };

/** Returns what to pull after a new roster: its tracks and, for `KEEP_PULLS_MS`, the tracks that it no longer names. */
export function pullsAfter(before: Pulls, seat: Seat | null, now: number): Pulls {
  const named: Tracks = seat?.tracks ?? {};
  const missing = KINDS.filter(kind => before.tracks[kind] && !named[kind]);
  // While the seat is there, a missing screen means that sharing has ended, so that track is dropped at once.
  const kept = missing.filter(kind => kind !== 'screen' || seat === null);
  if (kept.length === 0) return { tracks: named, staleAt: null };
  const staleAt = before.staleAt ?? now;
  if (now - staleAt >= KEEP_PULLS_MS) return { tracks: named, staleAt: null };
  return { tracks: { ...Object.fromEntries(kept.map(kind => [kind, before.tracks[kind]])), ...named }, staleAt };
}
