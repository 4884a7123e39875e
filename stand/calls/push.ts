// Publishing: reads a browser's offer with names for its tracks and writes an answer. Called by api.ts. An error of one track is a value in
// its result; an error of the whole call is thrown as a Refusal.
import { randomUUID } from 'node:crypto';
import { isCarrying } from './m-line.ts';
import { Publication } from './publication.ts';
import { invalidParams, notEmulated, type TrackError } from './refusal.ts';
import { checkCount, type NewTracks, type Renegotiate, type Track } from './requests.ts';
import type { Session } from './session.ts';

export const isPush = ({ tracks = [], sessionDescription, autoDiscover = false }: NewTracks) =>
  autoDiscover || sessionDescription !== undefined || tracks.some(({ location }) => location === 'local');

/** Answers the offer that comes with a new session; it publishes nothing yet. */
export function open({ negotiation }: Session, { type, sdp }: Renegotiate['sessionDescription']) {
  if (type !== 'offer') throw invalidParams('A session begins with an offer.');
  negotiation.readOffer(sdp);
  return { sessionDescription: { type: 'answer', sdp: negotiation.answer() } };
}

/** Answers a browser's offer and publishes its tracks under the given names. */
export function push(session: Session, { tracks = [], sessionDescription, autoDiscover = false }: NewTracks): object {
  if (sessionDescription === undefined) throw notEmulated('offers for tracks that a browser is to publish');
  if (sessionDescription.type !== 'offer') throw invalidParams('Local tracks come with an offer.');
  if (tracks.some(({ location }) => location !== 'local'))
    throw invalidParams('With an offer come local tracks only: remote ones are for another call.');
  const { negotiation } = session;
  if (!autoDiscover) checkCount(tracks);
  negotiation.readOffer(sessionDescription.sdp);
  const results = autoDiscover ? publishAll(session) : tracks.map(track => publish(session, track));
  return {
    requiresImmediateRenegotiation: false,
    tracks: results,
    sessionDescription: { type: 'answer', sdp: negotiation.answer() },
  };
}

function publish(session: Session, { mid = '', trackName = '' }: Track): object {
  const line = session.negotiation.lineOf(mid);
  const asked = { trackName, mid };
  if (line?.role !== 'receives' || line.state === 'rejected') return { ...asked, ...wrong(`The offer has no m-line ${mid} that sends.`) };
  if (trackName === '') return { ...asked, ...wrong('A local track needs a trackName.') };
  const named = session.publication(trackName);
  const isSame = named !== undefined && named.line === line;
  if (!isSame && named !== undefined) return { ...asked, ...wrong(`The session already publishes ${trackName}.`) };
  if (!isSame && isCarrying(line)) return { ...asked, ...wrong(`The m-line ${mid} already carries a track.`) };
  if (!isSame) session.publications.push((line.publication = new Publication(session, line, trackName)));
  line.state = 'live';
  return asked;
}

function publishAll(session: Session): object[] {
  const fresh = session.negotiation.lines.filter(line => line.role === 'receives' && line.state !== 'rejected' && !isCarrying(line));
  return fresh.map(({ mid }) => publish(session, { mid, trackName: randomUUID() }));
}

const wrong = (errorDescription: string): TrackError => ({ errorCode: 'invalid_params', errorDescription });
