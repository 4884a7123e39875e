// «Возвраты»: the claims and refunds that wait, in lists with their numbers. The list is in the address, so it survives an act and «back».
/* oxlint-disable jsx-a11y/no-interactive-element-to-noninteractive-role -- The table is drawn as cards by `display`, and browsers then
   drop the table roles, so they are written out. The rule treats a row and a cell as controls. */
import type { ComponentChildren } from 'preact';
import {
  CLAIM_TABS,
  type ClaimQueue,
  type ClaimTab,
  claimDayOf,
  countsOf,
  isInTab,
  isOpenTab,
  LATE_DAY,
  type QueueClaim,
  type QueueRefund,
} from '../../workflows/rules/claim-queue.ts';
import { claimStateOf } from '../../workflows/rules/claim-state.ts';
import { momentOf, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { wordsOf } from '../words.ts';
import { ClaimTag, refusalOf } from './parts.tsx';

export interface ClaimsPageProps {
  readonly frame: Frame;
  readonly tab: ClaimTab;
  readonly queue: ClaimQueue;
}

/** Rows of one page. More than these are the business of the narrower lists. */
const SHOWN = 50;

export function ClaimsPage({ frame, tab, queue }: ClaimsPageProps) {
  const w = wordsOf(frame.lang).finance;
  const counts = countsOf(queue, frame.now);
  const claims = isOpenTab(tab) ? queue.open.filter(claim => isInTab(tab, claim.facts, frame.now)) : tab === 'ended' ? queue.ended : [];
  const refunds = queue.money.filter(refund => refund.tab === tab);
  const isEmpty = claims.length + refunds.length === 0;
  return (
    <Layout frame={frame} title={w.queue} current="refunds" staff>
      <h1>{w.queue}</h1>
      <nav aria-label={w.queue}>
        <ul class="tabs">
          {CLAIM_TABS.map(one => (
            <li>
              <a href={`/finance/claims?tab=${one}`} aria-current={one === tab ? 'page' : undefined}>
                {w.tabs[one]} {(counts[one] ?? 0) > 0 && <span class="count">{counts[one]}</span>}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {isEmpty ? (
        <Empty heading={w.empty[tab]}>
          <p>{w.emptyText}</p>
        </Empty>
      ) : (
        <>
          {claims.length > 0 && <ClaimRows frame={frame} claims={claims.slice(0, SHOWN)} tab={tab} />}
          {refunds.length > 0 && <RefundRows frame={frame} refunds={refunds.slice(0, SHOWN)} />}
          <p class="small muted">{w.keys}</p>
        </>
      )}
    </Layout>
  );
}

function ClaimRows({ frame, claims, tab }: { readonly frame: Frame; readonly claims: readonly QueueClaim[]; readonly tab: ClaimTab }) {
  const w = wordsOf(frame.lang).finance;
  const heads = [w.claim, w.day, w.reason, w.record, w.sum, w.state];
  return (
    <Sheet frame={frame} heads={heads}>
      {claims.map(claim => {
        const day = claimDayOf(claim.facts, frame.now);
        return (
          <tr role="row">
            <Cell label={w.claim}>
              <a href={`/finance/claims/${claim.id}?tab=${tab}`}>
                <b class="nowrap">{claim.number}</b>
              </a>
              <small>{claim.patient}</small>
            </Cell>
            <Cell label={w.day}>{isOpenTab(tab) && <span class={day >= LATE_DAY ? 'tag bad' : 'tag'}>{w.dayOf(day)}</span>}</Cell>
            <Cell label={w.reason}>
              {w.reasons[claim.facts.reason]}
              <small>{w.visitOf(momentOf(claim.startsAt, frame))}</small>
            </Cell>
            <Cell label={w.record}>{claim.togetherMs === null ? w.noRecord : w.together(Math.floor(claim.togetherMs / 60_000))}</Cell>
            <Cell label={w.sum}>
              <span class="nowrap">{rub(claim.facts.amountMinor, frame.lang)}</span>
            </Cell>
            <Cell label={w.state}>
              <ClaimTag frame={frame} state={claimStateOf(claim.facts)} />
            </Cell>
          </tr>
        );
      })}
    </Sheet>
  );
}

function RefundRows({ frame, refunds }: { readonly frame: Frame; readonly refunds: readonly QueueRefund[] }) {
  const w = wordsOf(frame.lang).finance;
  return (
    <Sheet frame={frame} heads={[w.refund, w.why, w.since]}>
      {refunds.map(refund => (
        <tr role="row">
          <Cell label={w.refund}>
            <a href={`/finance/refunds/${refund.id}?tab=${refund.tab}`}>
              <b class="nowrap">{rub(refund.amountMinor, frame.lang)}</b>
            </a>
            <small>
              {refund.patient}
              {refund.claimNumber && `, ${refund.claimNumber}`}
            </small>
          </Cell>
          <Cell label={w.why}>
            {refund.tab === 'external'
              ? w.refundReasons.external
              : refund.isOwedByHand
                ? w.refundByHand
                : refusalOf(w, refund.refuseReason)[0]}
            <small>{w.visitOf(momentOf(refund.startsAt, frame))}</small>
          </Cell>
          <Cell label={w.since}>{momentOf(refund.at, frame)}</Cell>
        </tr>
      ))}
    </Sheet>
  );
}

function Sheet({
  frame,
  heads,
  children,
}: {
  readonly frame: Frame;
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
}) {
  return (
    <div class="sheet" data-rows>
      <table role="table">
        <caption class="away">{wordsOf(frame.lang).finance.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {heads.map(head => (
              <th scope="col" role="columnheader">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </div>
  );
}

const Cell = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  <td role="cell" data-label={label}>
    <div>{children}</div>
  </td>
);
