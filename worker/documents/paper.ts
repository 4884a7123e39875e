// An A4 document that screen readers can read: everything is tagged or marked as an artifact, and it conforms to PDF/A-3a and PDF/UA-1.
// blocks.ts, letterhead.ts and seal.ts draw on it; protocol-pdf.ts creates it.
import PDFDocument, { type Structure } from 'pdfkit';
import { type Imprint, MARGINS, optionsOf, PDF_UA } from './conformance.ts';
import { printable } from '../../workflows/rules/lettering.ts';
import { faceOf } from './typeface.ts';

export interface Faces {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

export const INK = { text: '#1b1f24', second: '#4b5563', rule: '#c3cad3', accent: '#0b5263', tint: '#eef4f6' } as const;

export interface Style {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

export interface Place {
  readonly x?: number;
  readonly width?: number;
}

const BODY_SIZE = 10.5;
const LINE_GAP = 1;

export class Paper {
  readonly pdf: PDFDocument;
  readonly root: Structure;
  readonly left = MARGINS.left;
  readonly width: number;
  private readonly bytes: Promise<Uint8Array<ArrayBuffer>>;
  private readonly hasGlyph: (codePoint: number) => boolean;

  constructor(faces: Faces, imprint: Imprint) {
    const [regular, bold] = [faceOf(faces.regular), faceOf(faces.bold)];
    this.hasGlyph = codePoint => regular.hasGlyphForCodePoint(codePoint) && bold.hasGlyphForCodePoint(codePoint);
    this.pdf = new PDFDocument(optionsOf(imprint));
    this.bytes = collected(this.pdf);
    this.pdf.registerFont('regular', regular);
    this.pdf.registerFont('bold', bold);
    this.pdf.addPage();
    this.pdf.appendXML(PDF_UA);
    this.width = this.pdf.page.width - MARGINS.left - MARGINS.right;
    this.root = this.pdf.struct('Document');
    this.pdf.addStructure(this.root);
  }

  get bottom(): number {
    return this.pdf.page.height - MARGINS.bottom;
  }

  /** Writes at the current height and moves it below the text. */
  write(text: string, style: Style = {}, { x = this.left, width = this.left + this.width - x }: Place = {}): void {
    this.inked(style).text(this.letters(text), x, this.pdf.y, { width, lineGap: LINE_GAP });
  }

  /** Writes one line at a position and keeps the current height. */
  writeLine(text: string, style: Style, x: number, y: number): void {
    const before = this.pdf.y;
    this.inked(style).text(this.letters(text), x, y, { lineBreak: false });
    this.pdf.y = before;
  }

  heightOf(text: string, style: Style = {}, width = this.width): number {
    return this.inked(style).heightOfString(this.letters(text), { width, lineGap: LINE_GAP });
  }

  widthOf(text: string, style: Style = {}): number {
    return this.inked(style).widthOfString(this.letters(text));
  }

  /** Starts a new page unless this many points are left. */
  need(points: number): void {
    if (this.pdf.y + points > this.bottom) this.pdf.addPage();
  }

  space(points: number): void {
    this.pdf.y += points;
  }

  /** Draws tagged content. */
  tag(parent: Structure, type: string, draw: () => void, options: object = {}): void {
    const element = this.pdf.struct(type, options, draw);
    // The parent is already in the tree, so this call draws.
    parent.add(element);
    element.end();
  }

  /** A structure element without own content; `fill` adds its children. */
  group(parent: Structure, type: string, fill: (group: Structure) => void): void {
    const element = this.pdf.struct(type);
    parent.add(element);
    fill(element);
    element.end();
  }

  /** Draws an artifact, which screen readers ignore. */
  decorate(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.pdf.markContent('Artifact', { type });
    draw();
    this.pdf.endMarkedContent();
  }

  rule(y: number, x = this.left, width = this.width): void {
    this.decorate(() =>
      this.pdf
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(0.5)
        .strokeColor(INK.rule)
        .stroke(),
    );
  }

  /** Draws the header and footer of every page, now that the number of pages is known, and returns the file. */
  async finish(onPage: (page: number, pages: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    const { start, count } = this.pdf.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.pdf.switchToPage(page);
      // Otherwise text below the margin would start a new page.
      this.pdf.page.margins.bottom = 0;
      this.decorate(() => onPage(page - start + 1, count), 'Pagination');
    }
    this.root.end();
    this.pdf.end();
    return await this.bytes;
  }

  private letters(text: string): string {
    return printable(text, this.hasGlyph);
  }

  private inked({ size = BODY_SIZE, bold = false, colour = INK.text }: Style): PDFDocument {
    return this.pdf
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(colour);
  }
}

const collected = (pdf: PDFDocument): Promise<Uint8Array<ArrayBuffer>> =>
  new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    pdf.on('data', chunk => chunks.push(chunk));
    pdf.on('error', reject);
    pdf.on('end', () => {
      const file = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      let at = 0;
      for (const chunk of chunks) {
        file.set(chunk, at);
        at += chunk.length;
      }
      resolve(file);
    });
  });
