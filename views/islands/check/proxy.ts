// Client of the calls proxy for the network trial (trial.ts): takes a pass, opens a session and calls five endpoints of the API with plain
// fetch. Each refusal throws, because a refused trial has measured nothing.
export interface Description {
  readonly sessionDescription?: RTCSessionDescriptionInit;
  readonly tracks?: readonly { readonly mid?: string; readonly errorCode?: string }[];
}

const TIMEOUT_MS = 8_000;
const CLOSE_MS = 1_000;

export class Proxy {
  private pass = '';
  private session = '';

  private readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  async takePass(): Promise<void> {
    const { pass } = await this.ask<{ pass: string }>('POST', '/check/pass');
    this.pass = pass;
  }

  /** Returns no servers when the request fails: on most networks the trial works without relays. */
  async iceServers(): Promise<RTCIceServer[]> {
    const answer = await this.ask<{ iceServers: RTCIceServer[] }>('GET', '/calls/generate-ice-servers').catch(() => null);
    return answer?.iceServers ?? [];
  }

  async open(): Promise<void> {
    const { sessionId } = await this.ask<{ sessionId: string }>('POST', '/calls/sessions/new');
    this.session = sessionId;
  }

  push(offer: RTCSessionDescriptionInit, tracks: readonly { readonly mid: string; readonly trackName: string }[]): Promise<Description> {
    const body = { sessionDescription: offer, tracks: tracks.map(track => ({ location: 'local', ...track })) };
    return this.ask('POST', this.of('tracks/new'), body);
  }

  pull(trackName: string): Promise<Description> {
    return this.ask('POST', this.of('tracks/new'), { tracks: [{ location: 'remote', sessionId: this.session, trackName }] });
  }

  async answer(sessionDescription: RTCSessionDescriptionInit): Promise<void> {
    await this.ask('PUT', this.of('renegotiate'), { sessionDescription });
  }

  /**
   * Closes the tracks. `keepalive` lets the request finish after the page is left; if it is lost, the call server detects the closed
   * connection itself.
   */
  async close(mids: readonly string[]): Promise<void> {
    if (this.session === '' || mids.length === 0) return;
    const body = JSON.stringify({ tracks: mids.map(mid => ({ mid })), force: true });
    const headers = { 'content-type': 'application/json', 'x-room-pass': this.pass };
    const request = { method: 'PUT', headers, body, keepalive: true, signal: AbortSignal.timeout(CLOSE_MS) };
    await fetch(this.of('tracks/close'), request).catch(() => undefined);
  }

  private of = (what: string): string => `/calls/sessions/${this.session}/${what}`;

  private async ask<T>(method: string, url: string, body?: object): Promise<T> {
    const headers = { 'x-room-pass': this.pass, ...(body ? { 'content-type': 'application/json' } : {}) };
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const answer = await fetch(url, { method, headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status}`);
    return (await answer.json()) as T;
  }
}
