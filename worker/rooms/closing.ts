// Ends a room: closes its sockets and its media at the SFU, and deletes its memory. Called when a consultation is concluded, moved or
// cancelled, when another device takes over, on sign-out, and by the activity closeRoom, which makes sure that it happened.
import type { Outcome } from '../../workflows/rules/status.ts';
import type { RoomPass } from '../data/room-passes.ts';
import type { Bindings } from '../world.ts';
import type { VideoPort } from '../providers/video/port.ts';
import { roomOf } from './entrance.ts';

/** Tells both sides that the visit is over and closes their media. May be repeated. */
export async function endRoom(rooms: Bindings['ROOM'], video: VideoPort, consultationId: string, outcome: Outcome | null): Promise<void> {
  const sessions = await roomOf(rooms, consultationId).end(outcome);
  await closeSessions(video, sessions);
}

/**
 * Ends the room and deletes its memory before calling the SFU. If the SFU does not answer, it drops each track 30 s after the last packet
 * by itself (developers.cloudflare.com/realtime/sfu/limits).
 */
export async function closeForGood(
  rooms: Bindings['ROOM'],
  video: VideoPort,
  consultationId: string,
  outcome: Outcome | null,
): Promise<void> {
  const room = roomOf(rooms, consultationId);
  const sessions = await room.end(outcome);
  await room.forget();
  await closeSessions(video, sessions);
}

/** The consultation was moved: closes both sockets and empties the room for the new time. */
export async function emptyRoom(rooms: Bindings['ROOM'], video: VideoPort, consultationId: string): Promise<void> {
  await closeSessions(video, await roomOf(rooms, consultationId).letGo());
}

/** The sessions of these passes have ended: closes their sockets and media. */
export async function putOut(rooms: Bindings['ROOM'], video: VideoPort, passes: readonly RoomPass[]): Promise<void> {
  await Promise.all(
    passes.map(async ({ consultationId, role, hash }) => closeSessions(video, await roomOf(rooms, consultationId).putOut(role, hash))),
  );
}

/** Closes every track of the media sessions by force, which needs no answer from the browser. */
export async function closeSessions(video: VideoPort, sessions: readonly string[]): Promise<void> {
  await Promise.all(
    sessions.map(async session => {
      const { body } = await video.call('GET', `sessions/${session}`);
      const tracks = midsIn(body?.['tracks']).map(mid => ({ mid }));
      if (tracks.length > 0) await video.call('PUT', `sessions/${session}/tracks/close`, { tracks, force: true });
    }),
  );
}

const midsIn = (tracks: unknown): string[] =>
  Array.isArray(tracks)
    ? tracks.flatMap((track: { mid?: unknown }) => (typeof track?.mid === 'string' && track.mid !== '' ? [track.mid] : []))
    : [];
