// What a file may contain, decided by its bytes before anything is drawn: one rule for the room, the card and the browser. It also returns the file as it
// is handed on, without the place, the device and the texts that a camera writes into it. Called by worker/card, worker/routes/room and the islands.
import { FILE_BYTES, type FileType, typeOf } from './file.ts';
import { type Inflate, type PdfMistake, pdfMistake } from './pdf-contents.ts';

/** Pixels of one picture; a phone's largest pictures have about 50 million. A browser needs four bytes of memory for each. */
const PICTURE_PIXELS = 60_000_000;

export type FileMistake = 'empty' | 'tooLarge' | 'type' | 'tooManyPixels' | PdfMistake;
export type Inspected =
  | { readonly kind: 'fine'; readonly type: FileType; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: FileMistake };

/** Without `inflate`, as in a browser, compressed parts of a PDF are not looked at. */
export function inspect(bytes: Uint8Array<ArrayBuffer>, inflate: Inflate | null): Inspected {
  if (bytes.length === 0) return { kind: 'empty' };
  if (bytes.length > FILE_BYTES) return { kind: 'tooLarge' };
  const type = typeOf(bytes);
  if (type === null) return { kind: 'type' };
  if (type === 'application/pdf') {
    const mistake = pdfMistake(bytes, inflate);
    return mistake === null ? { kind: 'fine', type, bytes } : { kind: mistake };
  }
  const picture = type === 'image/png' ? cleanPng(bytes) : cleanJpeg(bytes);
  if (picture === null) return { kind: 'type' };
  if (picture.width * picture.height > PICTURE_PIXELS) return { kind: 'tooManyPixels' };
  return { kind: 'fine', type, bytes: joined(picture.parts) };
}

/** Width and height of a picture; null when it is none that is accepted. */
export function sidesOf(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const type = typeOf(bytes);
  if (type !== 'image/png' && type !== 'image/jpeg') return null;
  return type === 'image/png' ? cleanPng(bytes) : cleanJpeg(bytes);
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly Uint8Array[];
}

const at = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** PNG, chunks of ISO/IEC 15948 that hold a text, a time or Exif; of Exif the orientation stays. */
const PNG_PRIVATE = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);
const PNG_HEAD = 8;

function cleanPng(bytes: Uint8Array): Picture | null {
  const view = at(bytes);
  if (bytes.length < 33 || latin(bytes.subarray(12, 16)) !== 'IHDR') return null;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const parts: Uint8Array[] = [bytes.subarray(0, PNG_HEAD)];
  for (let from = PNG_HEAD; from + 12 <= bytes.length; ) {
    const to = from + 12 + view.getUint32(from);
    const name = latin(bytes.subarray(from + 4, from + 8));
    if (to > bytes.length) break;
    if (!PNG_PRIVATE.has(name)) parts.push(bytes.subarray(from, to));
    else if (name === 'eXIf') parts.push(...pngOrientation(bytes.subarray(from + 8, to - 4)));
    if (name === 'IEND') break;
    from = to;
  }
  return { width, height, parts };
}

function pngOrientation(tiff: Uint8Array): Uint8Array[] {
  const orientation = orientationIn(tiff);
  if (orientation === null) return [];
  const body = joined([new TextEncoder().encode('eXIf'), tiffWith(orientation)]);
  const chunk = new Uint8Array(8 + body.length);
  at(chunk).setUint32(0, body.length - 4);
  chunk.set(body, 4);
  at(chunk).setUint32(4 + body.length, crc32(body));
  return [chunk];
}

/** CRC of a PNG chunk, ISO 3309. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

// Markers of JPEG, ITU-T T.81 table B.1.
const SOS = 0xda;
const EOI = 0xd9;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const COM = 0xfe;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

function cleanJpeg(bytes: Uint8Array): Picture | null {
  const view = at(bytes);
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: readonly [number, number] | null = null;
  let from = 2;
  while (from + 4 <= bytes.length) {
    if (bytes[from] !== 0xff) return null;
    const marker = bytes[from + 1] ?? 0;
    if (marker === 0xff) {
      from += 1;
      continue;
    }
    if (marker === EOI) break;
    let to = from + 2 + (isAlone(marker) ? 0 : view.getUint16(from + 2));
    if (isFrame(marker) && to <= bytes.length && to - from >= 9) size = [view.getUint16(from + 7), view.getUint16(from + 5)];
    if (marker === SOS) to = endOfScan(bytes, to);
    const segment = bytes.subarray(from, to);
    if (marker === APP1) parts.push(...jpegOrientation(segment));
    else if (isHandedOn(marker, segment)) parts.push(segment);
    from = to;
  }
  // What follows the end of the picture is not copied: some cameras append a film there.
  return size === null ? null : { width: size[0], height: size[1], parts: [...parts, new Uint8Array([0xff, EOI])] };
}

/** Applications' segments are dropped, except JFIF, the colour profile and Adobe's colour transform, without which colours change. */
function isHandedOn(marker: number, segment: Uint8Array): boolean {
  if (marker === COM) return false;
  if (marker === APP2) return latin(segment.subarray(4, 15)) === 'ICC_PROFILE';
  return marker < APP1 || marker > 0xef || marker === APP14;
}

/** The end of the entropy-coded data: the next marker that is no restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let i = from; i + 1 < bytes.length; i += 1) {
    const next = bytes[i + 1] ?? 0;
    if (bytes[i] === 0xff && next !== 0 && next !== 0xff && !isAlone(next)) return i;
  }
  return bytes.length;
}

const EXIF = 'Exif\0\0';

function jpegOrientation(segment: Uint8Array): Uint8Array[] {
  if (latin(segment.subarray(4, 10)) !== EXIF) return [];
  const orientation = orientationIn(segment.subarray(10));
  if (orientation === null) return [];
  const body = joined([new TextEncoder().encode(EXIF), tiffWith(orientation)]);
  return [joined([new Uint8Array([0xff, APP1, 0, body.length + 2]), body])];
}

/** How a JPEG is to be turned before it is shown, 1 to 8 as Exif counts; 1 is upright. */
export function orientationOf(jpeg: Uint8Array): number {
  const view = at(jpeg);
  for (let from = 2; from + 10 <= jpeg.length && jpeg[from] === 0xff && jpeg[from + 1] !== SOS; ) {
    const to = from + 2 + view.getUint16(from + 2);
    const segment = jpeg.subarray(from, to);
    if (jpeg[from + 1] === APP1 && latin(segment.subarray(4, 10)) === EXIF) return orientationIn(segment.subarray(10)) ?? 1;
    from = to;
  }
  return 1;
}

const ORIENTATION = 0x0112;

/** The orientation of the first directory, 2 to 8; null when it is upright or not there. */
function orientationIn(tiff: Uint8Array): number | null {
  if (tiff.length < 14) return null;
  const view = at(tiff);
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return null;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i += 1) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > tiff.length) return null;
    if (view.getUint16(entry, little) !== ORIENTATION) continue;
    const orientation = view.getUint16(entry + 8, little);
    return orientation >= 2 && orientation <= 8 ? orientation : null;
  }
  return null;
}

/** TIFF, big-endian, with one directory of one entry: a SHORT. */
const tiffWith = (orientation: number): Uint8Array =>
  new Uint8Array([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}
