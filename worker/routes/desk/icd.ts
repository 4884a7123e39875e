// Search in the clinic's МКБ-10 for the editor's line of a diagnosis. For doctors alone.
import { Hono } from 'hono';
import { may } from '../../auth/may.ts';
import { icdRead } from '../../data/icd.ts';
import type { HonoEnv } from '../../world.ts';
import { see } from '../../http/page.tsx';

export const icd = new Hono<HonoEnv>().get('/desk/icd', async c => {
  const seen = await see(c, asker => ({ found: icdRead(asker, c.req.query('q') ?? '') }));
  if (!seen.viewer) return c.json({ kind: 'signIn' }, 401);
  if (!may(seen.viewer.roles, 'desk')) return c.json({ kind: 'unknown' }, 404);
  return c.json({ found: seen.data.found });
});
