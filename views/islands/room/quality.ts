// The quality of the connection in figures and in a word, and whether it can carry video: pure rules over counters that watch.ts reads.

export interface Counters {
  readonly at: number;
  readonly packetsIn: number;
  readonly lostIn: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** As reported by the other end; null when it has reported nothing. */
  readonly rttMs: number | null;
  readonly lossOut: number | null;
  /**
   * The browser's estimate of the bandwidth for sending, kbit/s; null when it gives none. While only sound is sent, the estimate does not
   * show how much more could be sent.
   */
  readonly roomKbps: number | null;
  /** All bytes received on the connection, including reports about our own tracks; null when the browser does not count them. */
  readonly heardBytes: number | null;
  /** Frames of our own video sent since the connection was opened. */
  readonly framesOut: number;
}

/** The same units as in the socket's `quality` message: loss is 0 to 1, rtt is in ms. */
export interface Figures {
  readonly loss: number;
  readonly rtt: number;
  readonly kbpsIn: number;
  readonly kbpsOut: number;
  readonly roomKbps: number | null;
}

export function figuresOf(before: Counters, after: Counters): Figures {
  const seconds = Math.max(0.001, (after.at - before.at) / 1000);
  const packets = Math.max(0, after.packetsIn - before.packetsIn);
  // Packets that arrive late are subtracted from the count of lost ones, so it may decrease.
  const lost = Math.max(0, after.lostIn - before.lostIn);
  const lossIn = packets + lost === 0 ? 0 : lost / (packets + lost);
  return {
    loss: Math.min(1, Math.max(lossIn, after.lossOut ?? 0)),
    rtt: Math.min(60_000, after.rttMs ?? 0),
    kbpsIn: rate(after.bytesIn - before.bytesIn, seconds),
    kbpsOut: rate(after.bytesOut - before.bytesOut, seconds),
    roomKbps: after.roomKbps,
  };
}

const rate = (bytes: number, seconds: number): number => Math.round((Math.max(0, bytes) * 8) / 1000 / seconds);

export type Word = 'checking' | 'good' | 'weak' | 'lost';

/**
 * Up to these limits people do not notice the loss and the delay in speech (ITU-T G.114 plans for 400 ms at most); below 250 kbit/s video
 * breaks up.
 */
const WEAK = { loss: 0.05, rtt: 400, roomKbps: 250 };
/**
 * Above these limits video harms the sound. A low bandwidth estimate alone is no reason to stop video: the browser gives bandwidth to the
 * sound first, and the estimate grows only while the bandwidth is used.
 */
const BAD = { loss: 0.15, rtt: 1_200, roomKbps: 0 };
/** Within these limits video is tried again. */
const FINE = { loss: 0.03, rtt: 600, roomKbps: 0 };

export const isWorse = (figures: Figures, than: typeof WEAK): boolean =>
  figures.loss > than.loss || figures.rtt > than.rtt || (figures.roomKbps !== null && figures.roomKbps < than.roomKbps);

/** `expectsMedia`: the other participant is sending to us, so receiving nothing means that the connection is lost. */
export function wordOf(figures: Figures | null, expectsMedia: boolean): Word {
  if (figures === null) return 'checking';
  if (expectsMedia && figures.kbpsIn === 0) return 'lost';
  return isWorse(figures, WEAK) ? 'weak' : 'good';
}

export interface VideoRule {
  readonly isOff: boolean;
  /** Since when the figures contradict `isOff`, ms; null when they agree. */
  readonly since: number | null;
  /** How often video was stopped. Each stop doubles the time before the next try. */
  readonly falls: number;
}

export const VIDEO_ON: VideoRule = { isOff: false, since: null, falls: 0 };

const GIVE_UP_MS = 6_000;
const TRY_AGAIN_MS = 15_000;
const TRY_AGAIN_MAX_MS = 120_000;

/**
 * Stops video after six bad seconds and resumes it after fifteen good ones, then thirty, then sixty, so that video does not flicker on a
 * poor line.
 */
export function nextVideo(rule: VideoRule, figures: Figures, now: number): VideoRule {
  const disagrees = rule.isOff ? !isWorse(figures, FINE) : isWorse(figures, BAD);
  if (!disagrees) return rule.since === null ? rule : { ...rule, since: null };
  const since = rule.since ?? now;
  const patience = rule.isOff ? Math.min(TRY_AGAIN_MS * 2 ** (rule.falls - 1), TRY_AGAIN_MAX_MS) : GIVE_UP_MS;
  if (now - since < patience) return { ...rule, since };
  return rule.isOff ? { ...rule, isOff: false, since: null } : { isOff: true, since: null, falls: rule.falls + 1 };
}
