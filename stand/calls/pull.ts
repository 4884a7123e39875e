// Subscribing: offers a browser the tracks of others, reads its answer, and switches a transceiver to another track. Called by api.ts. An
// error of one track is a value in its result; an error of the whole call is thrown as a Refusal.
import type { MLine } from './m-line.ts';
import type { Publication } from './publication.ts';
import { invalidParams, notEmulated, type TrackError } from './refusal.ts';
import { checkCount, type NewTracks, type Renegotiate, type Track, type UpdateTracks } from './requests.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import { Subscription } from './subscription.ts';

/** Offers a browser the tracks of others. `isRefused` is the stand's fault that makes a track not found. */
export function pull(sessions: Sessions, session: Session, { tracks = [] }: NewTracks, isRefused: () => boolean): object {
  checkCount(tracks);
  if (tracks.some(({ mid }) => mid !== undefined)) throw notEmulated('pulls into an existing transceiver');
  if (tracks.some(track => track.location !== 'remote' || !track.sessionId || !track.trackName))
    throw invalidParams('A remote track needs a location, a sessionId and a trackName.');
  session.negotiation.forgetOffer();
  const found = tracks.map(track => ({ track, publication: isRefused() ? undefined : publicationOf(sessions, track) }));
  const results = found.map(({ track: { sessionId, trackName }, publication }) => {
    if (publication === undefined) return { sessionId, trackName, mid: '', ...notFound };
    return { sessionId, trackName, mid: subscribe(session, publication).mid };
  });
  if (found.every(({ publication }) => publication === undefined)) return { requiresImmediateRenegotiation: false, tracks: results };
  const sessionDescription = { type: 'offer', sdp: session.negotiation.offer() };
  return { requiresImmediateRenegotiation: true, tracks: results, sessionDescription };
}

/** A track can be pulled only after its first packet, as at Cloudflare. */
function publicationOf(sessions: Sessions, { sessionId = '', trackName = '' }: Track): Publication | undefined {
  const publication = sessions.look(sessionId)?.publication(trackName);
  return publication?.lastPacketAt === undefined ? undefined : publication;
}

function subscribe(session: Session, publication: Publication): MLine {
  const line = session.negotiation.addSendingLine(publication.line.kind);
  line.subscription = new Subscription(session, line);
  session.subscriptions.push(line.subscription);
  line.subscription.attach(publication);
  return line;
}

export function answer(session: Session, { sessionDescription }: Renegotiate): object {
  if (sessionDescription.type !== 'answer') throw invalidParams('An answer is expected.');
  session.negotiation.readAnswer(sessionDescription.sdp);
  return {};
}

/** Switches a transceiver that already pulls to another track, without SDP. */
export function update(sessions: Sessions, session: Session, { tracks, sessionDescription }: UpdateTracks): object {
  checkCount(tracks);
  if (sessionDescription !== undefined) throw notEmulated('updates with a session description');
  const results = tracks.map((track): object => {
    const { mid = '', sessionId, trackName } = track;
    const subscription = session.negotiation.lineOf(mid)?.subscription;
    const publication = publicationOf(sessions, track);
    const isFitting = subscription?.isOpen === true && publication?.line.kind === session.negotiation.lineOf(mid)?.kind;
    if (!isFitting || publication === undefined) return { mid, sessionId, trackName, ...notFound };
    if (subscription.publication !== publication) subscription.attach(publication);
    return { mid, sessionId, trackName };
  });
  return { requiresImmediateRenegotiation: false, tracks: results };
}

const notFound: TrackError = {
  errorCode: 'not_found_track_error',
  errorDescription: 'Track not found on the remote peer. Make sure that the publisher is connected and sends packets for this track.',
};
