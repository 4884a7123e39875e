// When the doctor is late: a fragment with the current offer, and the patient's choice to wait or to get the money back. reschedules.tsx
// moves the visit.
import { isAhead } from '../../../workflows/rules/status.ts';
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { DelayOffer, DelayOverPage, delaySeenOf } from '../../../views/index.ts';
import { idOf } from '../../http/address.ts';
import { talonOf, delayViewOf } from '../../booking/talon.ts';
import { ask } from '../../data/db.ts';
import { type Chosen, chooseRefund, chooseToWait, type DelayChoice } from '../../data/delay-choices.ts';
import { ownConsultationRead } from '../../data/consultations.ts';
import type { HonoEnv } from '../../world.ts';
import { formOf } from '../../http/form.ts';
import { deliverSoon } from '../../outbox.ts';
import { drawn, goTo, isFragment, polled, type Seen, seeViewer, stranger } from '../../http/page.tsx';
import { endRoom } from '../../rooms/closing.ts';
import type { Consultation } from '../../../workflows/rules/consultation.ts';

type C = Context<HonoEnv>;

export const delays = new Hono<HonoEnv>()
  .get('/consultations/:id/delay', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, idOf(c)) }));
    const { consultation } = seen.data;
    if (!consultation) return stranger(c, seen);
    if (!isFragment(c)) return c.redirect(pageOf(consultation), 303);
    const view = delayViewOf(consultation, c.var.now);
    return polled(c, delaySeenOf(view, false, c.var.now), () => <DelayOffer frame={seen.frame} view={view} />);
  })

  .post('/consultations/:id/delay', requires('signedIn'), async c => {
    const form = await formOf(c);
    const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, idOf(c)) }));
    const { consultation } = seen.data;
    if (!consultation) return stranger(c, seen);
    const view = delayViewOf(consultation, c.var.now);
    const choice = form.get('choice');
    if (view.delay.kind === 'none') return over(c, seen, consultation);
    const { id: personId, sessionId } = seen.viewer;
    const made = { consultationId: consultation.id, personId, sessionId, version: consultation.scheduleVersion, trace: consultation.trace };
    if (choice === 'wait') return await waits(c, seen, made);
    // If the sum shown on the button has changed, the offer is shown again.
    if (choice !== 'refund' || form.get('returnMinor') !== String(view.returnMinor)) return again(c, seen, consultation);
    return await gives(c, seen, made);
  });

const pageOf = ({ id }: Pick<Consultation, 'id'>): string => `/consultations/${id}`;

async function waits(c: C, seen: Seen, made: DelayChoice): Promise<Response> {
  const chosen = await chooseToWait(c.var.db, made, c.var.now);
  return await stands(c, seen, made, chosen);
}

async function gives(c: C, seen: Seen, made: DelayChoice): Promise<Response> {
  const chosen = await chooseRefund(c.var.db, made, c.var.now);
  if (chosen.kind !== 'done') return await stands(c, seen, made, chosen);
  const { consultationId } = made;
  deliverSoon(c, consultationId);
  c.executionCtx.waitUntil(endRoom(c.env.ROOM, c.var.world.video, consultationId, null));
  return goTo(c, pageOf({ id: consultationId }));
}

/** Reads the consultation again and shows its state: the choice was recorded, or the doctor came first. */
async function stands(c: C, seen: Seen, made: DelayChoice, chosen: Chosen): Promise<Response> {
  const { consultation } = await ask(c.var.db, { consultation: ownConsultationRead(seen.asker, made.consultationId) });
  if (!consultation) return stranger(c, seen);
  if (chosen.kind === 'offerOver')
    return delayViewOf(consultation, c.var.now).delay.kind === 'none' ? over(c, seen, consultation) : again(c, seen, consultation);
  return isFragment(c)
    ? drawn(c, <DelayOffer frame={seen.frame} view={delayViewOf(consultation, c.var.now)} />)
    : goTo(c, pageOf(consultation));
}

/** Shows the current offer to somebody who answered an older one. */
const again = (c: C, seen: Seen, consultation: Consultation): Response =>
  isFragment(c)
    ? drawn(c, <DelayOffer frame={seen.frame} view={delayViewOf(consultation, c.var.now)} />, 409)
    : goTo(c, pageOf(consultation));

/** There is no offer any more. If the doctor has come, the page says so; otherwise the consultation's page shows what happened. */
function over(c: C, seen: Seen, consultation: Consultation): Response {
  const talon = talonOf(consultation, seen.clinic, c.var.now);
  const isHere = consultation.trace.cameAt !== null && isAhead(talon.status);
  if (!isHere) return goTo(c, pageOf(consultation));
  if (isFragment(c)) return drawn(c, <DelayOffer frame={seen.frame} view={talon.delay} isDoctorHere />, 409);
  return drawn(c, <DelayOverPage frame={seen.frame} talon={talon} />, 409);
}
