// Makes PDFs on the edge with the typefaces bundled in the Worker. worker/protocol/render.ts and worker/claims/ import it dynamically, so that no page
// has to load it.
import bold from '@expo-google-fonts/ibm-plex-sans/700Bold/IBMPlexSans_700Bold.ttf';
import regular from '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { applicationPdf } from './application-pdf.ts';
import type { ProtocolDocument } from './protocol-document.ts';
import { protocolPdf } from './protocol-pdf.ts';

export { fillSlot, openSlot } from './signature-slot.ts';

export const FACES = { regular: new Uint8Array(regular), bold: new Uint8Array(bold) };

export const printProtocol = (document: ProtocolDocument): Promise<Uint8Array<ArrayBuffer>> => protocolPdf(document, FACES);

/** `page` is the address of the application's page. */
export const printApplication = (facts: ApplicationFacts, page: string): Promise<Uint8Array<ArrayBuffer>> =>
  applicationPdf(facts, page, FACES);
