// Judges what was attached to a letter by its bytes, never by its name, its declared type or its disposition: iPhones mark photographs as inline, and HEIC comes
// as octet-stream. Called by judge.ts.
import { sidesOf } from '../../workflows/rules/file-contents.ts';
import { type FileType, nameOf, typeOf } from '../../workflows/rules/file.ts';
import type { PartVerdict } from '../../workflows/rules/letter-in.ts';
import { inspectBytes } from '../files/inspect.ts';
import type { LetterPart } from './open.ts';

export type Judged =
  | { readonly verdict: 'candidate'; readonly type: FileType; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly verdict: Exclude<PartVerdict, 'candidate'> };

const LOGO_BYTES = 30 * 1024;
const LOGO_PIXELS = 300;
const HEIC = /^ftyp(heic|heix|heim|heis|mif1|msf1|hevc|hevx)/;

/** What says nothing about the claim: signatures of mail programs, forks of files, invitations, reports. */
const ASIDE =
  /^(application\/(pkcs7-signature|x-pkcs7-signature|pgp-signature|applefile|ics)|text\/(calendar|vcard|x-vcard|rfc822-headers)|message\/)/;

/** `bytes`: null for a file that was not read, because it is too large. */
export function judgePart(part: Pick<LetterPart, 'name' | 'type' | 'isDrawn'>, bytes: Uint8Array<ArrayBuffer> | null): Judged {
  const { type } = part;
  if (ASIDE.test(type)) return { verdict: 'aside' };
  if (bytes === null) return { verdict: 'tooLarge' };
  if (bytes.length === 0) return { verdict: 'empty' };
  if (/pkcs7-mime/.test(type) || /\.p7m$/i.test(part.name)) return { verdict: 'encrypted' };
  if (isTnef(type, bytes)) return { verdict: 'winmail' };
  if (part.isDrawn && isLogo(bytes)) return { verdict: 'logo' };
  if (HEIC.test(new TextDecoder('latin1').decode(bytes.subarray(4, 12)))) return { verdict: 'heic' };
  const inspected = inspectBytes(bytes);
  if (inspected.kind !== 'fine') return { verdict: inspected.kind };
  if (isCut(bytes, inspected.type)) return { verdict: 'cut' };
  return { verdict: 'candidate', type: inspected.type, name: nameOf(part.name, inspected.type), bytes: inspected.bytes };
}

/** The picture in a signature: drawn in the text, and small in bytes or in size. Another format than that of photographs is one too when it is small. */
function isLogo(bytes: Uint8Array): boolean {
  if (bytes.length < LOGO_BYTES) return true;
  const sides = sidesOf(bytes);
  return sides === null ? typeOf(bytes) === null && bytes.length < 2 * LOGO_BYTES : Math.max(sides.width, sides.height) < LOGO_PIXELS;
}

/** The signature of TNEF, MS-OXTNEF 2.1.3.1. */
const isTnef = (type: string, bytes: Uint8Array): boolean =>
  /ms-tnef/.test(type) || (bytes[0] === 0x78 && bytes[1] === 0x9f && bytes[2] === 0x3e && bytes[3] === 0x22);

/** A picture of which the end is missing, because the letter was cut on its way. Markers do not occur inside the data of a JPEG (ITU-T T.81, B.1.1.5). */
function isCut(bytes: Uint8Array, type: FileType): boolean {
  if (type === 'image/png') return lastOf(bytes, 0x49, 0x45, 0x4e, 0x44) === -1;
  return type === 'image/jpeg' && lastOf(bytes, 0xff, 0xd9) < lastOf(bytes, 0xff, 0xda);
}

function lastOf(bytes: Uint8Array, ...wanted: readonly number[]): number {
  let at = bytes.lastIndexOf(wanted[0] ?? 0);
  while (at > 0 && !wanted.every((byte, i) => bytes[at + i] === byte)) at = bytes.lastIndexOf(wanted[0] ?? 0, at - 1);
  return at > 0 ? at : -1;
}
