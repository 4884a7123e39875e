// The clinic's mark, name and requisites on the first page, and the header and footer of every page. Called by protocol-pdf.ts.
import type { Letterhead } from './protocol-document.ts';
import { INK, type Paper, type Style } from './paper.ts';

const MARK_SIZE = 30;
// A half-open interval with a cross, the same as views/icons/mark.svg.
const MARK = ['M9 5H5v22h4', 'M23 5c5.3 6 5.3 16 0 22', 'M15 11v10m-5-5h10'];
const TOP = 36;
const SMALL: Style = { size: 8, colour: INK.second };

export interface Labels {
  readonly licence: string;
  readonly phone: string;
}

export function letterhead(paper: Paper, clinic: Letterhead, labels: Labels): void {
  const x = paper.left + MARK_SIZE + 12;
  paper.decorate(() => drawMark(paper, paper.left, TOP));
  paper.pdf.y = TOP - 2;
  paper.tag(paper.root, 'P', () => paper.write(clinic.name, { size: 13, bold: true, colour: INK.accent }, { x }));
  const requisites = `${clinic.legalName}. ${labels.licence} ${clinic.licence}`;
  paper.tag(paper.root, 'P', () => paper.write(requisites, SMALL, { x }));
  paper.tag(paper.root, 'P', () => paper.write(`${clinic.address}. ${labels.phone} ${clinic.phone}`, SMALL, { x }));
  paper.space(6);
  paper.decorate(() =>
    paper.pdf
      .moveTo(paper.left, paper.pdf.y)
      .lineTo(paper.left + paper.width, paper.pdf.y)
      .lineWidth(1)
      .strokeColor(INK.accent)
      .stroke(),
  );
  paper.space(14);
}

function drawMark(paper: Paper, x: number, y: number): void {
  const { pdf } = paper;
  pdf
    .save()
    .translate(x, y)
    .scale(MARK_SIZE / 32)
    .lineWidth(3)
    .lineCap('round')
    .strokeColor(INK.accent);
  for (const path of MARK) pdf.path(path).stroke();
  pdf.restore();
}

export interface Running {
  /** Footer of every page. */
  readonly foot: string;
  /** Header of every page except the first, which has the letterhead. */
  readonly head: string;
  readonly pageOf: (page: number, pages: number) => string;
}

export function running(paper: Paper, { foot, head, pageOf }: Running): (page: number, pages: number) => void {
  return (page, pages) => {
    const y = paper.pdf.page.height - 40;
    const number = pageOf(page, pages);
    paper.pdf
      .moveTo(paper.left, y - 7)
      .lineTo(paper.left + paper.width, y - 7)
      .lineWidth(0.5)
      .strokeColor(INK.rule)
      .stroke();
    paper.writeLine(foot, SMALL, paper.left, y);
    paper.writeLine(number, SMALL, paper.left + paper.width - paper.widthOf(number, SMALL), y);
    if (page > 1) paper.writeLine(head, SMALL, paper.left, TOP);
  };
}
