// Withdrawing a claim: what it means, before it is done.
import { isClaimOpen, type ClaimState } from '../../workflows/rules/claim-state.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { wordsOf } from '../words.ts';

export interface WithdrawalPageProps {
  readonly frame: Frame;
  readonly claim: { readonly id: string; readonly number: string; readonly state: ClaimState; readonly version: number };
}

export function WithdrawalPage({ frame, claim }: WithdrawalPageProps) {
  const w = wordsOf(frame.lang).claim;
  const page = `/refund-claims/${claim.id}`;
  const isOpen = isClaimOpen(claim.state);
  return (
    <Layout frame={frame} title={w.withdraw} current="appointments">
      <div>
        <Crumb href={page}>{w.openLink(claim.number)}</Crumb>
        <h1>{isOpen ? w.withdrawHeading(claim.number) : w.withdrawTooLate}</h1>
      </div>
      {isOpen && <p>{w.withdrawText}</p>}
      <form class="acts" method="post" action={`${page}/withdrawal`}>
        <input type="hidden" name="version" value={claim.version} />
        {isOpen && <button class="button bad">{w.withdrawDo}</button>}
        <a class="button quiet" href={page}>
          {w.withdrawKeep}
        </a>
      </form>
    </Layout>
  );
}
