// CheckPass: a sealed token for testing the connection, for any signed-in person, at any time before a visit. It opens no room of a
// consultation: the test uses a room of the person's own. worker/routes/room/check.tsx issues it, worker/routes/room/calls.ts accepts it.
import { askOne, type Database } from '../data/db.ts';
import { isLiveRead } from '../data/sessions.ts';
import type { Sealer } from '../auth/seal.ts';
import type { Bindings } from '../world.ts';
import { roomOf } from './entrance.ts';
import type { Room } from './room.ts';

/** How long a pass is valid, ms: a check takes seconds, on a slow connection some more. */
const LIFE_MS = 3 * 60_000;
/** Distinguishes it from a RoomPass, which is sent in the same place. */
const PREFIX = 'check:';
const ABOUT = 'check';

interface Permit {
  readonly personId: string;
  /** The pass ends with this session. */
  readonly sessionId: string;
  readonly until: number;
}

export const isCheckPass = (token: string | undefined): token is string => token?.startsWith(PREFIX) ?? false;

export async function sealCheckPass(seal: Sealer, personId: string, sessionId: string, now: number): Promise<string> {
  const permit: Permit = { personId, sessionId, until: now + LIFE_MS };
  return PREFIX + (await seal.seal(JSON.stringify(permit), ABOUT));
}

export type CheckPass = { readonly kind: 'live'; readonly personId: string } | { readonly kind: 'expired' } | { readonly kind: 'unknown' };

export async function openCheckPass(db: Database, seal: Sealer, token: string, now: number): Promise<CheckPass> {
  const opened = await seal.open(token.slice(PREFIX.length), ABOUT);
  if (opened === null) return { kind: 'unknown' };
  const { personId, sessionId, until } = JSON.parse(opened) as Permit;
  if (!(await askOne(db, isLiveRead(sessionId, now)))) return { kind: 'unknown' };
  return until > now ? { kind: 'live', personId } : { kind: 'expired' };
}

/** The person's own room. Ids of consultations contain no colon, so it is never the room of a consultation. */
export const checkRoomOf = (rooms: Bindings['ROOM'], personId: string): DurableObjectStub<Room> => roomOf(rooms, `check:${personId}`);
