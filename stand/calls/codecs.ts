// The codecs of this SFU: Opus, VP8 with retransmission, and the header extensions that it forwards. Each session uses the browser's
// numbers for them (numbering.ts); before the browser has sent a description, Chromium's default numbers are used.

const kinds = ['audio', 'video'] as const;
export type Kind = (typeof kinds)[number];
export const isKind = (text: string): text is Kind => kinds.some(kind => kind === text);

export interface Codec {
  readonly payloadType: number;
  /** RTX, RFC 4588. */
  readonly repairPayloadType?: number;
  readonly format?: string;
}

export const codecNames: Record<Kind, string> = { audio: 'opus', video: 'vp8' };
export const clockRates: Record<Kind, number> = { audio: 48_000, video: 90_000 };
export const usualCodecs: Record<Kind, Codec> = {
  audio: { payloadType: 111, format: 'minptime=10;useinbandfec=1' },
  video: { payloadType: 96, repairPayloadType: 97 },
};

export const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';
const SEND_TIME = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
const AUDIO_LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';
const ORIENTATION = 'urn:3gpp:video-orientation';
const PLAYOUT_DELAY = 'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay';
const COLOR_SPACE = 'http://www.webrtc.org/experiments/rtp-hdrext/color-space';

/**
 * Extensions forwarded from publisher to subscriber, with new numbers. Without transport-cc, because here the bandwidth is controlled by
 * REMB.
 */
export const carriedExtensions: readonly string[] = [ORIENTATION, AUDIO_LEVEL, PLAYOUT_DELAY, COLOR_SPACE];
export const knownExtensions: readonly string[] = [MID, SEND_TIME, ...carriedExtensions];

export const usualExtensions: Record<Kind, readonly (readonly [uri: string, id: number])[]> = {
  audio: [
    [AUDIO_LEVEL, 1],
    [SEND_TIME, 2],
    [MID, 4],
  ],
  video: [
    [SEND_TIME, 2],
    [MID, 4],
    [ORIENTATION, 13],
    [PLAYOUT_DELAY, 5],
    [COLOR_SPACE, 8],
  ],
};

/** Whether a VP8 packet begins a keyframe, where a decoder can start (RFC 7741, 4.2 and 4.3). */
export function startsKeyframe(payload: Buffer): boolean {
  const [first = 0, extension = 0, pictureId = 0] = payload;
  const isStartOfFrame = (first & 0x10) !== 0 && (first & 0x07) === 0;
  if (!isStartOfFrame) return false;
  let length = 1;
  if ((first & 0x80) !== 0) {
    length = 2;
    if ((extension & 0x80) !== 0) length += (pictureId & 0x80) !== 0 ? 2 : 1;
    if ((extension & 0x40) !== 0) length += 1;
    if ((extension & 0x30) !== 0) length += 1;
  }
  return ((payload[length] ?? 1) & 0x01) === 0;
}
