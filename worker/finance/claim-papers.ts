// Files of a claim for finance: a picture of the signed sheet, the application as a PDF, and the dossier of everything. Called by worker/routes/finance/claims.tsx.
import type { Context } from 'hono';
import type { Role } from '../../workflows/rules/person.ts';
import { claimBytesRead, type ClaimPaper, claimPaperRead, type ClaimSheet, claimSheetsRead, journalsDossier } from '../data/claim-desk.ts';
import { ask } from '../data/db.ts';
import { isId } from '../data/ids.ts';
import { idOf } from '../http/address.ts';
import { attachment } from '../http/attachment.ts';
import type { DossierFile } from '../documents/dossier-pdf.ts';
import { seeViewer, stranger } from '../http/page.tsx';
import { seeClaim } from './claim-screen.ts';
import { storedFile } from '../http/stored-file.ts';
import type { HonoEnv } from '../world.ts';

type C = Context<HonoEnv>;

/** A photograph or scan of a claim. */
export async function claimFile(c: C, roles: readonly Role[]): Promise<Response> {
  const fileId = c.req.param('fileId') ?? '';
  const seen = await seeViewer(c, asker => ({ file: claimBytesRead(asker, roles, idOf(c), isId(fileId) ? fileId : '') }));
  const { file } = seen.data;
  return await storedFile(c, seen, file);
}

/** The file that was signed, byte for byte; made from the frozen facts when nobody has made it yet, which gives the same bytes. */
export async function claimPaper(c: C, roles: readonly Role[]): Promise<Response> {
  const seen = await seeViewer(c, asker => ({ paper: claimPaperRead(asker, roles, idOf(c)) }));
  const { paper } = seen.data;
  if (paper === null) return stranger(c, seen);
  const bytes = await paperBytes(c, paper);
  return c.body(bytes, 200, {
    'content-type': 'application/pdf',
    'content-disposition': attachment(`application-${paper.facts.version}.pdf`, `Заявление ${paper.facts.number}.pdf`),
    'cache-control': 'private, no-store',
  });
}

async function paperBytes(c: C, { key, facts }: ClaimPaper): Promise<ArrayBuffer> {
  const kept = key === null ? null : await c.env.FILES.get(key);
  if (kept) return await kept.arrayBuffer();
  const { printApplication } = await import('../documents/press.ts');
  const page = new URL(`/refund-claims/${idOf(c)}`, c.var.world.settings.PUBLIC_URL).href;
  return (await printApplication(facts, page)).buffer;
}

/** Pictures of a dossier are in memory together, some of them twice. A Worker has 128 MB. */
const DOSSIER_BYTES = 24_000_000;

export async function claimDossier(c: C, roles: readonly Role[]): Promise<Response> {
  const { seen, screen } = await seeClaim(c, roles);
  if (screen === null) return stranger(c, seen);
  const { id } = screen.claim;
  const reads = { paper: claimPaperRead(seen.asker, roles, id), sheets: claimSheetsRead(seen.asker, roles, id) };
  const { paper, sheets } = await ask(c.var.db, reads);
  if (paper === null) return stranger(c, seen);
  await journalsDossier(c.var.db, { claimId: id, personId: seen.viewer.id, sessionId: seen.viewer.sessionId }, c.var.now);
  const application = new Uint8Array(await paperBytes(c, paper));
  const files = await filesOf(c, sheets);
  const { printDossier } = await import('../documents/dossier-press.ts');
  const { legalName, zone } = seen.clinic;
  const bytes = await printDossier({ screen, clinic: { legalName, zone }, at: c.var.now, application, files });
  return c.body(Uint8Array.from(bytes).buffer, 200, {
    'content-type': 'application/pdf',
    'content-disposition': attachment('dossier.pdf', `Досье ${screen.claim.number}.pdf`),
    'cache-control': 'private, no-store',
  });
}

/** In their order, as many as there is memory for. */
async function filesOf(c: C, sheets: readonly ClaimSheet[]): Promise<DossierFile[]> {
  const files: DossierFile[] = [];
  let room = DOSSIER_BYTES;
  for (const { key, bytes: size, ...sheet } of sheets) {
    const isTooLarge = size > room;
    const kept = isTooLarge ? null : await c.env.FILES.get(key);
    if (kept) room -= size;
    files.push({ ...sheet, isTooLarge, bytes: kept ? new Uint8Array(await kept.arrayBuffer()) : null });
  }
  return files;
}
