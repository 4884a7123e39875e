// Whether the viewer may book, or the page that says why not. Called by the routes of booking.
import type { Context } from 'hono';
import { ForbiddenPage } from '../../views/index.ts';
import type { SessionViewer } from '../data/viewer.ts';
import { drawn, goTo, type Seen } from '../http/page.tsx';
import type { HonoEnv } from '../world.ts';

/** Booking needs a confirmed identity and signatures under the current documents; null when both are there. */
export function whyNotBook(c: Context<HonoEnv>, seen: Seen & { readonly viewer: SessionViewer }): Response | null {
  const { viewer } = seen;
  if (!viewer.identified) return drawn(c, <ForbiddenPage frame={seen.frame} reason="identified" />, 403);
  if (viewer.missingConsents > 0) return goTo(c, `/consents?next=${encodeURIComponent(c.req.method === 'GET' ? c.req.path : '/online')}`);
  return null;
}
