// A protocol as a PDF: the letterhead, who met and when, the doctor's text, the seal. Pure: the same document and typefaces give the same
// bytes in workerd and in Node. press.ts calls it for worker/protocol/render.ts.
import { documentDateOf } from '../../views/format.ts';
import { wordsOf } from '../../views/words.ts';
import { facts, heading, heightOfParagraphs, note, paragraphs, title, TOGETHER } from './blocks.ts';
import { letterhead, running } from './letterhead.ts';
import { type Faces, INK, Paper, type Style } from './paper.ts';
import type { ProtocolDocument } from './protocol-document.ts';
import { amendmentOf, factsOf, momentOf, type Section, sealOf, sectionsOf } from './protocol-text.ts';
import { drawSeal, heightOfSeal } from './seal.ts';
import { reserveSlot } from './signature-slot.ts';

const w = wordsOf('ru').paper;
const QUIET: Style = { size: 9.5, colour: INK.second };

/** The bytes of the file. With a certificate in the document they contain an empty slot for its signature. */
export async function protocolPdf(document: ProtocolDocument, faces: Faces): Promise<Uint8Array<ArrayBuffer>> {
  const { clinic, signature } = document;
  const signedOn = documentDateOf(signature.at, clinic.zone, 'ru');
  const paper = new Paper(faces, {
    title: w.fileTitle(signedOn),
    author: document.doctor.name,
    subject: w.title,
    at: signature.at,
  });
  letterhead(paper, clinic, w.letterhead);
  title(paper, w.title);
  paragraphs(paper, w.versionOf(document.version, signedOn), QUIET);
  const amendment = amendmentOf(document);
  if (amendment) note(paper, amendment.lead, amendment.text);
  facts(paper, factsOf(document));
  drawSections(paper, document);
  drawSeal(paper, sealOf(document));
  if (signature.certificate) reserveSlot(paper.pdf, signature.name, w.slot(signature.name), signature.at);
  attach(paper, document);
  return await paper.finish(
    running(paper, { foot: w.foot(momentOf(signature.at, clinic.zone)), head: w.head(clinic.name, signedOn), pageOf: w.pageOf }),
  );
}

function drawSections(paper: Paper, document: ProtocolDocument): void {
  const sections = sectionsOf(document);
  sections.forEach((section, i) => {
    if (i === sections.length - 1) keepWithSeal(paper, section, document);
    heading(paper, section.heading);
    for (const { text, isQuestion } of section.parts) {
      if (isQuestion) paragraphs(paper, text, QUIET, TOGETHER);
      else paragraphs(paper, text);
    }
  });
}

// Points: a shorter last section is kept on one page with the seal, so that the seal does not stand alone on a page.
const SEALED_TOGETHER = 320;

function keepWithSeal(paper: Paper, { parts }: Section, document: ProtocolDocument): void {
  const text = parts.reduce((sum, part) => sum + heightOfParagraphs(paper, part.text), 0);
  const height = TOGETHER + text + heightOfSeal(paper, sealOf(document));
  if (height <= SEALED_TOGETHER) paper.need(height);
}

/** Attaches the signed JSON, so anybody with the file can extract it and compare its hash. */
function attach(paper: Paper, { canonical, signature }: ProtocolDocument): void {
  const at = new Date(signature.at);
  paper.pdf.file(new TextEncoder().encode(canonical), {
    name: 'protocol.json',
    type: 'application/json',
    description: w.attachment,
    relationship: 'Data',
    creationDate: at,
    modifiedDate: at,
  });
}
