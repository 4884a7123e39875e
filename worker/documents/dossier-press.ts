// Makes dossiers on the edge with the typefaces of press.ts. worker/finance/claim-papers.ts imports it dynamically, so that no page has to load pdf-lib.
import { type Dossier, dossierPdf } from './dossier-pdf.ts';
import { FACES } from './press.ts';

export const printDossier = (dossier: Dossier): Promise<Uint8Array> => dossierPdf(dossier, FACES);
