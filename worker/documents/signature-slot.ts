// The slot for a detached signature in a PDF (ISO 32000-1, 12.8; ETSI EN 319 142). protocol-pdf.ts reserves it; worker/protocol/render.ts
// opens it and fills in the CMS that a signing service makes over the rest of the file.
import type PDFDocument from 'pdfkit';

// Bytes: a CMS of an elliptic-curve key with its chain has 2–4 KB, twice that with a time stamp. Each byte takes two in the file.
const ROOM = 10_240;
const HOLE = 9_999_999_999;
const RANGE = `/ByteRange [0 ${HOLE} ${HOLE} ${HOLE}]`;
const CONTENTS = `/Contents <${'0'.repeat(64)}`;
const HEX_OFFSET = '/Contents '.length;

/** Reserves the slot on the current page. Screen readers read `what` for the invisible field. `at` is ms. */
export function reserveSlot(paper: PDFDocument, name: string, what: string, at: number): void {
  const signature = paper.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, HOLE, HOLE, HOLE],
    Contents: new Uint8Array(ROOM),
    M: new Date(at),
    Name: pdfString(name),
    Reason: pdfString(what),
  });
  signature.end();
  const field = paper.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: pdfString('Signature'),
    TU: pdfString(what),
    V: signature,
    F: 132,
    Rect: [0, 0, 0, 0],
    P: paper.page.dictionary,
  });
  field.end();
  paper.page.annotations.push(field);
  paper._root.data['AcroForm'] = { SigFlags: 3, Fields: [field] };
  // pdfkit's own form would add NeedAppearances, which PDF/A forbids.
  paper.endAcroForm = () => undefined;
}

// pdfkit writes a String object as a PDF string and a primitive string as a PDF name.
export const pdfString = (text: string): object => Object(text) as object;

export interface OpenSlot {
  readonly pdf: Uint8Array<ArrayBuffer>;
  /** The bytes that the signature covers: everything except the slot. */
  readonly signed: Uint8Array<ArrayBuffer>;
  /** Offset of the slot. */
  readonly at: number;
}

/** Writes the byte range into the file and returns the covered bytes. Throws when there is no slot. */
export function openSlot(drawn: Uint8Array): OpenSlot {
  const pdf = Uint8Array.from(drawn);
  const rangeAt = find(pdf, RANGE);
  const at = find(pdf, CONTENTS) + HEX_OFFSET;
  const after = at + ROOM * 2 + 2;
  pdf.set(latin(`/ByteRange [0 ${at} ${after} ${pdf.length - after}]`.padEnd(RANGE.length)), rangeAt);
  const signed = new Uint8Array(at + pdf.length - after);
  signed.set(pdf.subarray(0, at));
  signed.set(pdf.subarray(after), at);
  return { pdf, signed, at };
}

/** Writes the CMS (DER) into the slot. Throws when it does not fit. */
export function fillSlot({ pdf, at }: OpenSlot, cms: Uint8Array): Uint8Array<ArrayBuffer> {
  if (cms.length > ROOM) throw new Error(`A signature of ${cms.length} bytes does not fit into ${ROOM}.`);
  const filled = Uint8Array.from(pdf);
  filled.set(latin([...cms].map(byte => byte.toString(16).padStart(2, '0')).join('')), at + 1);
  return filled;
}

const latin = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0));

function find(bytes: Uint8Array, text: string): number {
  const wanted = latin(text);
  const at = bytes.findIndex((byte, i) => byte === wanted[0] && wanted.every((other, k) => bytes[i + k] === other));
  if (at < 0) throw new Error('The file has no room for a signature.');
  return at;
}
