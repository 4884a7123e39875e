// The end of a room: the two are let go, their media is closed at the SFU, what the room remembered is forgotten. Called when a doctor ends a
// consultation, when it is moved or given up, when another device takes over, when somebody signs out, and by the workflow, which makes sure.
import type { Outcome } from '../../workflows/rules/status.ts';
import type { RoomPass } from '../data/room-passes.ts';
import type { Bindings } from '../world.ts';
import type { VideoPort } from '../providers/video/port.ts';
import { roomOf } from './entrance.ts';

/** Tells both that it is over and closes their media. Harmless when repeated. */
export async function endRoom(rooms: Bindings['ROOM'], video: VideoPort, consultationId: string, outcome: Outcome | null): Promise<void> {
  const sessions = await roomOf(rooms, consultationId).end(outcome);
  await closeSessions(video, sessions);
}

/** Ends the room and empties it, before the SFU is asked: what one that does not answer still holds, it drops 30 s after the last packet. */
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

/** The consultation was moved: the room of the old time lets both go and is empty for the new one. */
export async function emptyRoom(rooms: Bindings['ROOM'], video: VideoPort, consultationId: string): Promise<void> {
  await closeSessions(video, await roomOf(rooms, consultationId).letGo());
}

/** The sessions that hold these passes have ended: the rooms let them go. */
export async function putOut(rooms: Bindings['ROOM'], video: VideoPort, passes: readonly RoomPass[]): Promise<void> {
  await Promise.all(
    passes.map(async ({ consultationId, role, hash }) => closeSessions(video, await roomOf(rooms, consultationId).putOut(role, hash))),
  );
}

/** Closes every track of the sessions by force, which needs no browser's answer. */
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
