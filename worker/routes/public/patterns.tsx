// The pattern library, only on a developer's machine (LIVE_RELOAD=1); 404 in production.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { PatternsPage } from '../../../views/index.ts';
import type { HonoEnv } from '../../world.ts';
import { drawn, nothing, see, stranger } from '../../http/page.tsx';

export const patterns = new Hono<HonoEnv>().get('/_patterns', requires('open'), async c => {
  const seen = await see(c, nothing);
  return c.var.world.settings.LIVE_RELOAD === '1' ? drawn(c, <PatternsPage frame={seen.frame} />) : stranger(c, seen);
});
