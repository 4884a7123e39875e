// The answer with a file of R2. Called by the routes of the card, of refund claims and of finance.
import type { Context } from 'hono';
import type { HonoEnv } from '../world.ts';
import { attachment } from './attachment.ts';
import { type Seen, stranger } from './page.tsx';

export interface StoredFile {
  readonly key: string;
  readonly name: string;
  readonly type: string;
}

/**
 * The file as an attachment, so that the browser never runs or shows it as a page of this site; an <img> still draws it. 404 when the viewer may not
 * see it (null), or its bytes are gone.
 */
export async function storedFile(c: Context<HonoEnv>, seen: Seen, file: StoredFile | null): Promise<Response> {
  const kept = file === null ? null : await c.env.FILES.get(file.key);
  if (file === null || kept === null) return stranger(c, seen);
  return c.body(kept.body, 200, {
    'content-type': file.type,
    'content-length': String(kept.size),
    'content-disposition': attachment(file.name, file.name),
  });
}
