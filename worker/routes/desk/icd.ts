// Searches the clinic's МКБ-10 for the diagnosis field of the editor. Only for doctors.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { icdRead } from '../../data/icd.ts';
import type { HonoEnv } from '../../world.ts';
import { see } from '../../http/page.tsx';

export const icd = new Hono<HonoEnv>().get('/desk/icd', requires('desk', 'json'), async c => {
  const seen = await see(c, asker => ({ found: icdRead(asker, c.req.query('q') ?? '') }));
  return c.json({ found: seen.data.found });
});
