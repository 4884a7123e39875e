// One session: one PeerConnection of a browser, with the tracks that it publishes and subscribes to. It connects negotiation, transport and
// media, reports to its publisher every second, and ends when the browser is gone. Kept by sessions.ts.
import { randomBytes } from 'node:crypto';
import type { RtcpPacket } from 'werift';
import { Arrival } from './arrival.ts';
import { stopLine } from './m-line.ts';
import { Negotiation } from './negotiation.ts';
import type { Publication } from './publication.ts';
import { sessionIsGone } from './refusal.ts';
import { bitrateAllowance, receptionReports } from './reports.ts';
import { routeRtcp, routeRtp } from './routing.ts';
import type { RtpHeader } from './rtp.ts';
import { randomSsrc, type Subscription } from './subscription.ts';
import type { Transport } from './transport.ts';

/**
 * A track without packets and a session from which nothing arrives are closed after this time, milliseconds. The real limits:
 * developers.cloudflare.com/realtime/sfu/limits.
 */
const IDLE = 30_000;
/** How long a call waits while the PeerConnection is connecting, as in the real API, milliseconds. */
const CONNECTING = 5_000;
/**
 * How long a session waits after the browser has closed its DTLS, as a closed page does: the browser may start a new transport,
 * milliseconds.
 */
const GOODBYE = 2_000;
/**
 * A browser that only receives sends checks and reports at least every 2.5 seconds; a longer silence means that its connection was
 * interrupted, milliseconds. For a publishing browser publication.ts detects this from its packets.
 */
const SILENT_WATCHER = 3_000;
/** All tracks of a session detect the same interruption within this time, milliseconds. */
const SAME_CUT = 400;

/** Whether a network fault drops a packet of this session. */
export type Loses = (session: string, isMedia: boolean) => boolean;

export class Session {
  readonly id = randomBytes(16).toString('hex');
  readonly ssrc = randomSsrc();
  readonly now: () => number;
  readonly createdAt: number;
  readonly negotiation: Negotiation;
  readonly publications: Publication[] = [];
  readonly subscriptions: Subscription[] = [];
  heardAt: number;
  isClosed = false;
  readonly #transport: Transport;
  readonly #ended: (session: Session, closed: Promise<void>) => void;
  readonly #arrival = new Arrival();
  #last: Promise<unknown> = Promise.resolve();
  #leftAt: number | undefined;
  #cutAt = 0;

  /** `ended` is told when it closes, and when its socket has closed. */
  constructor(transport: Transport, now: () => number, loses: Loses, ended: (session: Session, closed: Promise<void>) => void) {
    this.#transport = transport;
    this.negotiation = new Negotiation(transport);
    this.now = now;
    this.createdAt = now();
    this.heardAt = this.createdAt;
    this.#ended = ended;
    transport.listen({
      isLost: isMedia => this.isClosed || loses(this.id, isMedia),
      heard: () => this.#heard(),
      rtp: packet => routeRtp(this.negotiation.lines, packet),
      rtcp: packet => routeRtcp(this.negotiation.lines, packet),
      connected: () => this.#connected(),
      left: () => {
        this.#leftAt = now();
      },
      failed: () => this.close(),
    });
  }

  get state(): 'new' | 'connecting' | 'connected' | 'left' | 'closed' {
    if (this.isClosed) return 'closed';
    if (this.isConnected) return 'connected';
    if (this.#leftAt !== undefined) return 'left';
    return this.#transport.isStarted ? 'connecting' : 'new';
  }

  get isConnected(): boolean {
    return !this.isClosed && this.#transport.isConnected;
  }

  publication(trackName: string): Publication | undefined {
    return this.publications.find(one => one.isOpen && one.trackName === trackName);
  }

  /** Runs calls one at a time, in their order. Throws a Refusal once the session is gone. */
  async inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      if (this.isClosed) throw sessionIsGone();
      return act();
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  /**
   * Returns false when the browser has not connected within five seconds or the session has ended meanwhile. A session that is new or whose
   * browser has just left does not wait, because only its next description can connect it.
   */
  async isReady(): Promise<boolean> {
    if (this.state !== 'connecting') return !this.isClosed;
    await this.#arrival.wait(CONNECTING);
    return this.isConnected;
  }

  sendRtp(payload: Buffer, header: RtpHeader): void {
    if (!this.isClosed) this.#transport.sendRtp(payload, header);
  }

  sendRtcp(packets: RtcpPacket[]): void {
    if (!this.isClosed && packets.length > 0) this.#transport.sendRtcp(packets);
  }

  #heard(): void {
    const now = this.now();
    const isPublishing = this.publications.some(({ isOpen }) => isOpen);
    if (!isPublishing && now - this.heardAt > SILENT_WATCHER) this.noteCut();
    this.heardAt = now;
  }

  /** An interruption of the incoming direction usually affects the outgoing one too, and this browser's decoders then need keyframes. */
  noteCut(): void {
    const now = this.now();
    if (now - this.#cutAt < SAME_CUT) return;
    this.#cutAt = now;
    for (const subscription of this.subscriptions) subscription.publication?.startOver([subscription]);
  }

  #connected(): void {
    this.#leftAt = undefined;
    this.#arrival.announce();
    this.#report();
    for (const subscription of this.subscriptions) subscription.askKeyframe();
  }

  #report(): void {
    this.sendRtcp([...receptionReports(this), ...bitrateAllowance(this)]);
  }

  /** Called every second. */
  tick(): void {
    const now = this.now();
    if (now - this.heardAt > IDLE || now - (this.#leftAt ?? now) > GOODBYE) return this.close();
    for (const { isOpen, lastPacketAt, createdAt, line } of this.publications)
      if (isOpen && now - (lastPacketAt ?? createdAt) > IDLE) stopLine(line);
    for (const { meter } of [...this.publications, ...this.subscriptions]) meter.read(now);
    this.#report();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#arrival.announce();
    for (const line of this.negotiation.lines) stopLine(line);
    this.#ended(
      this,
      this.#transport.close().catch((error: unknown) => console.error(error)),
    );
  }
}
