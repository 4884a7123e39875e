// Reads a browser's SDP: m-lines with their codecs, extensions, sources and transport. Called by negotiation.ts.
import { invalidParams } from './refusal.ts';

export interface Fingerprint {
  readonly algorithm: string;
  readonly value: string;
}

interface OfferedCodec {
  name: string;
  format: string;
}

/** One m-line of a browser; attributes that it does not have are taken from the session level. */
export interface OfferedMedia {
  readonly kind: string;
  /** 0 means a refused or stopped m-line. */
  readonly port: number;
  readonly mid: string;
  readonly direction: string;
  readonly setup: string;
  readonly userFragment: string;
  readonly password: string;
  readonly fingerprints: readonly Fingerprint[];
  /** By payload type, in the order of preference. */
  readonly codecs: ReadonlyMap<number, OfferedCodec>;
  readonly extensions: ReadonlyMap<string, number>;
  readonly ssrc?: number;
  readonly repairSsrc?: number;
}

type Attribute = readonly [name: string, value: string];

/** Throws a Refusal when the text is not SDP. */
export function readSdp(sdp: string): OfferedMedia[] {
  const [head = '', ...sections] = sdp.split(/\r?\n(?=m=)/);
  if (!head.startsWith('v=0')) throw invalidParams('The session description is not SDP.');
  const common = attributesOf(head);
  return sections.map(section => readMedia(section, common));
}

function readMedia(section: string, common: readonly Attribute[]): OfferedMedia {
  const [line = ''] = section.split(/\r?\n/);
  const [kind = '', port = '', , ...payloadTypes] = line.slice(2).split(' ');
  const own = attributesOf(section);
  const one = (name: string) => [...own, ...common].find(([key]) => key === name)?.[1] ?? '';
  const all = (name: string) => own.filter(([key]) => key === name).map(([, value]) => value);
  const prints = all('fingerprint').length > 0 ? all('fingerprint') : common.filter(([key]) => key === 'fingerprint').map(([, v]) => v);
  const [firstSsrc] = all('ssrc').map(value => Number.parseInt(value, 10));
  const pair = all('ssrc-group').flatMap(value => /^FID (\d+) (\d+)/.exec(value) ?? []);
  return {
    kind,
    port: Number(port),
    mid: one('mid'),
    direction: own.map(([name]) => name).find(name => directions.has(name)) ?? 'sendrecv',
    setup: one('setup'),
    userFragment: one('ice-ufrag'),
    password: one('ice-pwd'),
    fingerprints: prints.map(print => {
      const [algorithm = '', value = ''] = print.split(' ');
      return { algorithm, value };
    }),
    codecs: readCodecs(kind === 'application' ? [] : payloadTypes, all('rtpmap'), all('fmtp')),
    extensions: new Map(all('extmap').flatMap(readExtension)),
    ssrc: pair[1] === undefined ? firstSsrc : Number(pair[1]),
    repairSsrc: pair[2] === undefined ? undefined : Number(pair[2]),
  };
}

const directions: ReadonlySet<string> = new Set(['sendrecv', 'sendonly', 'recvonly', 'inactive']);

function attributesOf(section: string): Attribute[] {
  return section.split(/\r?\n/).flatMap((line): Attribute[] => {
    const [, name, value = ''] = /^a=([^:]+)(?::(.*))?$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, value]];
  });
}

function readCodecs(payloadTypes: readonly string[], maps: readonly string[], formats: readonly string[]) {
  const codecs = new Map(payloadTypes.map((type): [number, OfferedCodec] => [Number(type), { name: '', format: '' }]));
  for (const map of maps) {
    const [, type, name = ''] = /^(\d+) ([^/]+)\//.exec(map) ?? [];
    const codec = codecs.get(Number(type));
    if (codec !== undefined) codec.name = name.toLowerCase();
  }
  for (const format of formats) {
    const [, type, text = ''] = /^(\d+) (.*)$/.exec(format) ?? [];
    const codec = codecs.get(Number(type));
    if (codec !== undefined) codec.format = text;
  }
  return codecs;
}

function readExtension(value: string): [string, number][] {
  const [, id, uri] = /^(\d+)(?:\/\w+)? (\S+)/.exec(value) ?? [];
  return uri === undefined ? [] : [[uri, Number(id)]];
}
