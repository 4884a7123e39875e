// The tracks of a session in both directions: closes them by mid, and lists them with their state. Called by api.ts and desk.ts.
import { isCarrying, stopLine } from './m-line.ts';
import { invalidParams, type TrackError } from './refusal.ts';
import { checkCount, type CloseTracks } from './requests.ts';
import type { Session } from './session.ts';

export function close(session: Session, { tracks, force, sessionDescription }: CloseTracks): object {
  checkCount(tracks);
  const { negotiation } = session;
  if (!force && sessionDescription?.type !== 'offer') throw invalidParams('An offer is expected unless the close is forced.');
  const results = tracks.map(({ mid }): object => {
    const line = negotiation.lineOf(mid);
    if (line === undefined || !isCarrying(line)) return { mid, ...alreadyClosed };
    stopLine(line);
    return { mid };
  });
  if (force || sessionDescription === undefined) return { requiresImmediateRenegotiation: false, tracks: results };
  negotiation.readOffer(sessionDescription.sdp);
  return {
    requiresImmediateRenegotiation: false,
    tracks: results,
    sessionDescription: { type: 'answer', sdp: negotiation.answer() },
  };
}

export function list({ publications, subscriptions }: Session): object {
  const local = publications.map(({ line, trackName, isOpen, lastPacketAt }) => {
    const status = !isOpen ? 'inactive' : lastPacketAt === undefined ? 'initializing' : 'active';
    return { location: 'local', mid: line.mid, trackName, status };
  });
  const remote = subscriptions.map(({ line, sessionId, trackName, isOpen, isAnswered, publication }) => {
    const isFlowing = isOpen && publication !== undefined;
    const status = !isFlowing ? 'inactive' : isAnswered ? 'active' : 'initializing';
    return { location: 'remote', mid: line.mid, trackName, sessionId, status };
  });
  return { tracks: [...local, ...remote], dataChannels: [] };
}

const alreadyClosed: TrackError = { errorCode: 'close_track_error', errorDescription: 'The track does not exist or is already closed.' };
