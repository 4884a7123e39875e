// One claim on one screen: the application beside the pictures, the record of the call, the money, the letters, what happened, and the decision.
import type { ClaimScreen } from '../../workflows/rules/claim-desk.ts';
import { claimDayOf } from '../../workflows/rules/claim-queue.ts';
import { claimStateOf, isClaimOpen } from '../../workflows/rules/claim-state.ts';
import { exactMomentOf, momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { Application, type ShownAccount } from './application.tsx';
import { Course, eventText } from './course.tsx';
import { DecisionForms, type TypedClaim } from './decision-forms.tsx';
import { ClaimLedger } from './ledger.tsx';
import { ClaimTag } from './parts.tsx';
import { Photos } from './photos.tsx';
import { CallFacts, EarlierClaims, LettersOfClaim } from './sides.tsx';

/** Why the answer is not what was asked for. */
export type ClaimRefusal =
  | { readonly kind: 'stale' }
  | { readonly kind: 'exceeds'; readonly availableText: string }
  | { readonly kind: 'notTheirs' };

export interface FinanceClaimPageProps {
  readonly frame: Frame;
  readonly screen: ClaimScreen;
  /** The list that the person came from. */
  readonly tab: string;
  readonly refusal?: ClaimRefusal | null;
  readonly typed?: TypedClaim | null;
  readonly account?: ShownAccount;
}

export function FinanceClaimPage({ frame, screen, tab, refusal = null, typed = null, account = null }: FinanceClaimPageProps) {
  const w = wordsOf(frame.lang).finance;
  const { claim } = screen;
  const state = claimStateOf(claim.facts);
  const heading = w.heading(claim.number);
  return (
    <Layout frame={frame} title={heading} current="refunds" staff>
      <div class="stack tight">
        <Crumb href={`/finance/claims?tab=${tab}`}>{w.queue}</Crumb>
        <div class="row apart">
          <div>
            <h1>{heading}</h1>
            <p class="muted">
              {claim.patient}
              {isClaimOpen(state) &&
                ` · ${w.day} ${w.dayOf(claimDayOf(claim.facts, frame.now))} · ${w.due(exactMomentOf(claim.facts.dueAt, frame))}`}
            </p>
          </div>
          <ClaimTag frame={frame} state={state} />
        </div>
      </div>
      {refusal && <Refusal frame={frame} screen={screen} refusal={refusal} />}
      <div class="cols wide">
        <Application frame={frame} screen={screen} account={account} />
        <Photos frame={frame} screen={screen} />
      </div>
      <div class="cols wide">
        <div class="stack">
          <DecisionForms frame={frame} screen={screen} typed={typed} />
          <Course frame={frame} screen={screen} />
        </div>
        <div class="stack">
          <ClaimLedger frame={frame} lines={screen.ledger} />
          <CallFacts frame={frame} screen={screen} />
          <LettersOfClaim frame={frame} screen={screen} />
          <EarlierClaims frame={frame} screen={screen} />
          <section class="card tight">
            <a class="button quiet" href={`/finance/claims/${claim.id}/dossier.pdf`}>
              <Icon name="doc" />
              {w.dossier}
            </a>
            <p class="small muted">{w.dossierHint}</p>
          </section>
        </div>
      </div>
    </Layout>
  );
}

function Refusal({ frame, screen, refusal }: { readonly frame: Frame; readonly screen: ClaimScreen; readonly refusal: ClaimRefusal }) {
  const w = wordsOf(frame.lang).finance;
  switch (refusal.kind) {
    case 'stale': {
      const last = screen.events.at(-1);
      const text = last ? w.stale(eventText(frame, last), last.by ?? w.byRule, momentOf(last.at, frame)) : '';
      return <Notice tone="warn" icon="alert" role="alert" lead={w.staleLead} text={text} />;
    }
    case 'exceeds':
      return <Notice tone="warn" icon="alert" role="alert" lead={w.exceedsLead} text={w.exceeds(refusal.availableText)} />;
    case 'notTheirs':
      return <Notice tone="warn" icon="alert" role="alert" text={w.notTheirs} />;
  }
}
