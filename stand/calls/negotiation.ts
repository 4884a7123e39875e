// The SDP of one session: answers the browser's offers (push, close) and makes the offers for pulled tracks. It keeps the m-lines in their
// order, which never changes (RFC 8829). tracks.ts, push.ts and pull.ts call it through the session.
import { randomInt } from 'node:crypto';
import { isKind, type Kind } from './codecs.ts';
import { isCarrying, type MLine, stopLine } from './m-line.ts';
import { codecOf, Numbering } from './numbering.ts';
import { invalidParams, notEmulated } from './refusal.ts';
import { type OfferedMedia, readSdp } from './sdp.ts';
import { type Direction, writeSdp } from './sdp-writing.ts';
import type { Transport } from './transport.ts';

/** Media types of SDP other than audio and video, RFC 8866. */
const OTHER_MEDIA = new Set(['application', 'text', 'message', 'image']);

export class Negotiation {
  readonly lines: MLine[] = [];
  readonly #transport: Transport;
  readonly #numbering = new Numbering();
  readonly #id = randomInt(1, 2 ** 32);
  #version = 0;
  #offered: MLine[] = [];
  #media: readonly OfferedMedia[] = [];

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Reads a browser's offer. The caller then publishes its tracks and writes the `answer`. */
  readOffer(sdp: string): void {
    const media = readSdp(sdp);
    const first = media.find(({ port }) => port !== 0);
    this.forgetOffer();
    // The browser never received these lines of ours, otherwise its offer would contain them.
    while (this.lines.length > media.length && this.lines.at(-1)?.isConfirmed === false) this.lines.pop();
    if (media.length < this.lines.length) throw invalidParams('The offer has fewer m-lines than the session.');
    for (const [index, one] of media.entries()) this.#readLine(index, one);
    if (first !== undefined) this.#transport.start(first);
    this.#media = media;
  }

  #readLine(index: number, media: OfferedMedia): void {
    const { kind, mid, port } = media;
    if (!isKind(kind)) throw OTHER_MEDIA.has(kind) ? notEmulated(`${kind} m-lines`) : invalidParams(`There is no media type ${kind}.`);
    this.#numbering.note(mid);
    const known = this.lines[index];
    if (known?.mid === mid) {
      known.isConfirmed = true;
      if (port === 0) reject(known, media);
      else if (known.role === 'receives') {
        known.ssrc = media.ssrc ?? known.ssrc;
        known.repairSsrc = media.repairSsrc ?? known.repairSsrc;
      }
      return;
    }
    // The slot of a stopped transceiver, reused under a new mid.
    if (known !== undefined) stopLine(known);
    const offeredPayloadTypes = [...media.codecs.keys()];
    const numbers = port === 0 ? this.#numbering.own(kind) : this.#numbering.learn(kind, media);
    const { ssrc, repairSsrc } = media;
    const state = port === 0 ? 'rejected' : 'inactive';
    this.lines[index] = { kind, mid, role: 'receives', state, isConfirmed: true, ...numbers, offeredPayloadTypes, ssrc, repairSsrc };
  }

  answer(): string {
    return this.#write('passive', line => {
      const wanted = this.#media.find(({ mid }) => mid === line.mid)?.direction ?? 'inactive';
      if (line.state !== 'live' || !isCarrying(line)) return 'inactive';
      if (line.role === 'receives') return wanted.startsWith('send') ? 'recvonly' : 'inactive';
      return wanted === 'sendrecv' || wanted === 'recvonly' ? 'sendonly' : 'inactive';
    });
  }

  /**
   * Adds a line for a pulled track, in the slot of a rejected line of its kind if there is one. The first slot is never reused: a new mid
   * there would become the first of the bundle, and Chromium would build a new transport for it.
   */
  addSendingLine(kind: Kind): MLine {
    const mid = this.#numbering.freshMid();
    const numbers = this.#numbering.own(kind);
    const line: MLine = { kind, mid, role: 'sends', state: 'live', isConfirmed: false, ...numbers, offeredPayloadTypes: [] };
    const free = this.lines.findIndex(({ state, kind: other }, index) => index > 0 && state === 'rejected' && other === kind);
    this.lines[free < 0 ? this.lines.length : free] = line;
    this.#offered.push(line);
    return line;
  }

  offer(): string {
    return this.#write('actpass', line => {
      if (line.state !== 'live' || !isCarrying(line)) return 'inactive';
      return line.role === 'receives' ? 'recvonly' : 'sendonly';
    });
  }

  /** Reads the browser's answer to our last offer. Throws a Refusal when there is no open offer or the m-lines differ. */
  readAnswer(sdp: string): void {
    if (this.#offered.length === 0) throw invalidParams('There is no offer to answer.');
    const media = readSdp(sdp);
    if (media.length !== this.lines.length) throw invalidParams('The answer has other m-lines than the offer.');
    const accepted = media.find(({ port }) => port !== 0);
    for (const [index, line] of this.lines.entries()) {
      const one = media[index];
      if (one === undefined || one.mid !== line.mid) throw invalidParams(`The answer has no m-line ${line.mid} in its place.`);
      line.isConfirmed = true;
      if (one.port === 0) reject(line, one);
      else if (line.role === 'sends' && isCarrying(line)) line.codec = { ...line.codec, ...codecOf(line.kind, one) };
    }
    const subscriptions = this.#offered.flatMap(({ subscription }) => subscription ?? []);
    this.#offered = [];
    if (accepted !== undefined) this.#transport.start(accepted);
    for (const subscription of subscriptions) {
      subscription.isAnswered = true;
      subscription.askKeyframe();
    }
  }

  /** Drops an offer that was never answered. The browser may still have applied it, so its lines stay, inactive. */
  forgetOffer(): void {
    for (const line of this.#offered) stopLine(line);
    this.#offered = [];
  }

  /** Finds a line by mid, or by the name of its track after «#». */
  lineOf(mid: string): MLine | undefined {
    if (!mid.startsWith('#')) return this.lines.find(line => line.mid === mid);
    const name = mid.slice(1);
    return this.lines.find(line => isCarrying(line) && (line.publication ?? line.subscription)?.trackName === name);
  }

  #write(setup: 'passive' | 'actpass', directionOf: (line: MLine) => Direction): string {
    this.#version += 1;
    return writeSdp(this.lines, directionOf, this.#transport.local, { id: this.#id, version: this.#version, setup });
  }
}

function reject(line: MLine, { codecs }: OfferedMedia): void {
  stopLine(line);
  line.state = 'rejected';
  line.offeredPayloadTypes = [...codecs.keys()];
}
