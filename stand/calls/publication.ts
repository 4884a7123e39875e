// A track that a session publishes: takes its packets as routing.ts finds them, keeps the last of them for repairs, hands each to every
// subscription and asks the browser for keyframes and lost packets.
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
  /** The line was cut for a while and has just come back. */
  noteCut(): void;
  sendRtcp(packets: RtcpPacket[]): void;
}

export interface MediaPacket {
  /** The sequence number without its wrap. */
  readonly number: number;
  readonly header: RtpHeader;
  readonly payload: Buffer;
  readonly startsKeyframe: boolean;
}

/** Packets kept for repairs: four to eight seconds of this video. */
const KEPT = 512;
/** More lost packets in a row than this are left to a keyframe. */
const MOST_MISSING = 50;
/** A keyframe is a burst, so browsers get no more than one in this time, milliseconds. */
const KEYFRAME_PAUSE = 300;
/** After a silence longer than this with packets lost, subscribers' decoders are taken for stuck, milliseconds. */
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

  /** A media packet, or a repaired one as it would have been. */
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

  /** Losses on the way in are repaired before a subscriber complains of them, unless they are too many to be worth it. */
  #askMissing(number: number): void {
    const { highest } = this.reception;
    if (this.line.kind !== 'video' || highest === undefined || number - highest > MOST_MISSING) return;
    this.askAgain(Array.from({ length: Math.max(0, number - highest - 1) }, (_, index) => highest + 1 + index));
  }

  kept(number: number): MediaPacket | undefined {
    const packet = this.#kept[number % KEPT];
    return packet?.number === number ? packet : undefined;
  }

  /** These subscribers wait for a keyframe, which is asked for at once, as any asked for during the cut is lost, and once more a little
   *  later, as the line has just proved bad. */
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

  /** A subscriber misses packets that we do not have either. */
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
