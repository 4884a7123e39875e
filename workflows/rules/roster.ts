// Who is in the room, as everybody in it sees it: a pure rule of seats and now. A seat whose connection was lost stays for a while, so that a
// short break or a deploy does not take anybody's picture away.
import type { Side } from './admission.ts';
import type { SeatState } from './room-messages.ts';

/** How long a seat is kept without a connection, ms. A reload and a deploy take less; a person who walked away is told of soon. */
export const KEEP_MS = 15_000;

/** A socket that has been silent for this long, pings included, is as good as closed. Browsers ping every ten seconds. */
export const SILENT_MS = 40_000;

export interface Seat extends SeatState {
  /** The participant's stable name in this room: there is one from each side. */
  readonly participant: Side;
  readonly role: Side;
  readonly enteredAt: number;
  /** When they came into the call for the first time since then; null while they only wait. */
  readonly joinedAt: number | null;
  /** When the connection was lost; null while there is one. Media is kept meanwhile. */
  readonly lostAt: number | null;
  /** The last chat line this one has read. */
  readonly seen: number;
}

const NOTHING_ON: SeatState = { inCall: false, mic: false, cam: false, screen: false, tracks: {} };

/** Takes a seat, or takes it again: then it keeps when it was taken and what was read, and its tracks until the new device says its own. */
export const seated = (before: Seat | null, side: Side, now: number): Seat =>
  before
    ? { ...before, lostAt: null }
    : { ...NOTHING_ON, participant: side, role: side, enteredAt: now, joinedAt: null, lostAt: null, seen: 0 };

/** The connection is gone; the first loss counts. */
export const lost = (seat: Seat, now: number): Seat => ({ ...seat, lostAt: seat.lostAt ?? now });

export const changed = (seat: Seat, state: SeatState, now: number): Seat => ({
  ...seat,
  ...state,
  joinedAt: seat.joinedAt ?? (state.inCall ? now : null),
});

export const read = (seat: Seat, seq: number): Seat => ({ ...seat, seen: Math.max(seat.seen, seq) });

/** Whose seat is free again: no connection for longer than it is kept. */
export const isGone = (seat: Seat, now: number): boolean => seat.lostAt !== null && now - seat.lostAt >= KEEP_MS;

/** When somebody has to look again; null when nobody is there. */
export function nextLookAt(seats: readonly Seat[], now: number): number | null {
  if (seats.length === 0) return null;
  return Math.min(...seats.map(seat => (seat.lostAt === null ? now + SILENT_MS / 2 : Math.max(now, seat.lostAt + KEEP_MS))));
}

/** The roster in its one order, the patient first. */
export const rosterOf = (seats: readonly Seat[]): Seat[] => seats.toSorted((a, b) => -a.role.localeCompare(b.role));
