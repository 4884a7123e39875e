// Who is in the room, as both sides see it: pure functions of seats and time. A seat whose connection was lost is kept for a while, so that
// a short interruption or a deploy does not remove the person's picture. Called by worker/rooms/.
import type { Side } from './admission.ts';
import type { SeatState } from './room-messages.ts';

/**
 * How long a seat is kept without a connection, ms. A reload or a deploy takes less, and the other side soon sees that a person has left.
 */
export const KEEP_MS = 15_000;

/** A socket without any message, pings included, for this long counts as closed, ms. Browsers ping every ten seconds. */
export const SILENT_MS = 40_000;

export interface Seat extends SeatState {
  /** The participant's stable name in this room; there is one for each side. */
  readonly participant: Side;
  readonly role: Side;
  readonly enteredAt: number;
  /** When they first joined the call in this stay, ms; null while they only wait. */
  readonly joinedAt: number | null;
  /** When the connection was lost, ms; null while connected. Media sessions are kept meanwhile. */
  readonly lostAt: number | null;
  /** Number of the last chat line that this side has read. */
  readonly seen: number;
}

const NOTHING_ON: SeatState = { inCall: false, mic: false, cam: false, screen: false, tracks: {} };

/**
 * Takes a seat, or takes it again. A seat taken again keeps its entry time and what was read, and its tracks until the new device reports
 * its own.
 */
export const seated = (before: Seat | null, side: Side, now: number): Seat =>
  before
    ? { ...before, lostAt: null }
    : { ...NOTHING_ON, participant: side, role: side, enteredAt: now, joinedAt: null, lostAt: null, seen: 0 };

/** Marks the connection as lost; a repeated loss keeps the first instant. */
export const lost = (seat: Seat, now: number): Seat => ({ ...seat, lostAt: seat.lostAt ?? now });

export const changed = (seat: Seat, state: SeatState, now: number): Seat => ({
  ...seat,
  ...state,
  joinedAt: seat.joinedAt ?? (state.inCall ? now : null),
});

export const read = (seat: Seat, seq: number): Seat => ({ ...seat, seen: Math.max(seat.seen, seq) });

/** Whether the seat is free again: it has had no connection for KEEP_MS. */
export const isGone = (seat: Seat, now: number): boolean => seat.lostAt !== null && now - seat.lostAt >= KEEP_MS;

/** When the seats must be checked next, ms; null when there are none. */
export function nextLookAt(seats: readonly Seat[], now: number): number | null {
  if (seats.length === 0) return null;
  return Math.min(...seats.map(seat => (seat.lostAt === null ? now + SILENT_MS / 2 : Math.max(now, seat.lostAt + KEEP_MS))));
}

/** The roster in a fixed order, the patient first. */
export const rosterOf = (seats: readonly Seat[]): Seat[] => seats.toSorted((a, b) => -a.role.localeCompare(b.role));
