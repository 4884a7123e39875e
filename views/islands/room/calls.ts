// The media of the call over Cloudflare Calls, for media.ts: what we publish, what we pull, and a rebuild of the connection on demand. It
// wraps partytracks and works around its faults: a failed pull is never repeated; a dead path is noticed only after 13 s; requests queue
// behind one that hangs. Created after a click, because browsers otherwise keep its sound silent.
import { PartyTracks, setLogLevel } from 'partytracks/client';
import { BehaviorSubject, defer, distinctUntilChanged, of, ReplaySubject, retry, Subscription, switchMap, timeout, timer } from 'rxjs';
import { type Kind, KINDS, type Track, type Tracks } from './roster.ts';

export interface CallsEvents {
  /** Our tracks as others can pull them. */
  readonly published: (tracks: Tracks) => void;
  readonly pulled: (kind: Kind, track: MediaStreamTrack | null) => void;
  readonly connection: (state: RTCPeerConnectionState) => void;
  /** A track that the other participant publishes does not arrive. */
  readonly stalled: (kind: Kind) => void;
}

/** A pulled track that does not arrive within this time, ms, is requested again. */
const PULL_MS = 6_000;

/** Timeout of the request that asks whether the session still exists, ms; watch.ts asks again a second later. */
const ASK_MS = 2_000;

const ENCODINGS: Readonly<Record<Kind, RTCRtpEncodingParameters[]>> = {
  mic: [],
  cam: [{ maxBitrate: 1_200_000, maxFramerate: 24 }],
  screen: [{ maxBitrate: 1_500_000, maxFramerate: 10 }],
};

setLogLevel('none');

// partytracks leaves the failures of its requests unhandled; the retry and the rebuild below deal with them. Rejections of other code stay
// reported.
addEventListener('unhandledrejection', event => {
  if (event.reason instanceof Error && event.reason.stack?.includes(import.meta.url)) event.preventDefault();
});

export class Calls {
  private readonly ours = new Map<Kind, ReplaySubject<MediaStreamTrack>>();
  private readonly current = new Map<Kind, MediaStreamTrack>();
  private readonly theirs = new Map<Kind, BehaviorSubject<Track | null>>(
    KINDS.map(kind => [kind, new BehaviorSubject<Track | null>(null)]),
  );
  private pushes = new Map<Kind, Subscription>();
  private published: Partial<Record<Kind, Track>> = {};
  private subscription = new Subscription();
  private party: PartyTracks | null = null;
  private connection: RTCPeerConnection | null = null;
  private sessionId: string | null = null;

  private readonly pass: () => string;
  private readonly events: CallsEvents;

  constructor(pass: () => string, events: CallsEvents) {
    this.pass = pass;
    this.events = events;
  }

  start(iceServers: RTCIceServer[]): void {
    // The pass goes in a header, because a query would be written to logs.
    const headers = new Headers({ 'x-room-pass': this.pass() });
    const party = new PartyTracks({ prefix: '/calls', maxApiHistory: 1, headers, iceServers });
    this.party = party;
    this.subscription = new Subscription();
    this.subscription.add(party.peerConnection$.subscribe(connection => (this.connection = connection)));
    this.subscription.add(party.session$.subscribe(({ sessionId }) => (this.sessionId = sessionId)));
    this.subscription.add(party.peerConnectionState$.subscribe(state => this.events.connection(state)));
    for (const kind of this.ours.keys()) this.push(kind);
    for (const kind of KINDS) this.pull(kind);
  }

  /**
   * Opens a new connection and a new session with the same tracks. It replaces everything, including the queue of partytracks, because a
   * request that hangs in the queue would block the new ones.
   */
  rebuild(iceServers: RTCIceServer[]): void {
    if (this.party === null) return;
    this.stop();
    this.start(iceServers);
  }

  stop(): void {
    // Closed first, so that partytracks does not try to close its tracks one by one over a dead connection.
    this.connection?.close();
    this.subscription.unsubscribe();
    this.pushes.clear();
    this.published = {};
    this.sessionId = null;
    this.connection = null;
    this.party = null;
  }

  /**
   * Asks the SFU whether it has dropped our session (status 410), without the queue of partytracks. Returns false when there is no session
   * or no answer.
   */
  async isGone(): Promise<boolean> {
    if (this.sessionId === null) return false;
    const headers = { 'x-room-pass': this.pass() };
    const answer = await fetch(`/calls/sessions/${this.sessionId}`, { headers, signal: AbortSignal.timeout(ASK_MS) }).catch(() => null);
    return answer?.status === 410;
  }

  /** Publishes a track, or replaces the previous one without a new negotiation; null stops publishing this kind. */
  setTrack(kind: Kind, track: MediaStreamTrack | null): void {
    if (track === null) return this.unpublish(kind);
    const before = this.current.get(kind);
    this.current.set(kind, track);
    const known = this.ours.get(kind);
    if (known === undefined) {
      this.ours.set(kind, new ReplaySubject<MediaStreamTrack>(1));
      this.ours.get(kind)?.next(track);
      return this.push(kind);
    }
    known.next(track);
    // partytracks replaces a track only after the first byte was sent, which never happens with a camera that gives no frames.
    const sender = this.connection?.getSenders().find(one => before !== undefined && one.track === before);
    sender?.replaceTrack(track).catch(ignoreClosed);
  }

  setPulls(tracks: Tracks): void {
    for (const kind of KINDS) this.theirs.get(kind)?.next(tracks[kind] ?? null);
  }

  get peerConnection(): RTCPeerConnection | null {
    return this.connection;
  }

  private push(kind: Kind): void {
    const track$ = this.ours.get(kind);
    if (this.party === null || track$ === undefined) return;
    const push = this.party.push(track$, { sendEncodings$: of(ENCODINGS[kind]) }).subscribe(({ sessionId, trackName }) => {
      if (sessionId === undefined || trackName === undefined) return;
      const known = this.published[kind];
      if (known?.sessionId === sessionId && known.trackName === trackName) return;
      this.published = { ...this.published, [kind]: { sessionId, trackName } };
      this.events.published(this.published);
    });
    this.pushes.set(kind, push);
    this.subscription.add(push);
  }

  private unpublish(kind: Kind): void {
    this.pushes.get(kind)?.unsubscribe();
    this.pushes.delete(kind);
    this.ours.delete(kind);
    this.current.delete(kind);
    const { [kind]: _, ...rest } = this.published;
    this.published = rest;
    this.events.published(rest);
  }

  private pull(kind: Kind): void {
    const { party } = this;
    const wanted$ = this.theirs.get(kind);
    if (party === null || wanted$ === undefined) return;
    const track$ = wanted$.pipe(
      distinctUntilChanged((a, b) => a?.sessionId === b?.sessionId && a?.trackName === b?.trackName),
      switchMap(track => (track === null ? of(null) : this.pullOne(party, kind, track))),
    );
    this.subscription.add(track$.subscribe(track => this.events.pulled(kind, track)));
  }

  private pullOne(party: PartyTracks, kind: Kind, { sessionId, trackName }: Track) {
    return defer(() => party.pull(of({ location: 'remote' as const, sessionId, trackName }))).pipe(
      timeout({ first: PULL_MS }),
      retry({
        resetOnSuccess: true,
        delay: (_error, count) => {
          this.events.stalled(kind);
          return timer(Math.min(500 * 2 ** (count - 1), 8_000));
        },
      }),
    );
  }
}

/** A sender of a connection that was closed meanwhile has nothing to replace, so its DOMException is ignored. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof DOMException)) throw error;
}
