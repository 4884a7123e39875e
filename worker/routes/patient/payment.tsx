// Payment: POST leads to the provider; GET is the page for the return, which refreshes itself until the result is known.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { CheckoutPage, PaymentReturn, PaymentReturnPage, paymentSeenOf, ProviderBrokenPage } from '../../../views/index.ts';
import { idOf } from '../../http/address.ts';
import { talonOf, consultationViewOf, traceReads } from '../../booking/talon.ts';
import { referenceFor } from '../../http/failure.ts';
import { ownConsultationRead } from '../../data/consultations.ts';
import { mayTry } from '../../data/throttle.ts';
import type { HonoEnv } from '../../world.ts';
import { deliverSoon } from '../../outbox.ts';
import { drawn, goTo, isFragment, overLimit, polled, seeViewer, stranger } from '../../http/page.tsx';
import { beginPayment } from '../../money/checkout.ts';
import { askForPage, portsOf } from '../../money/payments.ts';
import { ProviderUnavailable } from '../../providers/payment/port.ts';
import { describe } from '../../money/receipt-text.ts';

type C = Context<HonoEnv>;

export const payment = new Hono<HonoEnv>()
  .post('/consultations/:id/payment', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, idOf(c)) }));
    const { consultation } = seen.data;
    if (!consultation) return stranger(c, seen);
    if (!(await mayTry(c.var.db, 'checkoutsOfConsultation', consultation.id, c.var.now)))
      return overLimit(c, seen.frame, 'checkoutsOfConsultation');
    try {
      const begun = await beginPayment(portsOf(c), consultation, seen.clinic, describe(consultation, seen.clinic));
      if (begun.kind === 'paid') deliverSoon(c, consultation.id);
      if (begun.kind !== 'goTo') return goTo(c, `/consultations/${consultation.id}/payment`);
      return drawn(c, <CheckoutPage frame={seen.frame} url={begun.url} amountMinor={consultation.facts.priceMinor} />);
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
    // A notice may be late or lost, so the provider is also asked while the page is open, after it was sent.
    if (consultation.paymentOpen) c.executionCtx.waitUntil(askSoon(c, consultation.id));
    const props = { frame: seen.frame, consultation: consultationViewOf(consultation, traces, seen.clinic, c.var.now) };
    if (!isFragment(c)) return drawn(c, <PaymentReturnPage {...props} />);
    return polled(c, paymentSeenOf(props.consultation, c.var.now), () => <PaymentReturn {...props} />);
  });

async function askSoon(c: C, consultationId: string): Promise<void> {
  try {
    await askForPage(portsOf(c), consultationId);
  } catch (error) {
    // The workflow asks again anyway; this only shows the result sooner.
    if (!(error instanceof ProviderUnavailable)) throw error;
  }
  deliverSoon(c, consultationId);
}
