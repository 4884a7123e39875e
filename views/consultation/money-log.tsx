// The money of one consultation: every payment and refund with its time, and the sum that the clinic has now.
import { clockOf, dateOf, plainDay, rub } from '../format.ts';
import type { ConsultationView } from './timeline-view.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import type { RefundTrace } from '../../workflows/rules/refund.ts';

export function MoneyLog({ frame, consultation }: { readonly frame: Frame; readonly consultation: ConsultationView }) {
  const w = wordsOf(frame.lang).consultation;
  const { facts } = consultation;
  const payments = consultation.payments.filter(p => p.cancelledAt === null);
  return (
    <section class="card">
      <h2>{w.money}</h2>
      {payments.length === 0 ? (
        <p>{w.noMoney}</p>
      ) : (
        <div class="sum">
          <table>
            <caption class="away">{w.moneyCaption}</caption>
            <thead>
              <tr>
                <th scope="col">{w.moneyWhat}</th>
                <th scope="col">{w.moneySum}</th>
              </tr>
            </thead>
            <tbody>
              {payments.map(payment => (
                <PaymentRow frame={frame} payment={payment} />
              ))}
              {consultation.refunds.map(refund => (
                <RefundRow frame={frame} refund={refund} />
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{w.leftWithClinic}</th>
                <td class="nowrap">{rub(facts.takenMinor - facts.returnedMinor, frame.lang)}</td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </section>
  );
}

function PaymentRow({ frame, payment }: { readonly frame: Frame; readonly payment: PaymentTrace }) {
  const w = wordsOf(frame.lang).consultation;
  const notes = [payment.succeededAt === null ? w.paymentWaits : stamp(frame, payment.succeededAt), w.receipts[payment.receipt]];
  return (
    <tr>
      <td>
        {w.payment}
        <br />
        <span class="small muted">{notes.filter(Boolean).join(' · ')}</span>
      </td>
      <td class="nowrap">{payment.succeededAt === null ? '—' : rub(payment.amountMinor, frame.lang)}</td>
    </tr>
  );
}

function RefundRow({ frame, refund }: { readonly frame: Frame; readonly refund: RefundTrace }) {
  const w = wordsOf(frame.lang).consultation;
  const note = refund.refusedAt !== null ? w.refundRefusedNote : refund.settledAt !== null ? stamp(frame, refund.settledAt) : w.refundWaits;
  return (
    <tr>
      <td>
        {w.refund}
        <br />
        <span class="small muted">
          {w.refundReasons[refund.reason]} · {note}
        </span>
      </td>
      <td class="nowrap">{refund.refusedAt !== null ? '—' : rub(-refund.amountMinor, frame.lang)}</td>
    </tr>
  );
}

const stamp = (frame: Frame, at: number): string =>
  `${plainDay(dateOf(at, frame.clinic.zone), frame.lang)}, ${clockOf(at, frame.clinic.zone)}`;
