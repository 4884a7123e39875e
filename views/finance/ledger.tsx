// The money of a claim's consultation with what is left at the clinic after each line.
import { balancesOf, type LedgerLine } from '../../workflows/rules/claim-desk.ts';
import { momentOf, rub } from '../format.ts';
import type { Frame } from '../model.ts';
import { methodOf } from '../parts/method.ts';
import { wordsOf } from '../words.ts';

export function ClaimLedger({ frame, lines }: { readonly frame: Frame; readonly lines: readonly LedgerLine[] }) {
  const w = wordsOf(frame.lang).finance;
  const balances = balancesOf(lines);
  return (
    <section class="card" aria-labelledby="money">
      <h2 id="money">{w.money}</h2>
      <div class="sum">
        <table>
          <caption class="away">{w.moneyCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{w.moneyWhat}</th>
              <th scope="col">{w.moneySum}</th>
              <th scope="col">{w.moneyLeft}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, i) => (
              <tr>
                <td>
                  {line.kind === 'payment' ? w.payment : <a href={`/finance/refunds/${line.id}`}>{w.moneyRefund}</a>}
                  <br />
                  <span class="small muted">{noteOf(frame, line)}</span>
                </td>
                <td class="nowrap">
                  {line.state === 'refused' ? '—' : rub(line.kind === 'payment' ? line.minor : -line.minor, frame.lang)}
                </td>
                <td class="nowrap">{rub(balances[i] ?? 0, frame.lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function noteOf(frame: Frame, { at, state, method, document, receipt }: LedgerLine): string {
  const words = wordsOf(frame.lang);
  const w = words.finance;
  const number = receipt?.number ?? null;
  return [
    momentOf(at, frame),
    methodOf(method, frame.lang),
    w.moneyStates[state],
    document === null ? '' : w.order(document),
    receipt === null ? '' : number === null ? words.consultation.receipts[receipt.state] : w.receiptNo(number),
  ]
    .filter(Boolean)
    .join(' · ');
}
