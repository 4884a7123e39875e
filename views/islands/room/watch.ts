// Watches the connection while the call goes on: figures every second, a word for the bar, a report for the room every ten seconds, and the
// silence of a line that still calls itself connected: browsers take seconds to admit that, and more when a network has changed.
import { type Counters, type Figures, figuresOf, nextVideo, VIDEO_ON, type Word, wordOf } from './quality.ts';
import { countersOf } from './stats.ts';

export interface WatchEvents {
  readonly word: (word: Word) => void;
  readonly video: (isOff: boolean) => void;
  readonly report: (figures: Figures) => void;
  readonly silent: () => void;
}

/** Figures are of the last seconds, so that one bad second is not a bad line. */
const WINDOW = 5;
const REPORT_EVERY = 10;
/** The server reports on our tracks every second, so a wire that brings nothing for this many seconds is dead; fewer after a change of network. */
const SILENT_SECONDS = 3;
const SUSPECT_SECONDS = 2;
const SUSPECT_MS = 8_000;

export class Watch {
  private seen: Counters[] = [];
  private rule = VIDEO_ON;
  private ticks = 0;
  private suspectAt = Number.NEGATIVE_INFINITY;

  private readonly events: WatchEvents;

  constructor(events: WatchEvents) {
    this.events = events;
  }

  suspect(): void {
    this.suspectAt = performance.now();
  }

  /** Once a second. `expectsMedia`: the other one is sending to us; `sendsVideo`: we are sending more than sound. */
  async look(connection: RTCPeerConnection | null, expectsMedia: boolean, sendsVideo: boolean): Promise<void> {
    if (connection?.connectionState !== 'connected') {
      this.seen = [];
      return this.events.word('checking');
    }
    const now = performance.now();
    const counted = await countersOf(connection, now);
    // A track that was given up takes its counters along: figures begin anew.
    const goesOn = counted.bytesIn >= (this.seen.at(-1)?.bytesIn ?? 0) && counted.bytesOut >= (this.seen.at(-1)?.bytesOut ?? 0);
    this.seen = [...(goesOn ? this.seen : []), counted].slice(-WINDOW - 1);
    const [first] = this.seen;
    const last = this.seen.at(-1);
    if (!first || !last || first === last) return;
    const all = figuresOf(first, last);
    const figures = sendsVideo ? all : { ...all, roomKbps: null };
    this.events.word(wordOf(figures, expectsMedia));
    const before = this.rule.isOff;
    this.rule = nextVideo(this.rule, figures, now);
    if (this.rule.isOff !== before) this.events.video(this.rule.isOff);
    this.ticks += 1;
    if (this.ticks % REPORT_EVERY === 0) this.events.report(figures);
    if (expectsMedia && this.isSilent(now - this.suspectAt < SUSPECT_MS ? SUSPECT_SECONDS : SILENT_SECONDS)) {
      this.suspectAt = Number.NEGATIVE_INFINITY;
      this.seen = [];
      this.events.silent();
    }
  }

  private isSilent(seconds: number): boolean {
    const before = this.seen.at(-1 - seconds);
    const last = this.seen.at(-1);
    if (before === undefined || last === undefined) return false;
    return before.bytesIn === last.bytesIn && before.heardBytes !== null && before.heardBytes === last.heardBytes;
  }
}
