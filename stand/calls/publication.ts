// A track that a session publishes. It receives packets from routing.ts, keeps the latest ones for retransmission, forwards each to all
// subscriptions, and asks the browser for keyframes and lost packets.
import type { RtcpPacket, RtcpSrPacket } from 'werift';
import { startsKeyframe } from './codecs.ts';
import type { MLine } from './m-line.ts';
import { Meter } from './meter.ts';
import { Reception } from './reception.ts';
import { negativeAcknowledgement, pictureLoss } from './rtcp.ts';
import type { RtpHeader } from './rtp.ts';
import type { Subscription } from './subscription.ts';

/** What a publication needs of its session. */
export interface Publisher {
  readonly id: string;
  readonly ssrc: number;
  readonly now: () => number;
  /** The connection was interrupted for a while and has just recovered. */
  noteCut(): void;
  sendRtcp(packets: RtcpPacket[]): void;
}

export interface MediaPacket {
  /** The sequence number extended beyond 16 bits. */
  readonly number: number;
  readonly header: RtpHeader;
  readonly payload: Buffer;
  readonly startsKeyframe: boolean;
}

/** Packets kept for retransmission: four to eight seconds of this video. */
const KEPT = 512;
/** When more packets than this are lost in a row, they are not requested again; a keyframe replaces them. */
const MOST_MISSING = 50;
/** A keyframe is a burst of data, so it is requested at most once in this time, milliseconds. */
const KEYFRAME_PAUSE = 300;
/** After a longer silence with lost packets the subscribers' decoders are assumed to be stuck, milliseconds. */
const SILENCE = 400;
const SECOND_REQUEST = 350;

export class Publication {
  readonly publisher: Publisher;
  readonly line: MLine;
  readonly trackName: string;
  readonly createdAt: number;
  readonly subscriptions = new Set<Subscription>();
  readonly reception = new Reception();
  readonly meter = new Meter();
  isOpen = true;
  lastPacketAt: number | undefined;
  readonly #kept: (MediaPacket | undefined)[] = [];
  #keyframeAskedAt = 0;
  readonly #timers = new Set<NodeJS.Timeout>();
  #isAskingLater = false;

  constructor(publisher: Publisher, line: MLine, trackName: string) {
    this.publisher = publisher;
    this.line = line;
    this.trackName = trackName;
    this.createdAt = publisher.now();
  }

  /** Handles a media packet, or a retransmitted one in its original form. */
  take(header: RtpHeader, payload: Buffer): void {
    const { reception } = this;
    const number = reception.extend(header.sequenceNumber);
    if (this.kept(number) !== undefined) return;
    const now = this.publisher.now();
    const wasCut = this.lastPacketAt !== undefined && now - this.lastPacketAt > SILENCE && number > (reception.highest ?? number) + 1;
    if (wasCut) reception.forgive(number);
    else this.#askMissing(number);
    reception.count(number);
    this.meter.add(payload.length);
    this.lastPacketAt = now;
    const isVideo = this.line.kind === 'video';
    const packet = { number, header, payload, startsKeyframe: isVideo && startsKeyframe(payload) };
    if (isVideo) this.#kept[number % KEPT] = packet;
    if (wasCut) {
      this.startOver();
      this.publisher.noteCut();
    }
    for (const subscription of this.subscriptions) subscription.forward(packet);
  }

  /** Requests packets lost between the publisher and the SFU before a subscriber reports them, unless too many are lost. */
  #askMissing(number: number): void {
    const { highest } = this.reception;
    if (this.line.kind !== 'video' || highest === undefined || number - highest > MOST_MISSING) return;
    this.askAgain(Array.from({ length: Math.max(0, number - highest - 1) }, (_, index) => highest + 1 + index));
  }

  kept(number: number): MediaPacket | undefined {
    const packet = this.#kept[number % KEPT];
    return packet?.number === number ? packet : undefined;
  }

  /**
   * Makes these subscribers wait for a keyframe. It is requested at once, because a request made during the interruption was lost, and once
   * more a little later, because the connection has just been unreliable.
   */
  startOver(who: Iterable<Subscription> = this.subscriptions): void {
    if (this.line.kind !== 'video') return;
    for (const subscription of who) subscription.startOver();
    this.#requestKeyframe();
    this.#later(SECOND_REQUEST, () => this.askKeyframe());
  }

  askKeyframe(): void {
    if (this.line.kind !== 'video' || this.#isAskingLater) return;
    const wait = this.#keyframeAskedAt + KEYFRAME_PAUSE - this.publisher.now();
    if (wait <= 0) return this.#requestKeyframe();
    this.#isAskingLater = true;
    this.#later(wait, () => {
      this.#isAskingLater = false;
      this.askKeyframe();
    });
  }

  #requestKeyframe(): void {
    const { ssrc } = this.line;
    if (ssrc === undefined || !this.isOpen) return;
    this.#keyframeAskedAt = this.publisher.now();
    this.publisher.sendRtcp([pictureLoss(this.publisher.ssrc, ssrc)]);
  }

  /** Asks the publisher for packets that a subscriber misses and that are not kept here. */
  askAgain(numbers: readonly number[]): void {
    const { ssrc } = this.line;
    if (ssrc === undefined || numbers.length === 0) return;
    const lost = numbers.map(number => number & 0xffff);
    this.publisher.sendRtcp([negativeAcknowledgement(this.publisher.ssrc, ssrc, lost)]);
  }

  passReport({ senderInfo }: RtcpSrPacket): void {
    this.reception.noteSenderReport(senderInfo, this.publisher.now());
    for (const subscription of this.subscriptions) subscription.report(senderInfo);
  }

  close(): void {
    this.isOpen = false;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.detach();
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
