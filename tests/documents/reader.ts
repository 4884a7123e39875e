// Reads a PDF with an independent program, PDFium: its text, its attachments, and whether there is ink where a letter should be. The text
// layer alone does not show what is printed: fonts with blank glyphs also give text.
import { inflateSync } from 'node:zlib';
import { PDFiumLibrary } from '@hyzyla/pdfium';

/** The raw functions of PDFium that the package contains but does not wrap. */
interface Raw {
  readonly HEAPU8: Uint8Array;
  readonly wasmExports: { malloc(bytes: number): number; free(at: number): void };
  _FPDFCatalog_IsTagged(document: number): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number;
}

interface Sheet {
  readonly text: string;
  /** Letters that are in the text but not visible on the page. */
  readonly blank: string;
  readonly letters: number;
}

export interface Reading {
  readonly isTagged: boolean;
  readonly attachments: readonly string[];
  readonly sheets: readonly Sheet[];
}

type Page = Parameters<typeof sheetOf>[1];

let library: Promise<PDFiumLibrary> | undefined;

export async function read(pdf: Uint8Array): Promise<Reading> {
  library ??= PDFiumLibrary.init();
  const opened = await library;
  const { module } = opened as unknown as { readonly module: Raw };
  const document = await opened.loadDocument(pdf);
  const { documentIdx } = document as unknown as { readonly documentIdx: number };
  const sheets: Sheet[] = [];
  for (const page of document.pages()) sheets.push(await sheetOf(module, page as unknown as Page));
  const isTagged = module._FPDFCatalog_IsTagged(documentIdx) === 1;
  document.destroy();
  return { isTagged, attachments: attachmentsOf(pdf), sheets };
}

const SCALE = 3;

interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

async function sheetOf(
  module: Raw,
  page: { readonly pageIdx: number; getText(): string; render(how: object): Promise<Bitmap & { readonly originalHeight: number }> },
): Promise<Sheet> {
  const text = module._FPDFText_LoadPage(page.pageIdx);
  const letters = Array.from({ length: module._FPDFText_CountChars(text) }, (_, i) => ({
    letter: letterAt(module, text, i),
    box: boxOf(module, text, i),
  })).filter(({ letter }) => /\S/u.test(letter) && !/\p{Cc}/u.test(letter));
  module._FPDFText_ClosePage(text);
  const said = page.getText();
  // The package closes a page after rendering it.
  const bitmap = await page.render({ scale: SCALE, render: 'bitmap' });
  const blank = letters.filter(({ box }) => !hasInk(bitmap, box)).map(({ letter }) => letter);
  return { text: said, letters: letters.length, blank: blank.join('') };
}

const letterAt = (module: Raw, text: number, index: number): string => String.fromCodePoint(module._FPDFText_GetUnicode(text, index));

interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Points from the lower left corner. */
function boxOf(module: Raw, text: number, index: number): Box {
  const at = module.wasmExports.malloc(32);
  module._FPDFText_GetCharBox(text, index, at, at + 8, at + 16, at + 24);
  const numbers = new DataView(module.HEAPU8.buffer, at, 32);
  const [left, right, bottom, top] = [0, 8, 16, 24].map(offset => numbers.getFloat64(offset, true));
  module.wasmExports.free(at);
  return { left: left ?? 0, right: right ?? 0, bottom: bottom ?? 0, top: top ?? 0 };
}

function hasInk({ data, width, height }: Bitmap, { left, right, bottom, top }: Box): boolean {
  const [fromX, toX] = [Math.max(0, Math.floor(left * SCALE) - 1), Math.min(width - 1, Math.ceil(right * SCALE) + 1)];
  const [fromY, toY] = [Math.max(0, height - Math.ceil(top * SCALE) - 2), Math.min(height - 1, height - Math.floor(bottom * SCALE) + 1)];
  for (let y = fromY; y <= toY; y++) for (let x = fromX; x <= toX; x++) if ((data[(y * width + x) * 4] ?? 255) < 190) return true;
  return false;
}

/** Embedded files are deflated streams in the PDF. */
function attachmentsOf(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1');
  const streams = text.matchAll(/\/Type \/EmbeddedFile[\s\S]*?>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g);
  return [...streams].map(([, stream = '']) => inflateSync(Buffer.from(stream, 'latin1')).toString('utf8'));
}
