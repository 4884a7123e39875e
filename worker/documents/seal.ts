// The seal at the end of a protocol: who signed it, how and when, and how to verify that by QR code or address. Kept on one page. Called by
// protocol-pdf.ts.
import type { Named } from './blocks.ts';
import { INK, type Paper, type Place, type Style } from './paper.ts';
import { drawQr } from './qr.ts';
import { pdfString } from './signature-slot.ts';

export interface Seal {
  readonly title: string;
  readonly facts: readonly Named[];
  readonly how: string;
  readonly address: string;
  /** Alternative texts for screen readers. */
  readonly qrAlt: string;
  readonly linkAlt: string;
}

const QR_SIZE = 82;
const PAD = 12;
const GAP = 3;
const ABOVE = 10;
const TITLE: Style = { bold: true, size: 11, colour: INK.accent };
const FACT: Style = { size: 9 };
const SMALL: Style = { size: 9, colour: INK.second };
const LINK: Style = { size: 9, colour: INK.accent };

export function drawSeal(paper: Paper, seal: Seal): void {
  const height = heightOfSeal(paper, seal);
  paper.space(ABOVE);
  paper.need(height);
  const top = paper.pdf.y;
  paper.decorate(() => paper.pdf.roundedRect(paper.left, top, paper.width, height, 8).lineWidth(1).strokeColor(INK.accent).stroke());
  paper.pdf.y = top + PAD;
  const place = placeIn(paper);
  for (const [text, style] of textsOf(seal)) {
    paper.tag(paper.root, 'P', () => paper.write(text, style, place));
    paper.space(GAP);
  }
  drawLink(paper, seal, place);
  drawCode(paper, seal, paper.left + paper.width - PAD - QR_SIZE, top + (height - QR_SIZE) / 2);
  paper.pdf.y = top + height;
}

export function heightOfSeal(paper: Paper, seal: Seal): number {
  const { width } = placeIn(paper);
  const texts = textsOf(seal).reduce((sum, [text, style]) => sum + paper.heightOf(text, style, width) + GAP, 0);
  return Math.max(texts + paper.heightOf(seal.address, LINK, width), QR_SIZE) + PAD * 2;
}

const placeIn = (paper: Paper): Required<Place> => ({ x: paper.left + PAD, width: paper.width - PAD * 3 - QR_SIZE });

const textsOf = ({ title, facts, how }: Seal): (readonly [text: string, style: Style])[] => [
  [title, TITLE],
  ...facts.map(([name, value]) => [`${name}: ${value}`, FACT] as const),
  [how, SMALL],
];

/** A clickable link, for readers on a screen. */
function drawLink(paper: Paper, { address, linkAlt }: Seal, { x, width }: Required<Place>): void {
  const { pdf } = paper;
  const height = paper.heightOf(address, LINK, width);
  paper.group(paper.root, 'P', paragraph =>
    paper.group(paragraph, 'Link', link => {
      const y = pdf.y;
      paper.tag(link, 'Span', () => paper.write(address, LINK, { x, width }));
      pdf.link(x, y, Math.min(width, paper.widthOf(address, LINK)), height, address, {
        structParent: link,
        Contents: pdfString(linkAlt),
        F: 4,
        Border: [0, 0, 0],
      });
    }),
  );
}

function drawCode(paper: Paper, { address, qrAlt }: Seal, x: number, y: number): void {
  const bbox = [x, y, x + QR_SIZE, y + QR_SIZE];
  paper.tag(paper.root, 'Figure', () => drawQr(paper.pdf, address, x, y, QR_SIZE), { alt: qrAlt, bbox, placement: 'Block' });
}
