// The connection of one visit: its media, the watch over it, and the reactions to their events. It decides when to rebuild the connection
// and sends our state to the other side. visit.ts starts and stops it and says which tracks to pull.
import type { FromBrowser, SeatState } from '../../../workflows/rules/room-messages.ts';
import { drawQuality } from './bar.ts';
import type { Devices } from './devices.ts';
import { Faults } from './faults.ts';
import { FRESH, type Line, type LineEvent, needsRebuild, nextLine } from './ladder.ts';
import { Media } from './media.ts';
import type { Word } from './quality.ts';
import type { Tracks } from './roster.ts';
import { playSound, showRemote } from './stage.ts';
import { Watch } from './watch.ts';

export interface AirEvents {
  readonly send: (message: FromBrowser) => boolean;
  /** Something that the page shows has changed. */
  readonly changed: () => void;
}

export class OnAir {
  line: Line = { ...FRESH, socketAt: Date.now() };
  hasRemoteVideo = false;
  readonly faults: Faults;
  private readonly media: Media;
  private readonly watch: Watch;
  private state: SeatState | null = null;
  private word: Word = 'checking';

  private readonly events: AirEvents;

  constructor(devices: Devices, events: AirEvents) {
    this.events = events;
    this.faults = new Faults(events.send);
    this.media = new Media(devices, {
      state: told => {
        this.state = told;
        this.tellAgain();
        events.changed();
      },
      line: became => this.happened({ type: 'media', state: became }),
      pulled: (kind, track) => {
        if (kind === 'cam') this.hasRemoteVideo = track !== null;
        showRemote(kind, track);
        if (kind === 'mic' && track) this.playSound();
        events.changed();
      },
      stalled: () => this.faults.note('noRemoteMedia'),
    });
    this.watch = new Watch({
      word: word => {
        this.word = word;
        drawQuality(word);
      },
      video: isOff => this.setVideoOff(isOff),
      report: ({ loss, rtt, kbpsIn, kbpsOut }) => events.send({ type: 'quality', loss, rtt, kbpsIn, kbpsOut, kind: this.kind }),
      quiet: () => void this.askWhetherGone(),
      silent: () => this.rebuild(),
      revived: () => this.media.publishPictureAnew(),
    });
  }

  get isStarted(): boolean {
    return this.media.isStarted;
  }

  get isScreenShown(): boolean {
    return this.media.isScreenShown;
  }

  /** `pass` is called for each new connection, because the pass may have been renewed. */
  async start(pass: () => string): Promise<void> {
    await this.media.start(pass);
  }

  stop(): void {
    this.media.stop();
    this.state = null;
    this.line = { ...this.line, media: 'none' };
  }

  pull(tracks: Tracks): void {
    this.media.pull(tracks);
  }

  /** Called when the tracks of the devices have changed. */
  publish(): void {
    this.media.publish();
  }

  /** Tries to play without a click; the browser may refuse, and the line then has `isPlayBlocked`. */
  playSound(): void {
    playSound(isBlocked => this.happened({ type: 'play', isBlocked }));
  }

  toggleScreen(): void {
    void this.media.toggleScreen();
  }

  /** Sends our state again, because the room may have lost it. */
  tellAgain(): void {
    if (this.state) this.events.send({ type: 'state', ...this.state });
  }

  /** Called when the network or the socket came back, or the network changed: for a while silence is reported sooner (watch.ts). */
  suspect(): void {
    this.watch.suspect();
  }

  happened(event: LineEvent): void {
    const before = this.line;
    this.line = nextLine(before, event, Date.now());
    if (event.type === 'media' && before.hasConnected && event.state !== 'connected' && this.isStarted) this.faults.note('mediaLost');
    this.events.changed();
  }

  /** Called twice a second. `expectsMedia`: the other participant is sending to us. */
  tick(expectsMedia: boolean): void {
    if (this.isStarted && needsRebuild(this.line, Date.now())) this.rebuild();
    void this.watch.look(this.media.peerConnection, expectsMedia, this.state?.cam ?? false);
  }

  private get kind(): 'video' | 'audio' | 'none' {
    if (this.word === 'lost') return 'none';
    return this.hasRemoteVideo || this.state?.cam ? 'video' : 'audio';
  }

  private setVideoOff(isOff: boolean): void {
    this.media.setVideoOff(isOff);
    if (isOff) this.faults.note('videoOff');
    this.happened({ type: 'video', isOff });
  }

  /**
   * Rebuilds when the SFU has dropped the session, because such a session never recovers. A connection that is only interrupted recovers by
   * itself, faster than a rebuild.
   */
  private async askWhetherGone(): Promise<void> {
    const asked = this.media.peerConnection;
    if ((await this.media.isGone()) && asked === this.media.peerConnection) this.rebuild();
  }

  private rebuild(): void {
    void this.media.rebuild();
    this.happened({ type: 'rebuilt' });
    if (!this.line.hasConnected && this.line.rebuilds === 2) this.faults.note('callsRefused');
  }
}
