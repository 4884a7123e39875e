// The page to which the payment provider returns the patient. Without script the waiting page reloads itself.
import { Layout } from '../layout.tsx';
import { wordsOf } from '../words.ts';
import { PaymentReturn, type PaymentReturnProps } from './payment-return.tsx';
import { phaseOf } from './phase.ts';

export type PaymentReturnPageProps = PaymentReturnProps;

export function PaymentReturnPage({ frame, consultation }: PaymentReturnPageProps) {
  const waiting = phaseOf(consultation, frame.now).kind === 'waiting';
  const reload = (
    <noscript>
      <meta http-equiv="refresh" content="3" />
    </noscript>
  );
  return (
    <Layout frame={frame} title={wordsOf(frame.lang).payment.title} current="appointments" head={waiting && reload}>
      <h1>{wordsOf(frame.lang).payment.title}</h1>
      <PaymentReturn frame={frame} consultation={consultation} />
    </Layout>
  );
}
