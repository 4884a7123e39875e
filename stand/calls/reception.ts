// Counts what arrived of one published track: sequence numbers extended beyond 16 bits, losses, and the receiver report for its publisher.
// Used by publication.ts.
import { RtcpReceiverInfo, type RtcpSenderInfo } from 'werift';
import { unwrapped } from './rtp.ts';

const WRAP = 0x10000;

export class Reception {
  /** Extended beyond 16 bits; undefined before the first packet. */
  highest: number | undefined;
  #first = 0;
  #received = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #lastReport = 0;
  #lastReportAt = 0;

  get lost(): number {
    return this.highest === undefined ? 0 : Math.max(0, this.highest - this.#first + 1 - this.#received);
  }

  /** Extends the number of a packet, which may be late by up to half of the 16-bit range. */
  extend(sequenceNumber: number): number {
    return this.highest === undefined ? sequenceNumber + WRAP : unwrapped(this.highest, sequenceNumber);
  }

  /** Counts a packet. A retransmitted one fills a gap, so it counts too. */
  count(extended: number): void {
    if (this.highest === undefined) this.#first = extended;
    this.highest = Math.max(this.highest ?? extended, extended);
    this.#received += 1;
  }

  /**
   * Does not count what was lost before this packet, because it was not congestion: if an interruption were reported as loss, the browser
   * would lower its bit rate for a minute.
   */
  forgive(extended: number): void {
    this.#first += extended - (this.highest ?? extended) - 1;
  }

  noteSenderReport({ ntpTimestamp }: RtcpSenderInfo, at: number): void {
    this.#lastReport = Number((ntpTimestamp >> 16n) & 0xffffffffn);
    this.#lastReportAt = at;
  }

  /** Covers the time since the previous report. Undefined before the first packet. */
  report(ssrc: number, now: number): RtcpReceiverInfo | undefined {
    if (this.highest === undefined) return;
    const expected = this.highest - this.#first + 1;
    const expectedNow = Math.max(0, expected - this.#expectedBefore);
    const lostNow = expectedNow - (this.#received - this.#receivedBefore);
    this.#expectedBefore = expected;
    this.#receivedBefore = this.#received;
    return new RtcpReceiverInfo({
      ssrc,
      fractionLost: lostNow > 0 && expectedNow > 0 ? Math.min(255, Math.floor((lostNow / expectedNow) * 256)) : 0,
      packetsLost: Math.min(0x7fffff, this.lost),
      highestSequence: (this.highest - WRAP) >>> 0,
      jitter: 0,
      lsr: this.#lastReport,
      dlsr: this.#lastReport === 0 ? 0 : Math.floor(((now - this.#lastReportAt) / 1000) * WRAP),
    });
  }
}
