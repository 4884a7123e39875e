// The lower part of an application: the box for a signature, and where to send the photographed sheet. Called by application-pdf.ts.
import { wordsOf } from '../../views/words.ts';
import { INK, type Paper, type Style } from './paper.ts';
import { drawQr } from './qr.ts';
import { pdfString } from './signature-slot.ts';

const w = wordsOf('ru').application;
const MM = 72 / 25.4;
/** Points: at least 60 × 20 mm, the only thing that finance has to look at. */
const BOX = { width: 80 * MM, height: 21 * MM };
const GAP = 6 * MM;
const HINT: Style = { size: 8.5, colour: INK.second };
const PAD = 9;
const QR_SIZE = 30 * MM;
const LARGEST = 15;
const SMALLEST = 8;

/** A box to sign in, with the name and the date to write beside it. */
export function drawSignatureBox(paper: Paper): void {
  paper.need(BOX.height);
  const top = paper.pdf.y;
  const x = paper.left + BOX.width + GAP;
  const right = paper.left + paper.width;
  const [first, second] = [top + BOX.height / 2 - 3, top + BOX.height];
  paper.decorate(() => paper.pdf.rect(paper.left, top, BOX.width, BOX.height).lineWidth(1).strokeColor(INK.text).stroke());
  for (const y of [first, second])
    paper.decorate(() => paper.pdf.moveTo(x, y).lineTo(right, y).lineWidth(0.7).strokeColor(INK.text).stroke());
  label(paper, w.signature, paper.left + 5, top + 3);
  label(paper, w.signedBy, x, first + 2);
  label(paper, w.signedOn, x, second + 2);
  paper.pdf.y = second + 14;
}

function label(paper: Paper, text: string, x: number, y: number): void {
  paper.pdf.y = y;
  paper.tag(paper.root, 'P', () => paper.write(text, HINT, { x }));
}

export interface SendTo {
  /** The address to mail to. */
  readonly mail: string;
  /** The page of the application. */
  readonly page: string;
  readonly number: string;
}

/** A frame with the address to mail to in large letters, how to photograph, and the page of the application with its QR code. */
export function drawSendTo(paper: Paper, to: SendTo, size: number): void {
  const text = { x: paper.left + PAD, width: paper.width - PAD * 3 - QR_SIZE };
  const body: Style = { size };
  const large: Style = { size: sizeFor(paper, to.mail, text.width), bold: true };
  const height = Math.max(
    QR_SIZE,
    [
      [w.mail, body] as const,
      [to.mail, large] as const,
      [w.photo, { ...body, bold: true }] as const,
      [w.page, HINT] as const,
      [to.page, HINT] as const,
    ]
      .map(([said, style]) => paper.heightOf(said, style, text.width) + 3)
      .reduce((sum, one) => sum + one),
  );
  paper.need(height + PAD * 2);
  const top = paper.pdf.y;
  paper.decorate(() =>
    paper.pdf
      .roundedRect(paper.left, top, paper.width, height + PAD * 2, 6)
      .lineWidth(1.2)
      .strokeColor(INK.accent)
      .stroke(),
  );
  paper.pdf.y = top + PAD;
  const said = (words: string, style: Style) => {
    paper.tag(paper.root, 'P', () => paper.write(words, style, text));
    paper.space(3);
  };
  said(w.mail, body);
  drawLink(paper, { address: `mailto:${to.mail}`, words: to.mail, alt: w.mailAlt(to.mail), style: large, ...text });
  said(w.photo, { ...body, bold: true });
  said(w.page, HINT);
  drawLink(paper, { address: to.page, words: to.page, alt: w.pageAlt(to.number), style: HINT, ...text });
  drawCode(paper, to.page, paper.left + paper.width - PAD - QR_SIZE, top + PAD);
  paper.pdf.y = top + height + PAD * 2;
}

/** An address is typed from paper, so it stays in one line where that can be. */
function sizeFor(paper: Paper, address: string, width: number): number {
  for (let size = LARGEST; size > SMALLEST; size -= 0.5) if (paper.widthOf(address, { size, bold: true }) <= width) return size;
  return SMALLEST;
}

interface LinkedText {
  readonly address: string;
  readonly words: string;
  readonly alt: string;
  readonly style: Style;
  readonly x: number;
  readonly width: number;
}

function drawLink(paper: Paper, { address, words, alt, style, x, width }: LinkedText): void {
  const height = paper.heightOf(words, style, width);
  paper.group(paper.root, 'P', paragraph =>
    paper.group(paragraph, 'Link', link => {
      const y = paper.pdf.y;
      paper.tag(link, 'Span', () => paper.write(words, style, { x, width }));
      const on = { structParent: link, Contents: pdfString(alt), F: 4, Border: [0, 0, 0] };
      paper.pdf.link(x, y, Math.min(width, paper.widthOf(words, style)), height, address, on);
    }),
  );
  paper.space(3);
}

function drawCode(paper: Paper, address: string, x: number, y: number): void {
  const bbox = [x, y, x + QR_SIZE, y + QR_SIZE];
  paper.tag(paper.root, 'Figure', () => drawQr(paper.pdf, address, x, y, QR_SIZE), { alt: w.qrAlt(address), bbox, placement: 'Block' });
}
