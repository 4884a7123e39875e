// What has happened to a claim and what comes next, with the minute of each.
import type { ComponentChildren } from 'preact';
import { isClaimOpen } from '../../workflows/rules/claim-state.ts';
import { momentOf, rub } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { ClaimView } from './claim-view.ts';

interface Props {
  readonly frame: Frame;
  readonly claim: ClaimView;
}

export function ClaimSteps({ frame, claim }: Props) {
  const w = wordsOf(frame.lang).claim;
  const { version, at } = claim.form;
  const isDecided = claim.decision !== null;
  return (
    <section class="stack" aria-labelledby="steps">
      <h2 id="steps">{w.steps}</h2>
      <ol class="steps">
        <Step is="done" name={claim.isByRule ? w.stepMadeRule : w.stepMade}>
          <p class="muted small">
            {momentOf(claim.facts.demandedAt, frame)}
            {version > 1 && `; ${w.version(version)}, ${momentOf(at, frame)}`}.{' '}
            <a href={`/refund-claims/${claim.id}/application.pdf`}>{w.pdf}</a>
          </p>
        </Step>
        <Signatures frame={frame} claim={claim} />
        {claim.questions.map(question => (
          <Step is="done" name={w.stepQuestion}>
            <p class="muted small">{momentOf(question.at, frame)}</p>
            <p>{question.text}</p>
          </Step>
        ))}
        <Decision frame={frame} claim={claim} />
        <Step is={isDecided ? (claim.state === 'returned' ? 'done' : 'now') : 'next'} name={w.stepMoney}>
          <Money frame={frame} claim={claim} />
        </Step>
      </ol>
    </section>
  );
}

interface StepProps {
  readonly is: 'done' | 'now' | 'next';
  readonly name: string;
  readonly children: ComponentChildren;
}

function Step({ is, name, children }: StepProps) {
  return (
    <li class={is === 'now' ? undefined : is}>
      <div>
        <b>{name}</b>
        {children}
      </div>
    </li>
  );
}

function Signatures({ frame, claim }: Props) {
  const w = wordsOf(frame.lang).claim;
  const own = claim.signatures.filter(({ version }) => version === claim.form.version);
  // A decision does not wait for a signature.
  if (own.length === 0 && !isClaimOpen(claim.state)) return null;
  return (
    <Step is={own.length > 0 ? 'done' : 'now'} name={w.stepSigned}>
      {own.map(({ way, at }) => (
        <p class="muted small">
          {momentOf(at, frame)}, {w.signedHow[way]}
        </p>
      ))}
      {own.length === 0 && <p class="small">{claim.signatures.length > 0 ? w.otherSigned : w.notSigned}</p>}
    </Step>
  );
}

function Decision({ frame, claim }: Props) {
  const w = wordsOf(frame.lang).claim;
  const { decision, facts } = claim;
  const { lang } = frame;
  if (claim.state === 'withdrawn') return null;
  if (decision === null || facts.decision === null)
    return (
      <Step is="next" name={w.stepDecision}>
        <p class="small">{w.decisionAhead}</p>
      </Step>
    );
  const { outcome, amountMinor } = facts.decision;
  return (
    <Step is="done" name={`${w.stepDecision}: ${w.decided[outcome](rub(amountMinor, lang), rub(facts.amountMinor, lang))}`}>
      <p class="muted small">
        {momentOf(decision.at, frame)}
        {decision.isByRule && `, ${w.byRule}`}
      </p>
      <p>{decision.reason}</p>
    </Step>
  );
}

function Money({ frame, claim }: Props) {
  const w = wordsOf(frame.lang).claim;
  if (claim.state === 'refused' || claim.state === 'withdrawn') return <p class="small">{w.moneyNone}</p>;
  if (claim.refunds.length === 0) return <p class="small">{w.moneyAhead}</p>;
  return (
    <>
      {claim.refunds.map(refund => (
        <p class="small">
          {refundLine(frame, refund)}
          {refund.settledAt !== null && refund.via === 'provider' && (
            <>
              <br />
              <span class="muted">
                {refund.receipt === null
                  ? w.receiptAhead
                  : w.receipt(refund.receipt.document, refund.receipt.storage, refund.receipt.attribute)}
              </span>
            </>
          )}
        </p>
      ))}
    </>
  );
}

function refundLine(frame: Frame, { minor, via, settledAt, refusedAt }: ClaimView['refunds'][number]): string {
  const w = wordsOf(frame.lang).claim;
  const sum = rub(minor, frame.lang);
  if (settledAt !== null) return w.refundSent(sum, momentOf(settledAt, frame));
  if (refusedAt !== null) return w.refundRefused(sum);
  return via === 'manual' ? w.refundManual(sum) : w.refundAsked(sum);
}
