// The sequence numbers and timestamps that one subscriber receives. They continue without a gap when the publisher changes or when packets
// were held back until a keyframe. subscription.ts calls it for each packet.
import { randomInt } from 'node:crypto';

export class Renumbering {
  /** Ticks of the media's clock per second. */
  readonly #rate: number;
  readonly #now: () => number;
  /** The first numbers of the current run, as published and as sent, both extended beyond 16 bits. */
  #firstTaken = 0;
  #firstSent = 0;
  #lastSent = randomInt(1, 0x4000);
  /** Undefined until the first packet of the current publisher. */
  #clockShift: number | undefined;
  #lastTimestamp: number | undefined;
  #lastSentAt = 0;

  constructor(rate: number, now: () => number) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Called when the publisher changes, because each publisher has its own clock. */
  changeSource(): void {
    this.#clockShift = undefined;
  }

  /** Starts a new run: this packet follows the last sent one, whatever was between them. */
  begin(number: number, timestamp: number): void {
    this.#firstTaken = number;
    this.#firstSent = this.#lastSent + 1;
    if (this.#clockShift !== undefined) return;
    const passed = Math.max(1, Math.round(((this.#now() - this.#lastSentAt) * this.#rate) / 1000));
    this.#clockShift = this.#lastTimestamp === undefined ? 0 : (this.#lastTimestamp + passed - timestamp) >>> 0;
  }

  /** The number under which a packet is sent; undefined for a late packet from before this run. */
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

  /** The published number of the packet that was sent under these 16 bits; undefined when it is from before this run. */
  takenOf(sequenceNumber: number): number | undefined {
    const sent = this.#lastSent - ((this.#lastSent - sequenceNumber) & 0xffff);
    return sent < this.#firstSent ? undefined : sent - this.#firstSent + this.#firstTaken;
  }
}
