// «Приём состоялся без видеозвонка?»: the patient confirms it, so that the doctor can record the outcome that keeps the price.
import { type Context, Hono } from 'hono';
import { ConfirmVisitPage } from '../../../views/index.ts';
import { mayConfirm } from '../../../workflows/rules/visit-confirmation.ts';
import { ownConsultationRead } from '../../data/consultations.ts';
import { confirmVisit } from '../../data/visit-confirmations.ts';
import { idOf } from '../../http/address.ts';
import { countIn, formOf } from '../../http/form.ts';
import { drawn, goTo, seeViewer, stranger } from '../../http/page.tsx';
import { requires } from '../../http/requires.ts';
import type { HonoEnv } from '../../world.ts';

export const visitConfirmations = new Hono<HonoEnv>()
  .get('/consultations/:id/took-place', requires('signedIn'), async c => {
    const { seen, consultation } = await seeOwn(c);
    if (!consultation) return stranger(c, seen);
    const state = consultation.isConfirmed ? 'confirmed' : mayConfirm(consultation.facts, c.var.now) ? 'open' : 'closed';
    return drawn(c, <ConfirmVisitPage frame={seen.frame} consultation={consultation} patientName={null} state={state} />);
  })

  .post('/consultations/:id/took-place', requires('signedIn'), async c => {
    const version = countIn(await formOf(c), 'version') ?? 0;
    const { seen, consultation } = await seeOwn(c);
    if (!consultation) return stranger(c, seen);
    const { id: personId, sessionId } = seen.viewer;
    const confirming = { consultationId: consultation.id, version, personId, sessionId };
    const done = await confirmVisit(c.var.db, { ...confirming, by: 'patient', reason: null }, c.var.now);
    if (done === 'confirmed' || done === 'already') return goTo(c, c.req.path);
    return drawn(c, <ConfirmVisitPage frame={seen.frame} consultation={consultation} patientName={null} state="closed" />, 409);
  });

async function seeOwn(c: Context<HonoEnv>) {
  const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, idOf(c)) }));
  return { seen, consultation: seen.data.consultation };
}
