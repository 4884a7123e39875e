// Parses a typeface once per isolate and makes it safe to share between documents. Called by paper.ts.
import { create, type Face } from 'fontkit';

const parsed = new WeakMap<Uint8Array, Face>();

export function faceOf(bytes: Uint8Array): Face {
  const known = parsed.get(bytes);
  if (known) return known;
  const face = create(bytes);
  prime(face);
  parsed.set(bytes, face);
  return face;
}

const LIGATURES = 'fi fl ff ffi ffl';
// A search must find «№ 5» and «3-й» with any kind of space or hyphen.
const EXTRACTED_AS: readonly (readonly [from: number, as: number])[] = [
  [0xa0, 0x20],
  [0x2010, 0x2d],
  [0x2011, 0x2d],
];

/**
 * For each glyph fontkit remembers the first text that used it, and pdfkit writes that text into the text layer, so one document would
 * change the bytes of the next. Therefore every glyph is used once in a fixed order before the first document.
 */
function prime(face: Face): void {
  face.layout(LIGATURES);
  for (const codePoint of face.characterSet.toSorted((a, b) => a - b)) face.glyphForCodePoint(codePoint);
  for (const [from, as] of EXTRACTED_AS) if (face.hasGlyphForCodePoint(from)) face.glyphForCodePoint(from).codePoints = [as];
}
