// «/»: redirects to sign-in, the desk, the appointments or the doctors.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import type { HonoEnv } from '../../world.ts';
import { nothing, see } from '../../http/page.tsx';

export const entry = new Hono<HonoEnv>().get('/', requires('open'), async c => {
  const { viewer } = await see(c, nothing);
  if (!viewer) return c.redirect('/sign-in', 303);
  if (viewer.onlyVisit) return c.redirect(`/consultations/${viewer.onlyVisit}/room`, 303);
  if (!viewer.roles.includes('patient')) return c.redirect('/desk', 303);
  return c.redirect(viewer.upcoming > 0 ? '/appointments' : '/online', 303);
});
