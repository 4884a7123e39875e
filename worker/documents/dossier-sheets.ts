// The pages of a dossier that are drawn here: the contents, one page around each picture, and what is told in words. dossier-pdf.ts puts the application and
// the pictures between them.
import { wordsOf } from '../../views/words.ts';
import type { ClaimScreen } from '../../workflows/rules/claim-desk.ts';
import { claimStateOf } from '../../workflows/rules/claim-state.ts';
import { facts, heading, type Named, paragraphs, title } from './blocks.ts';
import { whenOf, sectionsOf } from './dossier-text.ts';
import { running } from './letterhead.ts';
import { type Faces, INK, Paper, type Style } from './paper.ts';

const { dossier: w, finance } = wordsOf('ru');
const SMALL: Style = { size: 8.5, colour: INK.second };

export interface DossierAbout {
  readonly screen: ClaimScreen;
  readonly clinic: { readonly legalName: string; readonly zone: string };
  readonly at: number;
}

/** A part of the dossier: its pages, and on which of them each named section begins, counted from 0. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly begins: readonly { readonly name: string; readonly page: number }[];
}

/** Where a part stands in the whole. */
export interface Place {
  readonly before: number;
  readonly all: number;
}

function paperFor({ screen, clinic, at }: DossierAbout, faces: Faces): Paper {
  const name = w.title(screen.claim.number);
  return new Paper(faces, { title: name, author: clinic.legalName, subject: name, at });
}

async function finished(paper: Paper, { screen }: DossierAbout, { before, all }: Place, begins: Part['begins']): Promise<Part> {
  const pages = paper.pdf.bufferedPageRange().count;
  const foot = w.foot(screen.claim.number);
  const bytes = await paper.finish(running(paper, { foot, head: foot, pageOf: page => w.pageOf(page + before, all) }));
  return { bytes, pages, begins };
}

/** The title and the contents. */
export function contents(about: DossierAbout, faces: Faces, rows: readonly Named[], place: Place): Promise<Part> {
  const { screen, clinic, at } = about;
  const paper = paperFor(about, faces);
  title(paper, w.title(screen.claim.number));
  paragraphs(paper, w.made(clinic.legalName, whenOf(at, clinic.zone)), SMALL);
  facts(paper, [
    [finance.claimant, screen.claim.application.claimant.name],
    [finance.demandedAt, whenOf(screen.claim.facts.demandedAt, clinic.zone)],
    [finance.state, finance.states[claimStateOf(screen.claim.facts)]],
  ]);
  heading(paper, w.contents);
  facts(paper, rows);
  return finished(paper, about, place, []);
}

/** The course with the decision, the call, the money, the letters. */
export function told(about: DossierAbout, faces: Faces, place: Place): Promise<Part> {
  const paper = paperFor(about, faces);
  const begins = sectionsOf(about.screen, about.clinic.zone).map(({ heading: name, rows }) => {
    heading(paper, name);
    const page = paper.pdf.bufferedPageRange().count - 1;
    if (rows.length === 0) paragraphs(paper, w.none);
    else facts(paper, rows);
    return { name, page };
  });
  return finished(paper, about, place, begins);
}

/** Points from the lower left corner: where a picture goes on its page. */
export const FRAME = { left: 56.7, bottom: 70, width: 496, height: 650 };

/** A page for each picture, with its name, when and how it came, and the hash of the file. */
export function frames(
  about: DossierAbout,
  faces: Faces,
  captions: readonly (readonly [name: string, facts: string])[],
  place: Place,
): Promise<Part> {
  const paper = paperFor(about, faces);
  captions.forEach(([name, said], i) => {
    if (i > 0) paper.pdf.addPage();
    paper.tag(paper.root, 'H2', () => paper.write(name, { size: 11, bold: true }));
    paper.tag(paper.root, 'P', () => paper.write(said, SMALL));
  });
  return finished(paper, about, place, []);
}
