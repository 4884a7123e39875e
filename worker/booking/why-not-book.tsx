// Whether somebody may book: the answer that whoever may not gets instead of the page. The routes of booking ask.
import type { Context } from 'hono';
import { ForbiddenPage } from '../../views/index.ts';
import { may } from '../auth/may.ts';
import { drawn, goTo, type Seen, toSignIn } from '../http/page.tsx';
import type { HonoEnv } from '../world.ts';

/** Booking needs a patient whom a passport was seen of and who signed the current documents; null when this one may. */
export function whyNotBook(c: Context<HonoEnv>, seen: Seen): Response | null {
  const { viewer } = seen;
  if (!viewer) return toSignIn(c);
  if (!may(viewer.roles, 'book')) return drawn(c, <ForbiddenPage frame={seen.frame} reason="role" />, 403);
  if (!viewer.identified) return drawn(c, <ForbiddenPage frame={seen.frame} reason="identified" />, 403);
  if (viewer.missingConsents > 0) return goTo(c, `/consents?next=${encodeURIComponent(c.req.method === 'GET' ? c.req.path : '/online')}`);
  return null;
}
