// The edge's printing modules for tests in Node, bundled with the same conditions as for workerd, so that the bytes are the same. Used by
// the tests of documents, the long ones with veraPDF, and the bench.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Dossier } from '../../worker/documents/dossier-pdf.ts';
import type { ProtocolDocument } from '../../worker/documents/protocol-document.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import type { OpenSlot } from '../../worker/documents/signature-slot.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Press {
  printProtocol(document: ProtocolDocument): Promise<Uint8Array<ArrayBuffer>>;
  printApplication(facts: ApplicationFacts, page: string): Promise<Uint8Array<ArrayBuffer>>;
  openSlot(drawn: Uint8Array): OpenSlot;
  fillSlot(slot: OpenSlot, cms: Uint8Array): Uint8Array<ArrayBuffer>;
}

export interface DossierPress {
  printDossier(dossier: Dossier): Promise<Uint8Array>;
}

export const openPress = (): Promise<Press> => opened('worker/documents/press.ts');
export const openDossierPress = (): Promise<DossierPress> => opened('worker/documents/dossier-press.ts');

async function opened<T>(entry: string): Promise<T> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'es2024',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    define: { 'import.meta.url': '"file:///pdfkit/pdfkit.mjs"' },
    loader: { '.ttf': 'binary' },
  });
  const folder = mkdtempSync(join(tmpdir(), 'press-'));
  const file = join(folder, 'press.mjs');
  writeFileSync(file, outputFiles[0]?.text ?? '');
  try {
    return (await import(pathToFileURL(file).href)) as T;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
