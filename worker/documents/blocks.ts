// Blocks of a document: headings, paragraphs, a table of names and values, a framed note. Each moves the current height below itself.
// Called by protocol-pdf.ts.
import { INK, type Paper, type Style } from './paper.ts';

const H1: Style = { size: 16, bold: true };
const H2: Style = { size: 12, bold: true, colour: INK.accent };
// Points: a heading is kept on one page with at least two lines of its text.
export const TOGETHER = 46;
const TWO_LINES = 30;
const GAP = 4;
const CELL = 4;

export function title(paper: Paper, text: string): void {
  paper.need(paper.heightOf(text, H1) + TOGETHER);
  paper.tag(paper.root, 'H1', () => paper.write(text, H1));
  paper.space(2);
}

export function heading(paper: Paper, text: string): void {
  paper.space(7);
  paper.need(paper.heightOf(text, H2) + TOGETHER);
  paper.tag(paper.root, 'H2', () => paper.write(text, H2));
  paper.space(2);
}

/**
 * One paragraph per line of text; empty lines only separate. A paragraph may continue on the next page; at least `together` points of it
 * stay together.
 */
export function paragraphs(paper: Paper, text: string, style: Style = {}, together = TWO_LINES): void {
  for (const paragraph of linesOf(text)) {
    paper.need(together);
    paper.tag(paper.root, 'P', () => paper.write(paragraph, style));
    paper.space(GAP);
  }
}

export const heightOfParagraphs = (paper: Paper, text: string): number =>
  linesOf(text).reduce((sum, line) => sum + paper.heightOf(line) + GAP, 0);

const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map(line => line.trim())
    .filter(line => line !== '');

export type Named = readonly [name: string, value: string];

export interface TableStyle {
  readonly name: Style;
  readonly value: Style;
  /** The part of the width that names take. */
  readonly nameShare: number;
  /** Points above and below each text. */
  readonly pad: number;
}

/** A table of two columns; the left cells are row headers. Values are short: a row is not split between pages. */
export function facts(paper: Paper, rows: readonly Named[], style: TableStyle = PLAIN): void {
  const nameWidth = paper.width * style.nameShare;
  const value = { x: paper.left + nameWidth, width: paper.width - nameWidth };
  paper.rule(paper.pdf.y);
  paper.group(paper.root, 'Table', table =>
    paper.group(table, 'TBody', body => {
      for (const [name, text] of rows) {
        const height =
          Math.max(paper.heightOf(name, style.name, nameWidth - CELL * 2), paper.heightOf(text, style.value, value.width)) + style.pad * 2;
        paper.need(height);
        const y = paper.pdf.y;
        const at = (draw: () => void) => {
          paper.pdf.y = y + style.pad;
          draw();
        };
        paper.group(body, 'TR', row => {
          paper.tag(row, 'TH', () => at(() => paper.write(name, style.name, { width: nameWidth - CELL * 2 })), { scope: 'Row' });
          paper.tag(row, 'TD', () => at(() => paper.write(text, style.value, value)));
        });
        paper.pdf.y = y + height;
        paper.rule(paper.pdf.y);
      }
    }),
  );
  paper.space(6);
}

const PLAIN: TableStyle = { name: { size: 9.5, colour: INK.second }, value: {}, nameShare: 0.27, pad: CELL };

/** An important note in a tinted frame, first line bold. Kept on one page. */
export function note(paper: Paper, lead: string, text: string): void {
  const [inner, pad] = [paper.width - 24, 9];
  const height = paper.heightOf(lead, { bold: true }, inner) + paper.heightOf(text, {}, inner) + pad * 2 + 2;
  paper.space(2);
  paper.need(height);
  const y = paper.pdf.y;
  paper.decorate(() => paper.pdf.roundedRect(paper.left, y, paper.width, height, 6).fill(INK.tint));
  paper.pdf.y = y + pad;
  paper.tag(paper.root, 'P', () => paper.write(lead, { bold: true }, { x: paper.left + 12, width: inner }));
  paper.space(2);
  paper.tag(paper.root, 'P', () => paper.write(text, {}, { x: paper.left + 12, width: inner }));
  paper.pdf.y = y + height + 8;
}
