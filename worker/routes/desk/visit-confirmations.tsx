// The front desk confirms with a reason that a visit took place without a meeting in the call. The reason is kept with the row, and the act is journalled.
import { type Context, Hono } from 'hono';
import { ConfirmVisitPage } from '../../../views/index.ts';
import { rolesFor } from '../../../workflows/rules/may.ts';
import { isConfirmationReason, mayConfirm } from '../../../workflows/rules/visit-confirmation.ts';
import { confirmVisit, staffVisitRead } from '../../data/visit-confirmations.ts';
import { idOf } from '../../http/address.ts';
import { countIn, formOf } from '../../http/form.ts';
import { drawn, goTo, seeViewer, stranger } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import type { HonoEnv } from '../../world.ts';

export const deskConfirmations = new Hono<HonoEnv>()
  .get('/desk/consultations/:id/took-place', requires('confirmVisits'), async c => {
    const { seen, visit } = await seeVisit(c);
    if (!visit) return stranger(c, seen);
    const { isConfirmed, facts } = visit.consultation;
    const state = isConfirmed ? 'confirmed' : mayConfirm(facts, c.var.now) ? 'open' : 'closed';
    return drawn(c, <ConfirmVisitPage frame={seen.frame} {...visit} state={state} />);
  })

  .post('/desk/consultations/:id/took-place', requires('confirmVisits'), async c => {
    const form = await formOf(c);
    const { seen, visit } = await seeVisit(c);
    if (!visit) return stranger(c, seen);
    const reason = (form.get('reason') ?? '').trim();
    if (!isConfirmationReason(reason))
      return drawn(c, <ConfirmVisitPage frame={seen.frame} {...visit} state="open" mistaken={reason.slice(0, 1000)} />, 422);
    const { id: personId, sessionId } = seen.viewer;
    const version = countIn(form, 'version') ?? 0;
    const confirming = { consultationId: visit.consultation.id, version, personId, sessionId };
    const done = await confirmVisit(c.var.db, { ...confirming, by: 'frontDesk', reason }, c.var.now);
    if (done === 'confirmed' || done === 'already') return goTo(c, c.req.path);
    return drawn(c, <ConfirmVisitPage frame={seen.frame} {...visit} state="closed" />, 409);
  });

async function seeVisit(c: Context<HonoEnv>) {
  const seen = await seeViewer(c, asker => ({ visit: staffVisitRead(asker, rolesFor('confirmVisits'), idOf(c)) }));
  return { seen, visit: seen.data.visit };
}
