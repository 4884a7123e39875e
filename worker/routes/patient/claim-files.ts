// Photographs and scans of a signed application: uploads by the claimant (one file from a form, one after another from the island), and downloads.
import { type Context, Hono } from 'hono';
import type { ClaimUploadEnd } from '../../../views/claim/claim-view.ts';
import { isClaimOpen } from '../../../workflows/rules/claim-state.ts';
import { FILE_BYTES, nameOf } from '../../../workflows/rules/file.ts';
import { hexOf } from '../../claims/application.ts';
import { keepsClaimFile } from '../../data/claim-files.ts';
import { claimFileKey } from '../../data/file-keys.ts';
import { isId, newId } from '../../data/ids.ts';
import { type OwnClaim, ownClaimFileRead, ownClaimRead } from '../../data/own-claims.ts';
import type { SessionViewer } from '../../data/viewer.ts';
import { inspectUpload } from '../../files/inspect.ts';
import { idOf } from '../../http/address.ts';
import { uploadOf } from '../../http/form.ts';
import { goTo, seeViewer, stranger } from '../../http/page.tsx';
import { storedFile } from '../../http/stored-file.ts';
import { requires } from '../../http/requires.ts';
import { deliverSoon } from '../../outbox.ts';
import type { HonoEnv } from '../../world.ts';

type C = Context<HonoEnv>;

export const claimFiles = new Hono<HonoEnv>()
  .post('/refund-claims/:id/files', requires('signedIn'), async c => {
    const { file } = await uploadOf(c);
    const seen = await seeViewer(c, asker => ({ claim: ownClaimRead(asker, idOf(c)) }));
    const { claim } = seen.data;
    if (claim === null) return stranger(c, seen);
    // A claim that is decided meanwhile takes no more files; its page says how it stands.
    if (!isClaimOpen(claim.state)) return goTo(c, `/refund-claims/${claim.id}`);
    const end = await keep(c, claim, seen.viewer, file);
    if (end === 'kept') deliverSoon(c, claim.consultationId);
    if (c.req.header('accept')?.startsWith('application/json')) return c.json({ kind: end }, STATUS[end]);
    return goTo(c, `/refund-claims/${claim.id}?upload=${end}`);
  })

  .get('/refund-claims/:id/files/:fileId', requires('signedIn'), async c => {
    const fileId = c.req.param('fileId');
    const seen = await seeViewer(c, asker => ({ file: ownClaimFileRead(asker, idOf(c), isId(fileId) ? fileId : '') }));
    const { file } = seen.data;
    return await storedFile(c, seen, file);
  });

const STATUS = {
  kept: 201,
  empty: 422,
  tooLarge: 413,
  type: 415,
  tooManyPixels: 422,
  tooManyPages: 422,
  pdfActive: 422,
  claimIsFull: 409,
} as const satisfies Record<ClaimUploadEnd, number>;

async function keep(c: C, claim: OwnClaim, viewer: SessionViewer, given: File | null): Promise<ClaimUploadEnd> {
  if (given === null || given.size === 0) return 'empty';
  if (given.size > FILE_BYTES) return 'tooLarge';
  const inspected = await inspectUpload(given);
  if (inspected.kind !== 'fine') return inspected.kind;
  const { type, bytes } = inspected;
  const id = newId();
  const key = claimFileKey(claim.id, id);
  // The file is stored before its row: a row without a file would be a broken link, a file without a row only takes space.
  await c.env.FILES.put(key, bytes, { httpMetadata: { contentType: type } });
  const end = await keepsClaimFile(
    c.var.db,
    {
      id,
      claimId: claim.id,
      consultationId: claim.consultationId,
      source: 'upload',
      personId: viewer.id,
      sessionId: viewer.sessionId,
      letterId: null,
      email: null,
      name: nameOf(given.name, type),
      type,
      bytes: bytes.length,
      sha256: hexOf(await crypto.subtle.digest('SHA-256', bytes)),
      key,
    },
    c.var.now,
  );
  if (end !== 'kept') await c.env.FILES.delete(key);
  // The same photograph again is there already.
  return end === 'again' ? 'kept' : end;
}
