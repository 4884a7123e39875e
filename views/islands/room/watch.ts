// Watches the connection while the call goes on: figures twice a second, a word for the bar, a report for the room every ten seconds, and the
// silence of a line that still calls itself connected: browsers take seconds to admit that, and more when a network has changed.
import { type Counters, type Figures, figuresOf, nextVideo, VIDEO_ON, type Word, wordOf } from './quality.ts';
import { isRevived, type Moved, type Silence, silenceOf } from './silence.ts';
import { countersOf } from './stats.ts';

export interface WatchEvents {
  readonly word: (word: Word) => void;
  readonly video: (isOff: boolean) => void;
  readonly report: (figures: Figures) => void;
  /** Nothing was heard for a second: the session may be gone. Told once a second while it lasts. */
  readonly quiet: () => void;
  /** Nothing was heard for so long that only a new connection helps. */
  readonly silent: () => void;
  /** Our picture goes out again after so long without a frame that the SFU has forgotten it. */
  readonly revived: () => void;
}

/** Figures are of the last five seconds, so that one bad second is not a bad line; silence may be longer. */
const FIGURES_MS = 5_000;
const KEPT_MS = 10_000;
const REPORT_MS = 10_000;
const ASK_MS = 1_000;
const SUSPECT_MS = 8_000;

export class Watch {
  private seen: Counters[] = [];
  private rule = VIDEO_ON;
  private reportedAt = 0;
  /** Since when somebody is sending to us; null while nobody is. */
  private expectedAt: number | null = null;
  private moved: Moved = { frames: 0, at: 0 };
  private askedAt = Number.NEGATIVE_INFINITY;
  private suspectAt = Number.NEGATIVE_INFINITY;

  private readonly events: WatchEvents;

  constructor(events: WatchEvents) {
    this.events = events;
  }

  /** The network has changed, or something else has just come back: less patience for a while. */
  suspect(): void {
    this.suspectAt = performance.now();
  }

  /** Twice a second. `expectsMedia`: the other one is sending to us; `sendsVideo`: we are sending more than sound. */
  async look(connection: RTCPeerConnection | null, expectsMedia: boolean, sendsVideo: boolean): Promise<void> {
    if (connection === null || connection.connectionState === 'closed' || connection.connectionState === 'new') {
      this.seen = [];
      return this.events.word('checking');
    }
    const now = performance.now();
    const counted = await countersOf(connection, now);
    // A track that was given up takes its counters along: figures begin anew.
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
    // Whoever has only just begun to send is not lost: all the time of the figures counts.
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
    // One that has noticed by itself is the ladder's business.
    if (verdict !== 'silent' || connection.connectionState !== 'connected') return;
    this.suspectAt = Number.NEGATIVE_INFINITY;
    this.seen = [];
    this.events.silent();
  }
}
