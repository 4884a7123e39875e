// An application for money back as a PDF of one A4 page, to be signed by pen or by a code. Pure: the same facts and typefaces give the same bytes in
// workerd and in Node. Nothing is attached to it: a patient may draw the signature on the file itself and upload that, and uploads with attached files are
// refused. press.ts calls it for worker/claims/.
import { wordsOf } from '../../views/words.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { drawSendTo, drawSignatureBox } from './application-sign.ts';
import { claimantOf, demandOf, numberedOf, rowsOf, toOf } from './application-text.ts';
import { facts as drawFacts } from './blocks.ts';
import { running } from './letterhead.ts';
import { type Faces, INK, Paper, type Place, type Style } from './paper.ts';

const w = wordsOf('ru').application;

/** Points. The largest at which everything fits on the page is taken; the smallest is what a newspaper has. */
const SIZES = [12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8];
const SMALLEST = 8;
/** Of the claimant's own words at the smallest size, when even that does not fit: names and addresses are of no length that a law limits. */
const TEXT_LIMITS = [900, 750, 600, 450, 300, 150, 0];
const TOP = 34;

/** `page` is the address of the application's page. It has no secret in it. */
export async function applicationPdf(facts: ApplicationFacts, page: string, faces: Faces): Promise<Uint8Array<ArrayBuffer>> {
  const paper = fitting(facts, page, faces);
  const foot = w.foot(facts.number, facts.version);
  return await paper.finish(running(paper, { foot, head: foot, pageOf: w.pageOf }));
}

/** The first of ever smaller drawings that stays on one page. */
function fitting(facts: ApplicationFacts, page: string, faces: Faces): Paper {
  const ways = [...SIZES.map(size => ({ size, limit: Infinity })), ...TEXT_LIMITS.map(limit => ({ size: SMALLEST, limit }))];
  for (const { size, limit } of ways) {
    const paper = drawn(facts, page, faces, size, limit);
    if (paper.pdf.bufferedPageRange().count === 1 && paper.pdf.y <= paper.bottom) return paper;
  }
  throw new RangeError(`The application ${facts.number} does not fit on a page.`);
}

function drawn(facts: ApplicationFacts, page: string, faces: Faces, size: number, textLimit: number): Paper {
  const { number, version, madeAt, claimant, clinic } = facts;
  const paper = new Paper(faces, { title: w.fileTitle(number, version), author: claimant.name, subject: w.title, at: madeAt });
  const name: Style = { size: size - 1, colour: INK.second };
  const value: Style = { size };
  paper.pdf.y = TOP;
  drawParties(paper, facts, size);
  paper.space(size);
  paper.tag(paper.root, 'H1', () => paper.write(w.title, { size: size + 5, bold: true }));
  paper.tag(paper.root, 'P', () => paper.write(numberedOf(facts), name));
  paper.space(size / 2);
  paper.tag(paper.root, 'P', () => paper.write(demandOf(facts), { size, bold: true }));
  paper.tag(paper.root, 'P', () => paper.write(w.within, name));
  paper.space(size / 2);
  drawFacts(paper, rowsOf(facts, textLimit), { name, value, nameShare: 0.2, pad: size / 3 });
  paper.space(size / 2);
  drawSignatureBox(paper);
  paper.space(size / 2);
  drawSendTo(paper, { mail: clinic.claimsAddress, page, number }, size);
  return paper;
}

/** To whom on the left, from whom on the right. */
function drawParties(paper: Paper, facts: ApplicationFacts, size: number): void {
  const gap = 18;
  const width = (paper.width - gap) / 2;
  const top = paper.pdf.y;
  const left = drawParty(paper, w.to, toOf(facts), size, { x: paper.left, width });
  paper.pdf.y = top;
  const right = drawParty(paper, w.claimant, claimantOf(facts), size, { x: paper.left + width + gap, width });
  paper.pdf.y = Math.max(left, right);
}

/** Returns the height below it. */
function drawParty(paper: Paper, heading: string, lines: readonly string[], size: number, place: Place): number {
  const texts: readonly (readonly [string, Style])[] = [
    [heading, { size: size - 1, colour: INK.second }],
    ...lines.map((line, i) => [line, { size, bold: i === 0 }] as const),
  ];
  for (const [text, style] of texts) {
    paper.tag(paper.root, 'P', () => paper.write(text, style, place));
    paper.space(1);
  }
  return paper.pdf.y;
}
