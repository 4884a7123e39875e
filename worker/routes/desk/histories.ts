// Tells the host whether the session of a request may read workflow histories. The host passes on the cookie that the codec's door received
// (temporal/codec-routes.ts).
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import type { HonoEnv } from '../../world.ts';
import { nothing, see } from '../../http/page.tsx';

export const histories = new Hono<HonoEnv>().get('/desk/histories', requires('histories', 'json'), async c => {
  await see(c, nothing);
  return c.body(null, 204);
});
