// The room's WebSocket: connects with a fresh pass, sends pings, and reconnects after every close except the two codes below. Created by
// visit.ts.
import { ROOM_PROTOCOL, PASS_PROTOCOL, CLOSE, type FromBrowser, type FromRoom } from '../../../workflows/rules/room-messages.ts';
import { type Permit, takePass } from './pass.ts';
import { setup } from './setup.ts';

/** The same codes as `CLOSE` in workflows/rules/room-messages.ts. */

const PING_MS = 10_000;
/** Nothing was received for two pings: the connection is dead, even when the browser reports it as open. */
const SILENT_MS = 25_000;
const RETRY_MS = 300;
const RETRY_MAX_MS = 8_000;
/** A pass is renewed this long before it expires. */
const RENEW_MS = 2 * 60_000;

export interface SocketEvents {
  readonly hear: (message: FromRoom) => void;
  readonly changed: (state: SocketState) => void;
}

export type SocketState = 'open' | 'opening' | 'replaced' | 'over';

export class RoomSocket {
  private socket: WebSocket | null = null;
  private state: SocketState = 'opening';
  private tries = 0;
  private heardAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private isWanted = false;
  private opening: Promise<boolean> | null = null;
  /** The pass of this device; empty until there is one. The calls proxy needs it too. */
  pass = '';

  private readonly events: SocketEvents;

  constructor(events: SocketEvents) {
    this.events = events;

    setInterval(() => this.ping(), PING_MS);
    addEventListener('online', () => this.again());
  }

  /** Returns whether the socket was opened. `anew` takes the seat over from another device. */
  async open(anew = false): Promise<boolean> {
    this.isWanted = true;
    if (this.socket && this.socket.readyState <= WebSocket.OPEN && !anew) return true;
    this.opening = anew || this.opening === null ? this.openWith(anew) : this.opening;
    const { opening } = this;
    try {
      return await opening;
    } finally {
      if (this.opening === opening) this.opening = null;
    }
  }

  private async openWith(anew: boolean): Promise<boolean> {
    clearTimeout(this.timer);
    const permit = await takePass(anew);
    if (!this.isWanted) return false;
    if (permit.kind !== 'pass') return this.refused(permit);
    this.accept(permit);
    this.connect();
    return true;
  }

  send(message: FromBrowser): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Leaves the room: the seat is freed at once instead of after the grace period. */
  leave(): void {
    this.isWanted = false;
    clearTimeout(this.timer);
    clearTimeout(this.renewal);
    this.send({ type: 'leave' });
    this.socket?.close(1000);
    this.socket = null;
  }

  private accept(permit: Extract<Permit, { kind: 'pass' }>): void {
    this.pass = permit.pass;
    clearTimeout(this.renewal);
    // The device's clock may be wrong, but rarely by more than a pass is valid; an extra renewal does no harm.
    const left = Math.max(60_000, permit.expiresAt - Date.now() - RENEW_MS);
    this.renewal = setTimeout(() => void this.renew(), left);
  }

  private async renew(): Promise<void> {
    const permit = await takePass();
    if (!this.isWanted) return;
    if (permit.kind === 'pass') this.accept(permit);
    else if (permit.kind === 'unreachable') this.renewal = setTimeout(() => void this.renew(), 15_000);
    else this.refused(permit);
  }

  private refused(permit: Exclude<Permit, { kind: 'pass' }>): false {
    if (permit.kind === 'over' || permit.kind === 'replaced') this.rest(permit.kind);
    else this.later();
    return false;
  }

  private connect(): void {
    const url = new URL(`/consultations/${setup.consultationId}/room/socket`, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    // A subprotocol is a header, so the pass is in no address that a log keeps.
    const socket = new WebSocket(url, [ROOM_PROTOCOL, `${PASS_PROTOCOL}${this.pass}`]);
    const before = this.socket;
    this.socket = socket;
    before?.close(1000);
    socket.addEventListener('open', () => {
      this.heardAt = Date.now();
      socket.send(JSON.stringify({ type: 'hello' } satisfies FromBrowser));
    });
    socket.addEventListener('message', event => this.hear(String(event.data)));
    socket.addEventListener('close', ({ code }) => {
      if (this.socket !== socket) return;
      this.socket = null;
      if (code === CLOSE.replaced) this.rest('replaced');
      else if (code === CLOSE.ended) this.rest('over');
      else if (this.isWanted) this.later();
    });
  }

  private hear(data: string): void {
    this.heardAt = Date.now();
    if (data === 'pong') return;
    const message = JSON.parse(data) as FromRoom;
    if (message.type === 'welcome') {
      this.tries = 0;
      this.become('open');
    }
    this.events.hear(message);
  }

  private ping(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    if (Date.now() - this.heardAt > SILENT_MS) this.drop();
    else this.socket.send('ping');
  }

  /** A dead socket may take minutes to fire «close», so it is dropped without waiting. */
  private drop(): void {
    const dead = this.socket;
    this.socket = null;
    dead?.close();
    this.later();
  }

  /** The network is back, so it does not wait for the next retry. */
  private again(): void {
    if (!this.isWanted || this.state === 'replaced' || this.state === 'over') return;
    this.tries = 0;
    if (this.state === 'open') this.ping();
    else void this.open();
  }

  private later(): void {
    this.become('opening');
    clearTimeout(this.timer);
    const wait = Math.min(RETRY_MS * 2 ** this.tries, RETRY_MAX_MS);
    this.tries += 1;
    this.timer = setTimeout(() => void this.open(), wait * (0.75 + Math.random() / 2));
  }

  private rest(state: 'replaced' | 'over'): void {
    clearTimeout(this.timer);
    clearTimeout(this.renewal);
    this.isWanted = false;
    this.socket?.close(1000);
    this.socket = null;
    this.become(state);
  }

  private become(state: SocketState): void {
    if (this.state === state) return;
    this.state = state;
    this.events.changed(state);
  }
}
