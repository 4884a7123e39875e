// The dossier of a claim: one PDF of the contents, the application as it was signed, each picture on a page of its own, and what is told in words. pdf-lib
// copies the pages, because they come from several writers. The tags of the parts are lost by that: each part is accessible by itself on the claim's page.
import { degrees, PDFDocument, type PDFEmbeddedPage, type PDFImage, type PDFPage } from 'pdf-lib';
import { wordsOf } from '../../views/words.ts';
import { orientationOf } from '../../workflows/rules/file-contents.ts';
import type { Named } from './blocks.ts';
import { contents, type DossierAbout, FRAME, frames, told } from './dossier-sheets.ts';
import { whenOf } from './dossier-text.ts';
import type { Faces } from './paper.ts';

const { dossier: w, finance } = wordsOf('ru');

/** `bytes` is null when the file is not in the store, or too large for the memory of a Worker. */
export interface DossierFile {
  readonly name: string;
  readonly type: string;
  readonly at: number;
  readonly source: 'upload' | 'letter';
  readonly sha256: string;
  readonly bytes: Uint8Array | null;
  readonly isTooLarge: boolean;
}

export interface Dossier extends DossierAbout {
  readonly application: Uint8Array;
  readonly files: readonly DossierFile[];
}

type Picture =
  | { readonly kind: 'image'; readonly image: PDFImage; readonly turn: number }
  | { readonly kind: 'page'; readonly page: PDFEmbeddedPage };

interface Sheets {
  readonly file: DossierFile;
  readonly title: string;
  /** Why there are none. */
  readonly why: string | null;
  readonly pictures: readonly Picture[];
}

export async function dossierPdf(dossier: Dossier, faces: Faces): Promise<Uint8Array> {
  const whole = await PDFDocument.create();
  const application = await PDFDocument.load(dossier.application, { updateMetadata: false });
  const sheets: Sheets[] = [];
  for (const [i, file] of dossier.files.entries()) sheets.push(await sheetsOf(whole, file, w.sheet(i + 1, file.name)));
  const captions = captionsOf(sheets, dossier.clinic.zone);
  const counts = { application: application.getPageCount(), pictures: captions.length };
  // The contents name pages, and how many pages they take themselves is known only when they are drawn.
  const draft = await told(dossier, faces, { before: 0, all: 0 });
  const guess = await contents(dossier, faces, rowsOf(dossier, sheets, draft.begins, counts, 1), { before: 0, all: 0 });
  const all = guess.pages + counts.application + counts.pictures + draft.pages;
  const first = await contents(dossier, faces, rowsOf(dossier, sheets, draft.begins, counts, guess.pages), { before: 0, all });
  const before = first.pages + counts.application;
  await add(whole, await PDFDocument.load(first.bytes));
  await add(whole, application);
  if (captions.length > 0) {
    const drawn = await add(whole, await PDFDocument.load((await frames(dossier, faces, captions, { before, all })).bytes));
    sheets.flatMap(({ pictures }) => pictures).forEach((picture, i) => place(drawn[i], picture));
  }
  await add(whole, await PDFDocument.load((await told(dossier, faces, { before: before + counts.pictures, all })).bytes));
  return await stamped(whole, dossier);
}

async function stamped(whole: PDFDocument, { screen, clinic, at }: Dossier): Promise<Uint8Array> {
  whole.setTitle(w.title(screen.claim.number), { showInWindowTitleBar: true });
  whole.setAuthor(clinic.legalName);
  whole.setLanguage('ru-RU');
  whole.setCreationDate(new Date(at));
  whole.setModificationDate(new Date(at));
  return await whole.save();
}

async function add(whole: PDFDocument, part: PDFDocument): Promise<PDFPage[]> {
  const pages = await whole.copyPages(part, part.getPageIndices());
  return pages.map(page => whole.addPage(page));
}

async function sheetsOf(whole: PDFDocument, file: DossierFile, title: string): Promise<Sheets> {
  if (file.bytes === null) return { file, title, why: file.isTooLarge ? w.tooLarge : w.gone, pictures: [] };
  try {
    return { file, title, why: null, pictures: await picturesOf(whole, file.type, file.bytes) };
  } catch {
    // A picture that the browser still shows may be one that the library cannot read.
    return { file, title, why: w.unreadable, pictures: [] };
  }
}

async function picturesOf(whole: PDFDocument, type: string, bytes: Uint8Array): Promise<Picture[]> {
  if (type === 'image/png') return [{ kind: 'image', image: await whole.embedPng(bytes), turn: 1 }];
  if (type === 'image/jpeg') return [{ kind: 'image', image: await whole.embedJpg(bytes), turn: orientationOf(bytes) }];
  const part = await PDFDocument.load(bytes, { updateMetadata: false });
  const pages = await whole.embedPdf(part, part.getPageIndices());
  return pages.map(page => ({ kind: 'page', page }));
}

const captionsOf = (sheets: readonly Sheets[], zone: string): (readonly [string, string])[] =>
  sheets.flatMap(({ file, title, pictures }) =>
    pictures.map((_, i) => {
      const name = pictures.length === 1 ? title : `${title}, ${w.page(i + 1, pictures.length)}`;
      const came = file.source === 'letter' ? finance.fromLetter : finance.fromUpload;
      return [name, `${whenOf(file.at, zone)}, ${came}. ${w.hash(file.sha256)}`] as const;
    }),
  );

interface Counts {
  readonly application: number;
  readonly pictures: number;
}

/** What is on which page, when the contents themselves take `own` pages. */
function rowsOf(
  { screen }: Dossier,
  sheets: readonly Sheets[],
  begins: readonly { name: string; page: number }[],
  counts: Counts,
  own: number,
): Named[] {
  let page = own + 1;
  const rows: Named[] = [[w.onPage(page), w.application(screen.claim.application.version)]];
  page += counts.application;
  for (const { title, why, pictures } of sheets) {
    rows.push([why === null ? w.onPage(page) : w.notIn, why === null ? title : `${title}: ${why}`]);
    page += pictures.length;
  }
  return [...rows, ...begins.map(({ name, page: from }) => [w.onPage(page + from), name] as const)];
}

/** Draws a picture as large as its frame, turned as its camera says. */
function place(page: PDFPage | undefined, picture: Picture): void {
  if (page === undefined) return;
  const { left, bottom, width, height } = FRAME;
  if (picture.kind === 'page') {
    const scale = Math.min(width / picture.page.width, height / picture.page.height);
    page.drawPage(picture.page, { x: left, y: bottom + height - picture.page.height * scale, xScale: scale, yScale: scale });
    return;
  }
  const { image, turn } = picture;
  // 5 to 8 lie on their side.
  const [across, down] = turn >= 5 ? [image.height, image.width] : [image.width, image.height];
  const scale = Math.min(width / across, height / down, 1);
  const [w2, h2] = [across * scale, down * scale];
  const size = { width: image.width * scale, height: image.height * scale };
  const [top, right, low] = [bottom + height, left + w2, bottom + height - h2];
  if (turn === 3 || turn === 4) page.drawImage(image, { ...size, x: right, y: top, rotate: degrees(180) });
  else if (turn === 5 || turn === 6) page.drawImage(image, { ...size, x: left, y: top, rotate: degrees(-90) });
  else if (turn === 7 || turn === 8) page.drawImage(image, { ...size, x: right, y: low, rotate: degrees(90) });
  else page.drawImage(image, { ...size, x: left, y: low });
}
