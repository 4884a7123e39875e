// Search in the clinic's МКБ-10 for the editor's line of a diagnosis. For doctors alone.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { icdRead } from '../../data/icd.ts';
import type { HonoEnv } from '../../world.ts';
import { see } from '../../http/page.tsx';

export const icd = new Hono<HonoEnv>().get('/desk/icd', requires('desk', 'json'), async c => {
  const seen = await see(c, asker => ({ found: icdRead(asker, c.req.query('q') ?? '') }));
  return c.json({ found: seen.data.found });
});
