// Writes the SFU's own SDP: the answers to a browser's offers and the offers of pulled tracks. negotiation.ts calls it.
import type { Codec } from './codecs.ts';
import type { MLine } from './m-line.ts';
import type { Fingerprint } from './sdp.ts';

interface Candidate {
  readonly foundation: string;
  readonly protocol: string;
  readonly priority: number;
  readonly ip: string;
  readonly port: number;
}

export interface LocalTransport {
  readonly userFragment: string;
  readonly password: string;
  readonly fingerprint: Fingerprint;
  readonly candidates: readonly Candidate[];
}

export interface Origin {
  readonly id: number;
  /** Incremented with each description, RFC 3264. */
  readonly version: number;
  readonly setup: 'passive' | 'actpass';
}

export type Direction = 'sendonly' | 'recvonly' | 'inactive';

export function writeSdp(
  lines: readonly MLine[],
  directionOf: (line: MLine) => Direction,
  transport: LocalTransport,
  origin: Origin,
): string {
  const bundled = lines.filter(({ state }) => state !== 'rejected').map(({ mid }) => mid);
  const written = [
    'v=0',
    `o=- ${origin.id} ${origin.version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'a=ice-lite',
    ['a=group:BUNDLE', ...bundled].join(' '),
    'a=msid-semantic: WMS *',
    'a=extmap-allow-mixed',
    ...lines.flatMap(line => writeLine(line, directionOf(line), transport, origin, line.mid === bundled[0])),
  ];
  return `${written.join('\r\n')}\r\n`;
}

function writeLine(line: MLine, direction: Direction, transport: LocalTransport, { setup }: Origin, isFirst: boolean): string[] {
  const { kind, mid, codec } = line;
  const address = ['c=IN IP4 0.0.0.0', 'a=rtcp:9 IN IP4 0.0.0.0', `a=mid:${mid}`];
  if (line.state === 'rejected') {
    const payloadTypes = line.offeredPayloadTypes.length > 0 ? line.offeredPayloadTypes : [codec.payloadType];
    return [`m=${kind} 0 UDP/TLS/RTP/SAVPF ${payloadTypes.join(' ')}`, ...address, 'a=inactive'];
  }
  const payloadTypes = [codec.payloadType, codec.repairPayloadType].filter(type => type !== undefined);
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${payloadTypes.join(' ')}`,
    ...address,
    ...(isFirst ? transport.candidates.map(candidate) : []),
    ...(isFirst ? ['a=end-of-candidates'] : []),
    `a=ice-ufrag:${transport.userFragment}`,
    `a=ice-pwd:${transport.password}`,
    `a=fingerprint:${transport.fingerprint.algorithm} ${transport.fingerprint.value}`,
    `a=setup:${setup}`,
    `a=${direction}`,
    'a=rtcp-mux',
    'a=rtcp-rsize',
    ...[...line.extensions].map(([uri, id]) => `a=extmap:${id} ${uri}`),
    ...(kind === 'audio' ? opus(codec) : vp8(codec)),
    ...(direction === 'sendonly' ? source(line) : []),
  ];
}

const candidate = ({ foundation, protocol, priority, ip, port }: Candidate) =>
  `a=candidate:${foundation} 1 ${protocol} ${priority} ${ip} ${port} typ host`;

const opus = ({ payloadType, format = 'minptime=10;useinbandfec=1' }: Codec) => [
  `a=rtpmap:${payloadType} opus/48000/2`,
  `a=fmtp:${payloadType} ${format}`,
];

function vp8({ payloadType, repairPayloadType }: Codec): string[] {
  const feedback = ['goog-remb', 'ccm fir', 'nack', 'nack pli'].map(name => `a=rtcp-fb:${payloadType} ${name}`);
  const repair =
    repairPayloadType === undefined ? [] : [`a=rtpmap:${repairPayloadType} rtx/90000`, `a=fmtp:${repairPayloadType} apt=${payloadType}`];
  return [`a=rtpmap:${payloadType} VP8/90000`, ...feedback, ...repair];
}

/** Chromium synchronises the tracks of one stream, so both tracks of a publisher have its session's id as the stream name. */
function source({ codec, subscription }: MLine): string[] {
  if (subscription === undefined) return [];
  const { ssrc, repairSsrc, sessionId, id } = subscription;
  const msid = `a=msid:${sessionId} ${id}`;
  if (codec.repairPayloadType === undefined) return [msid, `a=ssrc:${ssrc} cname:sfu`];
  return [msid, `a=ssrc-group:FID ${ssrc} ${repairSsrc}`, `a=ssrc:${ssrc} cname:sfu`, `a=ssrc:${repairSsrc} cname:sfu`];
}
