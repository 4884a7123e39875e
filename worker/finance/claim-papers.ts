// Files of a claim for finance: a picture of the signed sheet, and the application as a PDF. Called by worker/routes/finance/claims.tsx.
import type { Context } from 'hono';
import type { Role } from '../../workflows/rules/person.ts';
import { claimBytesRead, claimPaperRead } from '../data/claim-desk.ts';
import { isId } from '../data/ids.ts';
import { idOf } from '../http/address.ts';
import { attachment } from '../http/attachment.ts';
import { seeViewer, stranger } from '../http/page.tsx';
import type { HonoEnv } from '../world.ts';

type C = Context<HonoEnv>;

/** An attachment, so that the browser never runs or shows it as a page of this site; an <img> still draws it. */
export async function claimFile(c: C, roles: readonly Role[]): Promise<Response> {
  const fileId = c.req.param('fileId') ?? '';
  const seen = await seeViewer(c, asker => ({ file: claimBytesRead(asker, roles, idOf(c), isId(fileId) ? fileId : '') }));
  const { file } = seen.data;
  const kept = file === null ? null : await c.env.FILES.get(file.key);
  if (file === null || kept === null) return stranger(c, seen);
  return c.body(kept.body, 200, {
    'content-type': file.type,
    'content-length': String(kept.size),
    'content-disposition': attachment(file.name, file.name),
    'cache-control': 'private, no-store',
  });
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

type Paper = NonNullable<ReturnType<typeof claimPaperRead>['take'] extends (rows: never[]) => infer P ? P : never>;

export async function paperBytes(c: C, { key, facts }: Paper): Promise<ArrayBuffer> {
  const kept = key === null ? null : await c.env.FILES.get(key);
  if (kept) return await kept.arrayBuffer();
  const { printApplication } = await import('../documents/press.ts');
  const page = new URL(`/refund-claims/${idOf(c)}`, c.var.world.settings.PUBLIC_URL).href;
  return (await printApplication(facts, page)).buffer;
}
