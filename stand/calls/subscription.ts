// A published track as one subscriber receives it: with its own source and numbers, held back until a keyframe, with retransmissions.
// Packets come from a publication, the browser's feedback from routing.ts; pull.ts attaches it to a publication.
import { randomInt, randomUUID } from 'node:crypto';
import type { RtcpPacket, RtcpSenderInfo } from 'werift';
import { carriedExtensions, clockRates, MID } from './codecs.ts';
import type { MLine } from './m-line.ts';
import { Meter } from './meter.ts';
import type { MediaPacket, Publication } from './publication.ts';
import { Renumbering } from './renumbering.ts';
import { senderReport } from './rtcp.ts';
import type { RtpHeader } from './rtp.ts';

/** What a subscription needs of its session. */
export interface Subscriber {
  readonly isConnected: boolean;
  readonly now: () => number;
  sendRtp(payload: Buffer, header: RtpHeader): void;
  sendRtcp(packets: RtcpPacket[]): void;
}

export const randomSsrc = () => randomInt(1, 2 ** 32);

export class Subscription {
  readonly id = randomUUID();
  readonly ssrc = randomSsrc();
  readonly repairSsrc = randomSsrc();
  readonly meter = new Meter();
  readonly line: MLine;
  isOpen = true;
  /** Whether the browser has answered our offer of it; a keyframe sent before that is lost. */
  isAnswered = false;
  publication: Publication | undefined;
  sessionId = '';
  trackName = '';
  readonly #subscriber: Subscriber;
  readonly #renumbering: Renumbering;
  /** Whether packets are forwarded; before that, video waits for a keyframe. */
  #isSynced = false;
  #repairs = randomInt(1, 0x4000);
  /** The publisher's extension ids, and ours. */
  #extensionIds = new Map<number, number>();

  constructor(subscriber: Subscriber, line: MLine) {
    this.#subscriber = subscriber;
    this.line = line;
    this.#renumbering = new Renumbering(clockRates[line.kind], subscriber.now);
  }

  attach(publication: Publication): void {
    this.detach();
    this.publication = publication;
    this.sessionId = publication.publisher.id;
    this.trackName = publication.trackName;
    this.#isSynced = false;
    this.#renumbering.changeSource();
    this.#extensionIds = new Map(
      carriedExtensions.flatMap((uri): [number, number][] => {
        const from = publication.line.extensions.get(uri);
        const to = this.line.extensions.get(uri);
        // RFC 8285: the short form of a header extension has ids up to 14.
        return from === undefined || to === undefined || to > 14 ? [] : [[from, to]];
      }),
    );
    publication.subscriptions.add(this);
    this.askKeyframe();
  }

  detach(): void {
    this.publication?.subscriptions.delete(this);
    this.publication = undefined;
  }

  close(): void {
    this.isOpen = false;
    this.detach();
  }

  /** Holds video back until the next keyframe. */
  startOver(): void {
    if (this.line.kind === 'video') this.#isSynced = false;
  }

  /** Does nothing for a browser that cannot receive yet. */
  askKeyframe(): void {
    if (this.isAnswered && this.#subscriber.isConnected) this.publication?.askKeyframe();
  }

  forward(packet: MediaPacket): void {
    if (!this.isAnswered || !this.#subscriber.isConnected) return;
    const { number, header, payload } = packet;
    if (!this.#isSynced) {
      if (this.line.kind === 'video' && !packet.startsKeyframe) return this.askKeyframe();
      this.#isSynced = true;
      this.#renumbering.begin(number, header.timestamp);
    }
    const sent = this.#renumbering.numberOf(number, header.timestamp);
    if (sent === undefined) return;
    this.meter.add(payload.length);
    this.#subscriber.sendRtp(payload, this.#header(header, sent));
  }

  #header({ marker, timestamp, extensions }: RtpHeader, number: number): RtpHeader {
    const mid = this.line.extensions.get(MID);
    const own = mid === undefined ? [] : [{ id: mid, payload: Buffer.from(this.line.mid) }];
    const carried = extensions.flatMap(({ id, payload }) => {
      const to = this.#extensionIds.get(id);
      return to === undefined ? [] : [{ id: to, payload }];
    });
    return {
      payloadType: this.line.codec.payloadType,
      marker,
      sequenceNumber: number & 0xffff,
      timestamp: this.#renumbering.timestampOf(timestamp),
      ssrc: this.ssrc,
      extensions: [...own, ...carried],
    };
  }

  /** Retransmits the packets that the browser misses; those that are not kept here are requested from the publisher. */
  repair(sequenceNumbers: readonly number[]): void {
    const { publication } = this;
    if (publication === undefined || !this.#isSynced) return;
    const wanted = sequenceNumbers.flatMap(number => this.#renumbering.takenOf(number) ?? []);
    for (const number of wanted) this.#sendAgain(publication.kept(number));
    publication.askAgain(wanted.filter(number => publication.kept(number) === undefined));
  }

  /** Retransmits as in RFC 4588, or as a plain packet when the browser has no payload type for it. */
  #sendAgain(packet: MediaPacket | undefined): void {
    const sent = packet && this.#renumbering.numberOf(packet.number, packet.header.timestamp);
    if (packet === undefined || sent === undefined) return;
    const header = this.#header(packet.header, sent);
    const { repairPayloadType } = this.line.codec;
    if (repairPayloadType === undefined) return this.#subscriber.sendRtp(packet.payload, header);
    const original = Buffer.allocUnsafe(2);
    original.writeUInt16BE(header.sequenceNumber);
    this.#repairs = (this.#repairs + 1) & 0xffff;
    const repairing = { payloadType: repairPayloadType, sequenceNumber: this.#repairs, ssrc: this.repairSsrc };
    this.#subscriber.sendRtp(Buffer.concat([original, packet.payload]), { ...header, ...repairing });
  }

  report({ ntpTimestamp, rtpTimestamp }: RtcpSenderInfo): void {
    if (!this.#renumbering.hasClock) return;
    const { packets, bytes } = this.meter;
    this.#subscriber.sendRtcp([senderReport(this.ssrc, ntpTimestamp, this.#renumbering.timestampOf(rtpTimestamp), packets, bytes >>> 0)]);
  }
}
