// Searches the clinic's МКБ-10 for the diagnosis field of the editor. Only for doctors.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { icdRead } from '../../data/icd.ts';
import type { HonoEnv } from '../../world.ts';
import { formOf } from '../../http/form.ts';
import { see } from '../../http/page.tsx';

export const icd = new Hono<HonoEnv>()
  // Posted, because a diagnosis has no place in an address, which logs keep.
  .post('/desk/icd', requires('desk', 'json'), async c => {
    const query = (await formOf(c)).get('q') ?? '';
    const seen = await see(c, asker => ({ found: icdRead(asker, query) }));
    return c.json({ found: seen.data.found });
  });
