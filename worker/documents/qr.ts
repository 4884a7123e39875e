// A QR code as one vector shape. Called by seal.ts.
import type PDFDocument from 'pdfkit';
import { encode } from 'uqr';

/** Fills the modules of the code, adjacent modules of a row as one rectangle. `size` in points. */
export function drawQr(paper: PDFDocument, text: string, x: number, y: number, size: number): void {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 0 });
  const unit = size / modules;
  data.forEach((row, r) => {
    for (let c = 0; c < modules; c++) {
      const from = c;
      while (row[c]) c++;
      if (c > from) paper.rect(x + from * unit, y + r * unit, (c - from) * unit, unit);
    }
  });
  paper.fill('#000000');
}
