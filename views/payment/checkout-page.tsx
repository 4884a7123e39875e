// The way to the payment provider, as the answer to «Оплатить». The browser goes on by itself, with and without script. A redirect would be judged
// by the content policy of forms, together with every redirect of the provider, and a refused one looks like a button that does nothing.
import { rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

export interface CheckoutPageProps {
  readonly frame: Frame;
  /** The provider's address of this payment. */
  readonly url: string;
  readonly amountMinor: number;
}

export function CheckoutPage({ frame, url, amountMinor }: CheckoutPageProps) {
  const w = wordsOf(frame.lang).payment;
  // Without a delay the browser replaces this page in its history, so «back» does not send the person to the provider again.
  const goesOn = <meta http-equiv="refresh" content={`0; url=${url}`} />;
  return (
    <Layout frame={frame} title={w.title} current="appointments" solo head={goesOn}>
      <h1>{w.goingLead}</h1>
      <p>{w.going(new URL(url).host)}</p>
      <div class="acts">
        <a class="button big" id="checkout" href={url}>
          {w.goTo(rub(amountMinor, frame.lang))}
        </a>
        <a class="button plain" href="/appointments">
          {w.toAppointments}
        </a>
      </div>
    </Layout>
  );
}
