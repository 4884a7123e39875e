// Who may do what, in one readable table, and the answer that somebody gets who may not.
import type { Context } from 'hono';
import { ForbiddenPage } from '../../views/index.ts';
import type { Role } from '../../views/model.ts';
import type { Edge } from '../edge.ts';
import { drawn, goTo, type Seen, toSignIn } from '../page.tsx';

const MAY = {
  /** Their own records; each read and write names the person once more. */
  ownRecords: ['patient'],
  book: ['patient'],
  desk: ['doctor'],
  /** The call's passport of a visit that one did not meet in; each look is journalled. */
  passport: ['finance', 'support', 'owner'],
  /** Which protocols wait too long for their doctor: time and doctor, nothing of the patient. */
  overdueProtocols: ['frontDesk'],
  workplace: ['doctor', 'frontDesk', 'finance', 'support', 'owner'],
} as const satisfies Record<string, readonly Role[]>;

export type Act = keyof typeof MAY;

export const may = (roles: readonly Role[], act: Act): boolean => roles.some(role => (MAY[act] as readonly Role[]).includes(role));

/** Who may, for a read that resolves the asker's roles inside its statement. */
export const rolesFor = (act: Act): readonly Role[] => MAY[act];

/** Booking needs a patient whom a passport was seen of and who signed the current documents; null when this one may. */
export function whyNotBook(c: Context<Edge>, seen: Seen): Response | null {
  const { viewer } = seen;
  if (!viewer) return toSignIn(c);
  if (!may(viewer.roles, 'book')) return drawn(c, <ForbiddenPage frame={seen.frame} reason="role" />, 403);
  if (!viewer.identified) return drawn(c, <ForbiddenPage frame={seen.frame} reason="identified" />, 403);
  if (viewer.missingConsents > 0) return goTo(c, `/consents?next=${encodeURIComponent(c.req.method === 'GET' ? c.req.path : '/online')}`);
  return null;
}
