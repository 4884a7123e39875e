// What the patient demands, as it is printed on the application. The account number is shown only to who asks for it, and that is journalled.
import type { ClaimScreen } from '../../workflows/rules/claim-desk.ts';
import { momentOf, rub } from '../format.ts';
import type { Frame } from '../model.ts';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { Line } from './parts.tsx';

/** The account's number for who asked for it, or that it cannot be read. */
export type ShownAccount = { readonly number: string } | 'lost' | null;

export interface ApplicationProps {
  readonly frame: Frame;
  readonly screen: ClaimScreen;
  readonly account: ShownAccount;
}

export function Application({ frame, screen: { claim }, account }: ApplicationProps) {
  const w = wordsOf(frame.lang).finance;
  const { application: a } = claim;
  return (
    <section class="card" aria-labelledby="application">
      <h2 id="application">{w.application}</h2>
      <dl class="facts">
        <Line name={w.claimant}>
          {a.claimant.name}
          <br />
          {[a.claimant.email, a.claimant.phone, a.claimant.address].filter(Boolean).join(', ')}
          {a.child && <div>{w.forChild(a.child)}</div>}
        </Line>
        <Line name={w.visit}>
          {a.consultation.doctor}, {momentOf(a.consultation.startsAt, frame)}
        </Line>
        <Line name={w.demands}>
          <b>{rub(a.amountMinor, frame.lang)}</b>
        </Line>
        <Line name={w.reason}>{w.reasons[a.reason]}</Line>
        {a.text !== '' && <Line name={w.ownWords}>{a.text}</Line>}
        <Line name={w.where}>
          {a.account === null ? w.sameWay : w.toAccount(a.account.bank, a.account.bic, a.account.last4)}
          {a.account && <div>{a.account.holder}</div>}
        </Line>
      </dl>
      {account === 'lost' && <Notice tone="warn" icon="alert" role="status" text={w.accountLost} />}
      {account !== null && account !== 'lost' && <Notice tone="info" icon="key" role="status" text={w.account(account.number)} />}
      <div class="acts">
        <a class="button quiet" href={`/finance/claims/${claim.id}/application.pdf`}>
          <Icon name="doc" />
          {w.applicationPdf}
        </a>
        {claim.via === 'account' && account === null && (
          <form method="post" action={`/finance/claims/${claim.id}/account`}>
            <button class="button plain" aria-describedby="account-hint">
              {w.showAccount}
            </button>
          </form>
        )}
      </div>
      {claim.via === 'account' && account === null && (
        <p class="small muted" id="account-hint">
          {w.showAccountHint}
        </p>
      )}
    </section>
  );
}
