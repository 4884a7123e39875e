// A typeface parsed once for the life of the isolate and made safe to share between documents. paper.ts writes with it.
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
// Search must find «№ 5» and «3-й» however they were typed.
const EXTRACTED_AS: readonly (readonly [from: number, as: number])[] = [
  [0xa0, 0x20],
  [0x2010, 0x2d],
  [0x2011, 0x2d],
];

/**
 * fontkit remembers of every glyph the first text that reached it, and pdfkit writes that into the text layer: one document would change the bytes of
 * the next. So every glyph is touched in a fixed order before any document is.
 */
function prime(face: Face): void {
  face.layout(LIGATURES);
  for (const codePoint of face.characterSet.toSorted((a, b) => a - b)) face.glyphForCodePoint(codePoint);
  for (const [from, as] of EXTRACTED_AS) if (face.hasGlyphForCodePoint(from)) face.glyphForCodePoint(from).codePoints = [as];
}
