// One UDP socket with ICE-lite, DTLS and SRTP on it, by werift. A session owns one; every packet passes the stand's network faults here.
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
  /** Whether the network loses this packet, in or out. */
  readonly isLost: (isMedia: boolean) => boolean;
  /** Anything came from the browser, a connectivity check at least. */
  readonly heard: () => void;
  readonly rtp: (packet: RtpPacket) => void;
  readonly rtcp: (packet: RtcpPacket) => void;
  readonly connected: () => void;
  /** The browser said goodbye. It may come back over the same ICE. */
  readonly left: () => void;
  readonly failed: () => void;
}

/** The part of werift's STUN message that is read here; its class is not exported. */
interface StunMessage {
  readonly attributesKeys: readonly string[];
}

/** AES-128-GCM, which every browser speaks and which is the cheaper one. */
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

  /** Sound and picture are opened here; werift has checks, handshakes and RTCP. */
  #arrived(data: Buffer): 'taken' | 'left' {
    this.#events?.heard();
    if (!isMedia(data) || isRtcp(data)) return 'left';
    const packet = this.isConnected ? this.#srtp?.open(data) : undefined;
    if (packet) this.#events?.rtp(packet);
    return 'taken';
  }

  /** What a description says of this end. */
  get local(): LocalTransport {
    const [fingerprint] = this.#dtls.localParameters.fingerprints;
    if (fingerprint === undefined) throw new Error('The certificate of the stand has no fingerprint.');
    // werift also gathers the other interfaces of the machine, though its sockets are bound to the host's address alone.
    const candidates = this.#ice.localCandidates
      .filter(({ ip }) => ip === this.#hostIp)
      .map(one => ({ ...one, foundation: one.foundation.replace('candidate:', '') }));
    const { usernameFragment, password } = this.#ice.localParameters;
    return { userFragment: usernameFragment, password, fingerprint, candidates };
  }

  get isConnected(): boolean {
    return this.#dtls.state === 'connected';
  }

  /** Begins with the browser's first description; later ones change nothing here. Even new ICE credentials, of a restart or of a transport
   *  begun anew, do not: the lite side checks by its own password only. DTLS waits, as werift's own client sleeps 100 ms first. */
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

  /** Chromium tears its transport down and begins anew when the first m-line of the bundle is stopped, and says goodbye first (measured;
   *  libwebrtc, HandleRejectedContent). So a goodbye is not the end: another DTLS waits on the same ICE. */
  #renew(): void {
    if (this.#ice.state === 'closed' || this.#events === undefined) return;
    this.#ice.connection.onData.allUnsubscribe();
    this.#dtls = new RTCDtlsTransport({}, this.#ice, this.#certificate, PROFILES);
    this.#listen(this.#events);
    this.#shakeHands('server').catch(() => this.#events?.failed());
    this.#events.left();
  }

  sendRtp(payload: Buffer, header: RtpHeader): void {
    // A packet that does not go out is a lost one.
    if (this.isConnected && this.#srtp) this.#ice.connection.send(this.#srtp.seal(header, payload)).catch(() => undefined);
  }

  sendRtcp(packets: RtcpPacket[]): void {
    if (this.isConnected) this.#dtls.sendRtcp(packets).catch(() => this.#events?.failed());
  }

  /** Without a goodbye: the browser finds out by itself, as when a real SFU loses a session. */
  async close(): Promise<void> {
    this.#events = undefined;
    await this.#dtls.stop();
  }

  #acceptsCheck(message: StunMessage, [ip, port]: readonly [string, number]): boolean {
    if (this.#events?.isLost(false) !== false) return false;
    this.#events.heard();
    // The browser rules: when it nominates another pair, after a change of network, werift must be told to forget the old one.
    const { connection } = this.#ice;
    const remote = connection.nominated?.remoteCandidate;
    const isElsewhere = remote !== undefined && (remote.host !== ip || remote.port !== port);
    if (isElsewhere && message.attributesKeys.includes('USE-CANDIDATE')) connection.resetNominatedPair();
    return true;
  }
}
