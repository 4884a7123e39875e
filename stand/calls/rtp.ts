// Reads and writes RTP packets, RFC 3550 and 8285: read in place, written again for each subscriber. werift's own headers are slow, because
// they go bit by bit through strings and big integers. Used by srtp.ts.

interface HeaderExtension {
  readonly id: number;
  readonly payload: Buffer;
}

export interface RtpHeader {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly extensions: readonly HeaderExtension[];
}

export interface RtpPacket {
  readonly header: RtpHeader;
  readonly payload: Buffer;
}

const FIXED = 12;
const WRAP = 0x10000;
/** The two forms of header extensions: ids and lengths of four bits, and of one byte. */
const SHORT = 0xbede;
const LONG = 0x1000;

/** The offset of the payload, bytes; undefined when this is not an RTP packet. */
export function headerEnd(data: Buffer): number | undefined {
  if (data.length < FIXED) return;
  const [first = 0] = data;
  let end = FIXED + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) end += end + 4 > data.length ? 4 : 4 + 4 * data.readUInt16BE(end + 2);
  return first >> 6 === 2 && end <= data.length ? end : undefined;
}

/** Reads a header that ends at `end`, bytes. */
export function readHeader(data: Buffer, end: number): RtpHeader {
  const [first = 0, second = 0] = data;
  return {
    marker: (second & 0x80) !== 0,
    payloadType: second & 0x7f,
    sequenceNumber: data.readUInt16BE(2),
    timestamp: data.readUInt32BE(4),
    ssrc: data.readUInt32BE(8),
    extensions: (first & 0x10) === 0 ? [] : readExtensions(data, FIXED + 4 * (first & 0x0f), end),
  };
}

function readExtensions(data: Buffer, start: number, end: number): HeaderExtension[] {
  const form = data.readUInt16BE(start);
  if (form !== SHORT && (form & 0xfff0) !== LONG) return [];
  const found: HeaderExtension[] = [];
  for (let at = start + 4; at < end; ) {
    const first = data[at++] ?? 0;
    // Padding between extensions.
    if (first === 0) continue;
    const [id, length] = form === SHORT ? [first >> 4, (first & 0x0f) + 1] : [first, data[at++] ?? 0];
    if ((form === SHORT && id === 15) || at + length > end) break;
    found.push({ id, payload: data.subarray(at, at + length) });
    at += length;
  }
  return found;
}

/** Writes a header with extensions in the short form: ids up to 14 with one to sixteen bytes each. Longer extensions are left out. */
export function writeHeader({ marker, payloadType, sequenceNumber, timestamp, ssrc, extensions }: RtpHeader): Buffer {
  const short = extensions.filter(({ id, payload }) => id <= 14 && payload.length >= 1 && payload.length <= 16);
  const words = Math.ceil(short.reduce((sum, { payload }) => sum + 1 + payload.length, 0) / 4);
  const header = Buffer.alloc(words === 0 ? FIXED : FIXED + 4 + 4 * words);
  header[0] = words === 0 ? 0x80 : 0x90;
  header[1] = (marker ? 0x80 : 0) | payloadType;
  header.writeUInt16BE(sequenceNumber, 2);
  header.writeUInt32BE(timestamp, 4);
  header.writeUInt32BE(ssrc, 8);
  if (words === 0) return header;
  header.writeUInt16BE(SHORT, FIXED);
  header.writeUInt16BE(words, FIXED + 2);
  let at = FIXED + 4;
  for (const { id, payload } of short) {
    header[at] = (id << 4) | (payload.length - 1);
    payload.copy(header, at + 1);
    at += 1 + payload.length;
  }
  return header;
}

/** The extended number that is nearest to `near`. Negative when it is from before the first one. */
export function unwrapped(near: number, sequenceNumber: number): number {
  const ahead = (sequenceNumber - near) & (WRAP - 1);
  return near + (ahead < WRAP / 2 ? ahead : ahead - WRAP);
}
