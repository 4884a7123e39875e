// One UDP socket with ICE-lite, DTLS and SRTP, by werift. Each session has one. Network faults of the stand are applied to every packet
// here.
import {
  isMedia,
  isRtcp,
  type RTCCertificate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceParameters,
  RTCIceTransport,
  type RtcpPacket,
} from 'werift';
import { invalidParams } from './refusal.ts';
import type { RtpHeader, RtpPacket } from './rtp.ts';
import type { OfferedMedia } from './sdp.ts';
import type { LocalTransport } from './sdp-writing.ts';
import { holdKey, Srtp } from './srtp.ts';
import { spoil } from './wire.ts';

export interface TransportEvents {
  /** Whether a network fault drops this packet, incoming or outgoing. */
  readonly isLost: (isMedia: boolean) => boolean;
  /** Called when anything arrives from the browser, even a connectivity check. */
  readonly heard: () => void;
  readonly rtp: (packet: RtpPacket) => void;
  readonly rtcp: (packet: RtcpPacket) => void;
  readonly connected: () => void;
  /** The browser closed its DTLS. It may come back over the same ICE. */
  readonly left: () => void;
  readonly failed: () => void;
}

/** The part of werift's STUN message that is used here; werift does not export the class. */
interface StunMessage {
  readonly attributesKeys: readonly string[];
}

/** AES-128-GCM, which every browser supports and which costs less. */
const PROFILES: [7] = [7];

export class Transport {
  readonly #hostIp: string;
  readonly #ice: RTCIceTransport;
  readonly #certificate: RTCCertificate;
  #dtls: RTCDtlsTransport;
  #prints: RTCDtlsFingerprint[] = [];
  #srtp: Srtp | undefined;
  #events: TransportEvents | undefined;
  isStarted = false;

  private constructor(hostIp: string, certificate: RTCCertificate) {
    this.#hostIp = hostIp;
    this.#certificate = certificate;
    const gatherer = new RTCIceGatherer({
      iceLite: true,
      useIpv6: false,
      useTcp: false,
      interfaceAddresses: { udp4: hostIp },
      additionalHostAddresses: [hostIp],
      filterStunResponse: (message, address) => this.#acceptsCheck(message, address),
    });
    this.#ice = new RTCIceTransport(gatherer);
    this.#dtls = new RTCDtlsTransport({}, this.#ice, certificate, PROFILES);
    spoil(
      this.#ice.connection,
      data => this.#events?.isLost(isMedia(data)) !== false,
      data => this.#arrived(data),
    );
  }

  static async open(hostIp: string): Promise<Transport> {
    const transport = new Transport(hostIp, await RTCDtlsTransport.SetupCertificate());
    await transport.#ice.gather();
    return transport;
  }

  listen(events: TransportEvents): void {
    this.#events = events;
    this.#listen(events);
  }

  #listen({ rtcp, connected, failed }: TransportEvents): void {
    this.#dtls.onRtcp.subscribe(rtcp);
    this.#dtls.onStateChange.subscribe(state => {
      if (state === 'connected') {
        const { srtp, srtcp } = this.#dtls;
        this.#srtp = new Srtp(srtp.remoteContext, srtp.localContext);
        for (const { cipher } of [srtcp.remoteContext, srtcp.localContext]) holdKey(cipher);
        connected();
      }
      if (state === 'closed') this.#renew();
      if (state === 'failed') failed();
    });
  }

  /** Media is decrypted here; werift handles checks, handshakes and RTCP. */
  #arrived(data: Buffer): 'taken' | 'left' {
    this.#events?.heard();
    if (!isMedia(data) || isRtcp(data)) return 'left';
    const packet = this.isConnected ? this.#srtp?.open(data) : undefined;
    if (packet) this.#events?.rtp(packet);
    return 'taken';
  }

  /** This side's transport for a description. */
  get local(): LocalTransport {
    const [fingerprint] = this.#dtls.localParameters.fingerprints;
    if (fingerprint === undefined) throw new Error('The certificate of the stand has no fingerprint.');
    // werift also gathers addresses of the machine's other interfaces, although its sockets are bound only to the host's address.
    const candidates = this.#ice.localCandidates
      .filter(({ ip }) => ip === this.#hostIp)
      .map(one => ({ ...one, foundation: one.foundation.replace('candidate:', '') }));
    const { usernameFragment, password } = this.#ice.localParameters;
    return { userFragment: usernameFragment, password, fingerprint, candidates };
  }

  get isConnected(): boolean {
    return this.#dtls.state === 'connected';
  }

  /**
   * Starts with the browser's first description. Later ones change nothing, not even with new ICE credentials after a restart or on a new
   * transport, because an ICE-lite side checks only its own password. The SFU waits for the browser's DTLS handshake, because werift's own
   * client sleeps 100 ms first.
   */
  start({ userFragment, password, fingerprints, setup }: OfferedMedia): void {
    if (this.isStarted) return;
    if (userFragment === '' || password === '' || fingerprints.length === 0) throw invalidParams('The description has no transport.');
    this.isStarted = true;
    this.#ice.setRemoteParams(new RTCIceParameters({ iceLite: false, usernameFragment: userFragment, password }));
    this.#prints = fingerprints.map(({ algorithm, value }) => new RTCDtlsFingerprint(algorithm, value));
    const shaken = this.#ice.start().then(() => this.#shakeHands(setup === 'passive' ? 'client' : 'server'));
    shaken.catch(() => this.#events?.failed());
  }

  #shakeHands(role: 'client' | 'server'): Promise<void> {
    this.#dtls.setRemoteParams(new RTCDtlsParameters(this.#prints, 'auto'));
    this.#dtls.role = role;
    return this.#dtls.start();
  }

  /**
   * When the first m-line of the bundle is stopped, Chromium closes its transport with a DTLS close and starts a new one (measured;
   * libwebrtc, HandleRejectedContent). So a close is not the end: a new DTLS waits on the same ICE.
   */
  #renew(): void {
    if (this.#ice.state === 'closed' || this.#events === undefined) return;
    this.#ice.connection.onData.allUnsubscribe();
    this.#dtls = new RTCDtlsTransport({}, this.#ice, this.#certificate, PROFILES);
    this.#listen(this.#events);
    this.#shakeHands('server').catch(() => this.#events?.failed());
    this.#events.left();
  }

  sendRtp(payload: Buffer, header: RtpHeader): void {
    // A packet that cannot be sent counts as lost.
    if (this.isConnected && this.#srtp) this.#ice.connection.send(this.#srtp.seal(header, payload)).catch(() => undefined);
  }

  sendRtcp(packets: RtcpPacket[]): void {
    if (this.isConnected) this.#dtls.sendRtcp(packets).catch(() => this.#events?.failed());
  }

  /** Closes without notifying the browser, which finds out by itself, as when a real SFU loses a session. */
  async close(): Promise<void> {
    this.#events = undefined;
    await this.#dtls.stop();
  }

  #acceptsCheck(message: StunMessage, [ip, port]: readonly [string, number]): boolean {
    if (this.#events?.isLost(false) !== false) return false;
    this.#events.heard();
    // The browser decides: when it nominates another pair, after a change of network, werift must drop the old one.
    const { connection } = this.#ice;
    const remote = connection.nominated?.remoteCandidate;
    const isElsewhere = remote !== undefined && (remote.host !== ip || remote.port !== port);
    if (isElsewhere && message.attributesKeys.includes('USE-CANDIDATE')) connection.resetNominatedPair();
    return true;
  }
}
