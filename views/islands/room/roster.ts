// What a roster means here: where the other one is, and which of their tracks to pull. Pure rules; presence that is lost stops no media.
import type { Side } from '../../../workflows/rules/admission.ts';
import type { Seat } from '../../../workflows/rules/roster.ts';

export type Kind = 'mic' | 'cam' | 'screen';
export const KINDS: readonly Kind[] = ['mic', 'cam', 'screen'];

export interface Track {
  readonly sessionId: string;
  readonly trackName: string;
}
export type Tracks = Readonly<Partial<Record<Kind, Track>>>;

/** Media of somebody who left the roster is kept for this long, ms: a deploy or a reload looks like leaving. */
export const KEEP_PULLS_MS = 15_000;

export const peerIn = (roster: readonly Seat[], me: Side): Seat | null => roster.find(seat => seat.participant !== me) ?? null;

/** `left` is somebody who was there and is not any more; `absent` has not come yet. */
export type Whereabouts = 'absent' | 'here' | 'lost' | 'left';

export function whereIs(seat: Seat | null, before: Whereabouts): Whereabouts {
  if (seat === null) return before === 'absent' ? 'absent' : 'left';
  return seat.lostAt === null ? 'here' : 'lost';
}

export interface Pulls {
  readonly tracks: Tracks;
  /** Since when tracks are kept that the roster does not name any more; null when it names them all. */
  readonly staleAt: number | null;
}

export const NO_PULLS: Pulls = { tracks: {}, staleAt: null };

/** What to pull after a roster: its tracks, and for a while those that it does not name any more. */
export function pullsAfter(before: Pulls, seat: Seat | null, now: number): Pulls {
  const named: Tracks = seat?.tracks ?? {};
  const missing = KINDS.filter(kind => before.tracks[kind] && !named[kind]);
  // A screen that is not shown any more is no loss of presence: it goes at once.
  const kept = missing.filter(kind => kind !== 'screen' || seat === null);
  if (kept.length === 0) return { tracks: named, staleAt: null };
  const staleAt = before.staleAt ?? now;
  if (now - staleAt >= KEEP_PULLS_MS) return { tracks: named, staleAt: null };
  return { tracks: { ...Object.fromEntries(kept.map(kind => [kind, before.tracks[kind]])), ...named }, staleAt };
}
