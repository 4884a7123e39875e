// The media of this participant: sends the tracks of the devices, pulls the tracks that the roster names, and stops video when the line is
// too poor for it. The connection is in calls.ts, which loads while the person is in the waiting room. Called by on-air.ts.
import type { SeatState } from '../../../workflows/rules/room-messages.ts';
import { blankTrack } from './blank.ts';
import type { Calls } from './calls.ts';
import type { Devices } from './devices.ts';
import { iceServers } from './ice.ts';
import type { Media as MediaState } from './ladder.ts';
import { type Kind, KINDS, type Tracks } from './roster.ts';

export interface MediaEvents {
  readonly state: (state: SeatState) => void;
  readonly line: (state: MediaState) => void;
  readonly pulled: (kind: Kind, track: MediaStreamTrack | null) => void;
  readonly stalled: (kind: Kind) => void;
}

const loading = import('./calls.ts');

export class Media {
  private calls: Calls | null = null;
  private tracks: Tracks = {};
  private wanted: Tracks = {};
  private screen: MediaStreamTrack | null = null;
  private isVideoOff = false;
  private isWanted = false;
  private pass = () => '';

  private readonly devices: Devices;
  private readonly events: MediaEvents;

  constructor(devices: Devices, events: MediaEvents) {
    this.devices = devices;
    this.events = events;
  }

  get isStarted(): boolean {
    return this.calls !== null;
  }

  get peerConnection(): RTCPeerConnection | null {
    return this.calls?.peerConnection ?? null;
  }

  get isScreenShown(): boolean {
    return this.screen !== null;
  }

  /** Starts sending and receiving. `pass` is called for each new connection, because the pass may have been renewed. */
  async start(pass: () => string): Promise<void> {
    this.isWanted = true;
    const [{ Calls }, servers] = await Promise.all([loading, iceServers(pass())]);
    if (!this.isWanted || this.calls) return;
    this.pass = pass;
    this.calls = new Calls(pass, {
      published: tracks => {
        this.tracks = tracks;
        this.tell();
      },
      pulled: this.events.pulled,
      stalled: this.events.stalled,
      connection: state => this.events.line(stateOf(state)),
    });
    this.publish();
    this.pull(this.wanted);
    this.calls.start(servers);
  }

  stop(): void {
    this.isWanted = false;
    this.calls?.stop();
    this.calls = null;
    this.tracks = {};
    this.screen?.stop();
    this.screen = null;
    for (const kind of KINDS) this.events.pulled(kind, null);
  }

  async rebuild(): Promise<void> {
    const { calls } = this;
    const servers = await iceServers(this.pass());
    if (calls === this.calls) calls?.rebuild(servers);
  }

  /** Whether the SFU has dropped our session. False when the session still exists or when there was no answer. */
  async isGone(): Promise<boolean> {
    return (await this.calls?.isGone()) ?? false;
  }

  pull(tracks: Tracks): void {
    this.wanted = tracks;
    const { cam: _, ...withoutVideo } = tracks;
    this.calls?.setPulls(this.isVideoOff ? withoutVideo : tracks);
  }

  setVideoOff(isOff: boolean): void {
    if (this.isVideoOff === isOff) return;
    this.isVideoOff = isOff;
    this.publish();
    this.pull(this.wanted);
  }

  /** Publishes the current tracks. Called after every change of the devices. */
  publish(): void {
    if (!this.calls) return;
    const { microphone } = this.devices;
    if (microphone) this.calls.setTrack('mic', microphone);
    const picture = this.isVideoOff ? null : this.devices.camera;
    // A camera that was never on sends nothing; one that was on and is off now sends black.
    const shown = picture ?? (this.tracks.cam ? blankTrack() : null);
    if (shown) this.calls.setTrack('cam', shown);
    this.tell();
  }

  /**
   * Publishes the video under a new name after the SFU has dropped its track, so that the other side pulls it again. The sound is not
   * interrupted.
   */
  publishPictureAnew(): void {
    this.calls?.setTrack('cam', null);
    this.publish();
  }

  async toggleScreen(): Promise<void> {
    if (this.screen) return this.endScreen();
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 10 }, audio: false }).catch(() => null);
    const [track] = stream?.getVideoTracks() ?? [];
    if (!track || !this.calls) return track?.stop();
    track.contentHint = 'detail';
    track.addEventListener('ended', () => this.endScreen());
    this.screen = track;
    this.calls.setTrack('screen', track);
    this.tell();
  }

  private endScreen(): void {
    this.screen?.stop();
    this.screen = null;
    this.calls?.setTrack('screen', null);
    this.tell();
  }

  /** Sends our state to the other participant. */
  tell(): void {
    if (!this.calls) return;
    const { camera, microphone, wantsMicrophone, taken } = this.devices;
    this.events.state({
      inCall: true,
      mic: microphone !== null && wantsMicrophone && !taken.has('microphone'),
      cam: camera !== null && !this.isVideoOff && !taken.has('camera'),
      screen: this.screen !== null,
      tracks: this.tracks,
    });
  }
}

function stateOf(state: RTCPeerConnectionState): MediaState {
  return state === 'connected' || state === 'disconnected' || state === 'failed' ? state : state === 'closed' ? 'failed' : 'connecting';
}
