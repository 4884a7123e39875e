// Payment: POST redirects to the provider; GET is the page for the return, which refreshes itself until the result is known.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { PaymentReturn, PaymentReturnPage, ProviderBrokenPage } from '../../../views/index.ts';
import { idOf } from '../../http/address.ts';
import { talonOf, consultationViewOf, traceReads } from '../../booking/talon.ts';
import { referenceFor } from '../../http/failure.ts';
import { ownConsultationRead } from '../../data/consultations.ts';
import type { HonoEnv } from '../../world.ts';
import { deliverSoon } from '../../outbox.ts';
import { drawn, goTo, isFragment, seeViewer, stranger } from '../../http/page.tsx';
import { askAboutPayments, beginPayment, portsOf } from '../../money/payments.ts';
import { ProviderUnavailable } from '../../providers/payment/port.ts';
import { describe } from '../../money/receipt-text.ts';

type C = Context<HonoEnv>;

export const payment = new Hono<HonoEnv>()
  .post('/consultations/:id/payment', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, idOf(c)) }));
    const { consultation } = seen.data;
    if (!consultation) return stranger(c, seen);
    try {
      const begun = await beginPayment(portsOf(c), consultation, seen.clinic, describe(consultation, seen.clinic));
      return begun.kind === 'goTo' ? goTo(c, begun.url) : goTo(c, `/consultations/${consultation.id}/payment`);
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error;
      const reference = referenceFor(c, error);
      return drawn(
        c,
        <ProviderBrokenPage frame={seen.frame} reference={reference} talon={talonOf(consultation, seen.clinic, c.var.now)} />,
        502,
      );
    }
  })

  .get('/consultations/:id/payment', requires('signedIn'), async c => {
    const id = idOf(c);
    const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, id), ...traceReads(asker, id) }));
    const { consultation, ...traces } = seen.data;
    if (!consultation) return stranger(c, seen);
    // A notice may be late or lost, so the provider is also asked when the person returns, after the page was sent.
    if (consultation.paymentOpen && !isFragment(c)) c.executionCtx.waitUntil(askSoon(c, consultation.id));
    const props = { frame: seen.frame, consultation: consultationViewOf(consultation, traces, seen.clinic, c.var.now) };
    return drawn(c, isFragment(c) ? <PaymentReturn {...props} /> : <PaymentReturnPage {...props} />);
  });

async function askSoon(c: C, consultationId: string): Promise<void> {
  try {
    await askAboutPayments(portsOf(c), consultationId);
  } catch (error) {
    // The workflow asks again anyway; this only shows the result sooner.
    if (!(error instanceof ProviderUnavailable)) throw error;
  }
  deliverSoon(c, consultationId);
}
