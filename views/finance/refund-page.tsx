// One refund that a person sees to: the sum, what the provider said and what that means, and what can be done.
import { type StaffRefund, staffActsOf } from '../../workflows/rules/staff-refund.ts';
import { dateOf, momentOf, plainDay, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Field } from '../parts/field.tsx';
import { methodOf } from '../parts/method.ts';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { Line, type Mistake, refusalOf, TextArea } from './parts.tsx';

export interface TypedRefund {
  readonly document: string;
  readonly documentOn: string;
  readonly note: string;
  readonly mistakes: readonly Mistake[];
}

export interface RefundPageProps {
  readonly frame: Frame;
  readonly refund: StaffRefund;
  readonly said: 'done' | 'stale' | 'notTheirs' | null;
  readonly typed: TypedRefund;
}

export function RefundPage({ frame, refund, said, typed }: RefundPageProps) {
  const w = wordsOf(frame.lang).finance;
  const heading = w.refundHeading(rub(refund.amountMinor, frame.lang));
  const acts = staffActsOf(refund);
  const minor = Math.min(refund.amountMinor, refund.refusedAt === null ? refund.amountMinor : refund.payment.leftMinor);
  const back = refund.claim
    ? `/finance/claims/${refund.claim.id}`
    : `/finance/claims?tab=${refund.source === 'external' ? 'external' : 'bank'}`;
  return (
    <Layout frame={frame} title={heading} current="refunds" staff>
      <div class="stack tight">
        <Crumb href={back}>{refund.claim ? w.heading(refund.claim.number) : w.queue}</Crumb>
        <h1>{heading}</h1>
        <p class="muted">
          {refund.patient} · {w.visitOf(momentOf(refund.startsAt, frame))}
        </p>
      </div>
      {said === 'done' && <Notice tone="ok" icon="check" role="status" text={w.done} />}
      {said === 'stale' && <Notice tone="warn" icon="alert" role="alert" text={w.staleRefund} />}
      {said === 'notTheirs' && <Notice tone="warn" icon="alert" role="alert" text={w.notTheirs} />}
      <Facts frame={frame} refund={refund} />
      {acts.length === 0 && <p class="muted">{w.noActs}</p>}
      {acts.includes('again') && (
        <form class="card" method="post" action={`/finance/refunds/${refund.id}/again`}>
          <h2>{w.again}</h2>
          <p class="small muted">{w.againHint(rub(minor, frame.lang))}</p>
          <div class="acts">
            <button class="button">{w.again}</button>
          </div>
        </form>
      )}
      {acts.includes('byHand') && <ByHand frame={frame} refund={refund} sum={rub(minor, frame.lang)} typed={typed} />}
      {acts.includes('review') && <Review frame={frame} refund={refund} typed={typed} />}
    </Layout>
  );
}

function Facts({ frame, refund }: { readonly frame: Frame; readonly refund: StaffRefund }) {
  const w = wordsOf(frame.lang).finance;
  const { payment, review } = refund;
  const [what, next] = refusalOf(w, refund.refuseReason);
  const isRefused = refund.settledAt === null && refund.refusedAt !== null;
  return (
    <section class="card">
      {isRefused && refund.followedBy === null && (
        <Notice tone="bad" icon="broken" lead={what} text={next}>
          {refund.refuseReason && <p class="small">{w.refusalCode(refund.refuseReason)}</p>}
        </Notice>
      )}
      <dl class="facts">
        <Line name={w.refundState}>{stateText(frame, refund)}</Line>
        <Line name={w.reason}>
          {w.refundReasons[refund.reason]}, {w.refundSources[refund.source]}
        </Line>
        {refund.document && (
          <Line name={w.document}>
            {refund.document}
            {refund.documentOn && `, ${plainDay(refund.documentOn, frame.lang)}`}
            {refund.by && ` · ${refund.by}`}
          </Line>
        )}
        {review && <Line name={w.review}>{w.reviewed(review.by, momentOf(review.at, frame), review.note)}</Line>}
        <Line name={w.paid}>
          {w.paidOf(rub(payment.amountMinor, frame.lang), momentOf(payment.at, frame), methodOf(payment.method, frame.lang) ?? '')}
        </Line>
        <Line name={w.left}>{rub(payment.leftMinor, frame.lang)}</Line>
        {payment.providerId && <Line name={w.providerId}>{payment.providerId}</Line>}
      </dl>
      {refund.followedBy && (
        <p>
          <a href={`/finance/refunds/${refund.followedBy}`}>{w.refundFollowed}</a>
        </p>
      )}
    </section>
  );
}

function stateText(frame: Frame, { settledAt, refusedAt, via }: StaffRefund): string {
  const w = wordsOf(frame.lang).finance;
  if (settledAt !== null) return w.refundDone(momentOf(settledAt, frame));
  if (refusedAt !== null) return w.refundRefused(momentOf(refusedAt, frame));
  return via === 'manual' ? w.refundByHand : w.refundGoing;
}

interface ActProps {
  readonly frame: Frame;
  readonly refund: StaffRefund;
  readonly typed: TypedRefund;
}

function ByHand({ frame, refund, sum, typed }: ActProps & { readonly sum: string }) {
  const w = wordsOf(frame.lang).finance;
  const mistaken = (one: Mistake) => (typed.mistakes.includes(one) ? w.mistakes[one] : null);
  return (
    <form class="card" method="post" action={`/finance/refunds/${refund.id}/by-hand`}>
      <h2>{w.byHand}</h2>
      <p class="small muted">{w.byHandHint}</p>
      <Field
        frame={frame}
        name="document"
        label={w.document}
        error={mistaken('document')}
        input={{ maxLength: 40, autoComplete: 'off', value: typed.document, required: true }}
      />
      <Field
        frame={frame}
        name="documentOn"
        label={w.documentOn}
        error={mistaken('documentOn')}
        input={{ type: 'date', max: dateOf(frame.now, frame.clinic.zone), value: typed.documentOn, required: true }}
      />
      <div class="acts">
        <button class="button">{w.doByHand(sum)}</button>
      </div>
    </form>
  );
}

function Review({ frame, refund, typed }: ActProps) {
  const w = wordsOf(frame.lang).finance;
  return (
    <form class="card" method="post" action={`/finance/refunds/${refund.id}/review`}>
      <h2>{w.review}</h2>
      <TextArea
        frame={frame}
        id="note"
        name="note"
        label={w.note}
        hint={w.reviewHint}
        value={typed.note}
        mistake={typed.mistakes.includes('note') ? w.mistakes.note : null}
      />
      <div class="acts">
        <button class="button">{w.doReview}</button>
      </div>
    </form>
  );
}
