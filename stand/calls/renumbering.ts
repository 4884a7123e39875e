// The sequence numbers and timestamps that one subscriber sees. They run on without a gap when the publisher behind them changes or when
// packets were held back until a keyframe. subscription.ts asks it for each packet.
import { randomInt } from 'node:crypto';

export class Renumbering {
  /** Ticks of the media's clock a second. */
  readonly #rate: number;
  readonly #now: () => number;
  /** The first numbers of this stretch, as published and as sent, both without the 16-bit wrap. */
  #firstTaken = 0;
  #firstSent = 0;
  #lastSent = randomInt(1, 0x4000);
  /** Undefined until the first packet of the present publisher. */
  #clockShift: number | undefined;
  #lastTimestamp: number | undefined;
  #lastSentAt = 0;

  constructor(rate: number, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Another publisher has another clock. */
  changeSource(): void {
    this.#clockShift = undefined;
  }

  /** This packet comes right after the last one sent, whatever was in between. */
  begin(number: number, timestamp: number): void {
    this.#firstTaken = number;
    this.#firstSent = this.#lastSent + 1;
    if (this.#clockShift !== undefined) return;
    const passed = Math.max(1, Math.round(((this.#now() - this.#lastSentAt) * this.#rate) / 1000));
    this.#clockShift = this.#lastTimestamp === undefined ? 0 : (this.#lastTimestamp + passed - timestamp) >>> 0;
  }

  /** The number to send a packet under; undefined for a late one of before this stretch. */
  numberOf(taken: number, timestamp: number): number | undefined {
    if (taken < this.#firstTaken) return;
    const sent = taken - this.#firstTaken + this.#firstSent;
    if (sent > this.#lastSent) {
      this.#lastSent = sent;
      this.#lastTimestamp = this.timestampOf(timestamp);
      this.#lastSentAt = this.#now();
    }
    return sent;
  }

  timestampOf(timestamp: number): number {
    return (timestamp + (this.#clockShift ?? 0)) >>> 0;
  }

  get hasClock(): boolean {
    return this.#clockShift !== undefined;
  }

  /** The published number of what was sent under these 16 bits; undefined when it was before this stretch. */
  takenOf(sequenceNumber: number): number | undefined {
    const sent = this.#lastSent - ((this.#lastSent - sequenceNumber) & 0xffff);
    return sent < this.#firstSent ? undefined : sent - this.#firstSent + this.#firstTaken;
  }
}
