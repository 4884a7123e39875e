// The line of one visit: its media, the watch over it, and what each event makes of both. It knows when to build the connection anew and what the other
// side is told of us; visit.ts says when the call begins and ends and whom to pull.
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

  /** `pass` is asked for each new connection, because it may have been renewed. */
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

  /** What the devices give has changed. */
  publish(): void {
    this.media.publish();
  }

  /** At first without a click, which the browser may ask for. */
  playSound(): void {
    playSound(isBlocked => this.happened({ type: 'play', isBlocked }));
  }

  toggleScreen(): void {
    void this.media.toggleScreen();
  }

  /** The other side has to be told again what is on here: the room may have forgotten. */
  tellAgain(): void {
    if (this.state) this.events.send({ type: 'state', ...this.state });
  }

  /** Something has just come back, or the network has changed: silence is trusted less for a while. */
  suspect(): void {
    this.watch.suspect();
  }

  happened(event: LineEvent): void {
    const before = this.line;
    this.line = nextLine(before, event, Date.now());
    if (event.type === 'media' && before.hasConnected && event.state !== 'connected' && this.isStarted) this.faults.note('mediaLost');
    this.events.changed();
  }

  /** Twice a second. `expectsMedia`: the other one is sending to us. */
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

  /** A session that the SFU has lost never comes back; a line that is only cut does, and over the same connection soonest. */
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
