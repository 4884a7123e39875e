// Where staff arrive: a doctor sees today's own consultations, other roles see who they are here. Everybody else gets 404.
import { Hono } from 'hono';
import { DeskPage, StaffPage } from '../../views/index.ts';
import { lateMinutesOf } from '../../workflows/rules/delay.ts';
import { statusOf } from '../../workflows/rules/status.ts';
import { UNSIGNED_DESK_MS } from '../../workflows/rules/protocol.ts';
import { may, rolesFor } from '../auth/may.tsx';
import { deskRead } from '../data/stories.ts';
import { overdueRead, unendedRead, unsignedRead } from '../data/unsigned.ts';
import type { Edge } from '../edge.ts';
import { drawn, see, stranger, toSignIn } from '../page.tsx';

// A working day around now, whichever zone the clinic keeps; the page shows the clinic's date.
const HALF_DAY_MS = 12 * 3_600_000;

export const desk = new Hono<Edge>().get('/desk', async c => {
  const seen = await see(c, asker => ({
    entries: deskRead(asker, c.var.now - HALF_DAY_MS, c.var.now + HALF_DAY_MS),
    unended: unendedRead(asker),
    unsigned: unsignedRead(asker),
    overdue: overdueRead(asker, rolesFor('overdueProtocols'), c.var.now - UNSIGNED_DESK_MS),
  }));
  if (!seen.viewer) return toSignIn(c);
  if (!may(seen.viewer.roles, 'workplace')) return stranger(c, seen);
  if (!may(seen.viewer.roles, 'desk')) {
    const overdue = may(seen.viewer.roles, 'overdueProtocols') ? seen.data.overdue : null;
    return drawn(c, <StaffPage frame={seen.frame} overdue={overdue} />);
  }
  const rows = seen.data.entries.map(({ story, patient }) => ({
    id: story.id,
    facts: story.facts,
    status: statusOf(story.facts, c.var.now),
    patient: `${patient.givenName} ${patient.familyName}`,
    birthDate: patient.birthDate,
    lateMinutes: lateMinutesOf(story.facts, story.trace, c.var.now),
    cancelReason: story.cancelReason,
  }));
  return drawn(c, <DeskPage frame={seen.frame} rows={rows} unended={seen.data.unended} unsigned={seen.data.unsigned} />);
});
