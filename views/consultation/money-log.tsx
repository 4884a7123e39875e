// The money of one consultation: every payment and refund with its time, and the sum that the clinic has now.
import { clockOf, dateOf, plainDay, rub } from '../format.ts';
import type { ConsultationView } from './timeline-view.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import type { ReceiptTrace } from '../../workflows/rules/receipt.ts';
import type { RefundTrace } from '../../workflows/rules/refund.ts';

export function MoneyLog({ frame, consultation }: { readonly frame: Frame; readonly consultation: ConsultationView }) {
  const w = wordsOf(frame.lang).consultation;
  const { facts, receipts } = consultation;
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
                <PaymentRow
                  frame={frame}
                  payment={payment}
                  receipt={receipts.find(r => r.kind === 'prepayment' && r.paymentId === payment.id)}
                />
              ))}
              {consultation.refunds.map(refund => (
                <RefundRow frame={frame} refund={refund} receipt={receipts.find(r => r.refundId === refund.id)} />
              ))}
              {receipts
                .filter(receipt => receipt.kind === 'settlement')
                .map(receipt => (
                  <SettlementRow frame={frame} receipt={receipt} />
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

interface PaymentRowProps {
  readonly frame: Frame;
  readonly payment: PaymentTrace;
  readonly receipt: ReceiptTrace | undefined;
}

function PaymentRow({ frame, payment, receipt }: PaymentRowProps) {
  const w = wordsOf(frame.lang).consultation;
  return (
    <tr>
      <td>
        {w.payment}
        <br />
        <span class="small muted">
          {payment.succeededAt === null ? w.paymentWaits : stamp(frame, payment.succeededAt)}
          <ReceiptNote frame={frame} receipt={receipt} />
        </span>
      </td>
      <td class="nowrap">{payment.succeededAt === null ? '—' : rub(payment.amountMinor, frame.lang)}</td>
    </tr>
  );
}

interface RefundRowProps {
  readonly frame: Frame;
  readonly refund: RefundTrace;
  readonly receipt: ReceiptTrace | undefined;
}

function RefundRow({ frame, refund, receipt }: RefundRowProps) {
  const w = wordsOf(frame.lang).consultation;
  const refusedNote = refund.isStuck ? w.refundRefusedNote : w.refundElsewhere;
  const note = refund.refusedAt !== null ? refusedNote : refund.settledAt !== null ? stamp(frame, refund.settledAt) : w.refundWaits;
  return (
    <tr>
      <td>
        {w.refund}
        <br />
        <span class="small muted">
          {w.refundReasons[refund.reason]} · {note}
          <ReceiptNote frame={frame} receipt={receipt} />
        </span>
      </td>
      <td class="nowrap">{refund.refusedAt !== null ? '—' : rub(-refund.amountMinor, frame.lang)}</td>
    </tr>
  );
}

/** No money moves, so the row has no sum. */
function SettlementRow({ frame, receipt }: { readonly frame: Frame; readonly receipt: ReceiptTrace }) {
  const w = wordsOf(frame.lang).consultation;
  return (
    <tr>
      <td>
        {w.settlement}
        <br />
        <span class="small muted">
          {w.settlementNote}
          <ReceiptNote frame={frame} receipt={receipt} />
        </span>
      </td>
      <td class="nowrap">—</td>
    </tr>
  );
}

function ReceiptNote({ frame, receipt }: { readonly frame: Frame; readonly receipt: ReceiptTrace | undefined }) {
  const w = wordsOf(frame.lang).consultation;
  if (receipt === undefined) return null;
  return (
    <>
      {' · '}
      {w.receipts[receipt.state]}
      {receipt.fiscal && (
        <>
          <br />
          {w.fiscal(receipt.fiscal)}
        </>
      )}
    </>
  );
}

const stamp = (frame: Frame, at: number): string =>
  `${plainDay(dateOf(at, frame.clinic.zone), frame.lang)}, ${clockOf(at, frame.clinic.zone)}`;
