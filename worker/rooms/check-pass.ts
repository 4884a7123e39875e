// CheckPass: a sealed permit to try the connection, for anybody who is signed in and before any door is open. It opens no room: what it drives is
// kept in a room that is the person's own. routes/check.tsx gives it, routes/calls.ts asks about it.
import type { Sealer } from '../auth/seal.ts';
import type { Bindings } from '../world.ts';
import { roomOf } from './entrance.ts';
import type { Room } from './room.ts';

/** A check takes seconds; a slow line needs some more. */
const LIFE_MS = 3 * 60_000;
/** It travels where a RoomPass does, and is told from one by this. */
const PREFIX = 'check:';
const ABOUT = 'check';

interface Permit {
  readonly personId: string;
  readonly until: number;
}

export const isCheckPass = (token: string | undefined): token is string => token?.startsWith(PREFIX) ?? false;

export async function sealCheckPass(seal: Sealer, personId: string, now: number): Promise<string> {
  const permit: Permit = { personId, until: now + LIFE_MS };
  return PREFIX + (await seal.seal(JSON.stringify(permit), ABOUT));
}

export type CheckPass = { readonly kind: 'live'; readonly personId: string } | { readonly kind: 'expired' } | { readonly kind: 'unknown' };

export async function openCheckPass(seal: Sealer, token: string, now: number): Promise<CheckPass> {
  const opened = await seal.open(token.slice(PREFIX.length), ABOUT);
  if (opened === null) return { kind: 'unknown' };
  const { personId, until } = JSON.parse(opened) as Permit;
  return until > now ? { kind: 'live', personId } : { kind: 'expired' };
}

/** Ids of consultations hold no colon, so this is never the room of one. */
export const checkRoomOf = (rooms: Bindings['ROOM'], personId: string): DurableObjectStub<Room> => roomOf(rooms, `check:${personId}`);
