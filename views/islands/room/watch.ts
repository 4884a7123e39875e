// Watches the connection during the call: figures twice a second, a word for the bar, a report to the room every ten seconds. It also
// detects silence on a connection that is still reported as connected, because browsers need seconds to notice it, and longer after a
// change of network. Called by on-air.ts.
import { type Counters, type Figures, figuresOf, nextVideo, VIDEO_ON, type Word, wordOf } from './quality.ts';
import { isRevived, type Moved, type Silence, silenceOf } from './silence.ts';
import { countersOf } from './stats.ts';

export interface WatchEvents {
  readonly word: (word: Word) => void;
  readonly video: (isOff: boolean) => void;
  readonly report: (figures: Figures) => void;
  /** Nothing was received for a second, so the session may be gone. Repeated once a second while it lasts. */
  readonly quiet: () => void;
  /** Nothing was received for so long that only a new connection helps. */
  readonly silent: () => void;
  /** Our video is sent again after a pause so long that the SFU has forgotten its track. */
  readonly revived: () => void;
}

/** Figures cover the last five seconds, so that one bad second does not count as a bad line. Counters are kept longer to detect silence. */
const FIGURES_MS = 5_000;
const KEPT_MS = 10_000;
const REPORT_MS = 10_000;
const ASK_MS = 1_000;
const SUSPECT_MS = 8_000;

export class Watch {
  private seen: Counters[] = [];
  private rule = VIDEO_ON;
  private reportedAt = 0;
  /** Since when the other participant is sending to us; null while they are not. */
  private expectedAt: number | null = null;
  private moved: Moved = { frames: 0, at: 0 };
  private askedAt = Number.NEGATIVE_INFINITY;
  private suspectAt = Number.NEGATIVE_INFINITY;

  private readonly events: WatchEvents;

  constructor(events: WatchEvents) {
    this.events = events;
  }

  /** The network has changed or something has just come back: for a while silence is reported sooner. */
  suspect(): void {
    this.suspectAt = performance.now();
  }

  /** Called twice a second. `expectsMedia`: the other participant is sending to us; `sendsVideo`: we send more than sound. */
  async look(connection: RTCPeerConnection | null, expectsMedia: boolean, sendsVideo: boolean): Promise<void> {
    if (connection === null || connection.connectionState === 'closed' || connection.connectionState === 'new') {
      this.seen = [];
      return this.events.word('checking');
    }
    const now = performance.now();
    const counted = await countersOf(connection, now);
    // When a track ends, its counters disappear and the sums decrease; then the measurement starts again.
    const goesOn = counted.bytesIn >= (this.seen.at(-1)?.bytesIn ?? 0) && counted.bytesOut >= (this.seen.at(-1)?.bytesOut ?? 0);
    this.seen = [...(goesOn ? this.seen : []), counted].filter(({ at }) => at >= now - KEPT_MS);
    this.listen(connection, now);
    this.follow(counted.framesOut, now);
    this.expectedAt = expectsMedia ? (this.expectedAt ?? now) : null;
    if (connection.connectionState !== 'connected') return this.events.word('checking');
    this.measure(sendsVideo, now);
  }

  private measure(sendsVideo: boolean, now: number): void {
    const first = this.seen.find(({ at }) => at >= now - FIGURES_MS);
    const last = this.seen.at(-1);
    if (!first || !last || first === last) return;
    const all = figuresOf(first, last);
    const figures = sendsVideo ? all : { ...all, roomKbps: null };
    // A participant who has just begun to send is not «lost»: media must have been expected during the whole window.
    this.events.word(wordOf(figures, this.expectedAt !== null && this.expectedAt <= first.at));
    const before = this.rule.isOff;
    this.rule = nextVideo(this.rule, figures, now);
    if (this.rule.isOff !== before) this.events.video(this.rule.isOff);
    if (now - this.reportedAt < REPORT_MS) return;
    this.reportedAt = now;
    this.events.report(figures);
  }

  private follow(framesOut: number, now: number): void {
    if (framesOut === this.moved.frames) return;
    if (isRevived(this.moved, framesOut, now)) this.events.revived();
    this.moved = { frames: framesOut, at: now };
  }

  private listen(connection: RTCPeerConnection, now: number): void {
    const verdict: Silence = silenceOf(this.seen, now, now - this.suspectAt < SUSPECT_MS);
    if (verdict === 'quiet' && now - this.askedAt >= ASK_MS) {
      this.askedAt = now;
      this.events.quiet();
    }
    // A connection that the browser itself reports as lost is handled by ladder.ts.
    if (verdict !== 'silent' || connection.connectionState !== 'connected') return;
    this.suspectAt = Number.NEGATIVE_INFINITY;
    this.seen = [];
    this.events.silent();
  }
}
