// What the connection is like, in figures, in a word, and whether it carries video: pure rules over counters that are read once a second.

export interface Counters {
  readonly at: number;
  readonly packetsIn: number;
  readonly lostIn: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** As the other end reports it; null when it has not. */
  readonly rttMs: number | null;
  readonly lossOut: number | null;
  /** What the browser believes it may send, kbit/s; null when it does not say. Sound alone never tells how much more there would be. */
  readonly roomKbps: number | null;
  /** Everything that came over the wire, reports about our own tracks too; null when the browser does not count it. */
  readonly heardBytes: number | null;
  /** Of our own picture, since the connection stands. */
  readonly framesOut: number;
}

/** As `quality` of the socket: loss is 0 to 1, rtt ms. */
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
  // Late packets are taken back from the count of the lost, so it may go down.
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

/** Speech bears 5 % of loss and 400 ms unnoticed (ITU-T G.114 plans for 400 ms at most); video below 250 kbit/s falls apart. */
const WEAK = { loss: 0.05, rtt: 400, roomKbps: 250 };
/** From here on video harms the sound. Little room alone does not: the browser gives it to the sound first, and it grows only while used. */
const BAD = { loss: 0.15, rtt: 1_200, roomKbps: 0 };
/** Good enough to try video again. */
const FINE = { loss: 0.03, rtt: 600, roomKbps: 0 };

export const isWorse = (figures: Figures, than: typeof WEAK): boolean =>
  figures.loss > than.loss || figures.rtt > than.rtt || (figures.roomKbps !== null && figures.roomKbps < than.roomKbps);

/** `expectsMedia`: somebody is sending to us, so silence on the line means that it is lost. */
export function wordOf(figures: Figures | null, expectsMedia: boolean): Word {
  if (figures === null) return 'checking';
  if (expectsMedia && figures.kbpsIn === 0) return 'lost';
  return isWorse(figures, WEAK) ? 'weak' : 'good';
}

export interface VideoRule {
  readonly isOff: boolean;
  /** Since when the line says otherwise, ms; null when it agrees. */
  readonly since: number | null;
  /** How often video was given up: each time it is tried again later. */
  readonly falls: number;
}

export const VIDEO_ON: VideoRule = { isOff: false, since: null, falls: 0 };

const GIVE_UP_MS = 6_000;
const TRY_AGAIN_MS = 15_000;
const TRY_AGAIN_MAX_MS = 120_000;

/** Video goes after six bad seconds and comes back after fifteen good ones, then thirty, then sixty: no flicker on a poor line. */
export function nextVideo(rule: VideoRule, figures: Figures, now: number): VideoRule {
  const disagrees = rule.isOff ? !isWorse(figures, FINE) : isWorse(figures, BAD);
  if (!disagrees) return rule.since === null ? rule : { ...rule, since: null };
  const since = rule.since ?? now;
  const patience = rule.isOff ? Math.min(TRY_AGAIN_MS * 2 ** (rule.falls - 1), TRY_AGAIN_MAX_MS) : GIVE_UP_MS;
  if (now - since < patience) return { ...rule, since };
  return rule.isOff ? { ...rule, isOff: false, since: null } : { isOff: true, since: null, falls: rule.falls + 1 };
}
