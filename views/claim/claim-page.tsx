// The page of one refund claim: its state, the day of ten, who does what next, how to sign, the steps with their dates, the files.
import { claimDayOf } from '../../workflows/rules/claim-moments.ts';
import { isClaimOpen } from '../../workflows/rules/claim-state.ts';
import { dayOf, dateOf, plainDay, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { ErrorSummary } from '../parts/field.tsx';
import { Rich } from '../parts/rich.tsx';
import { wordsOf } from '../words.ts';
import { ClaimSteps } from './claim-steps.tsx';
import { ClaimTag } from './claim-tag.tsx';
import type { ClaimAct, ClaimView } from './claim-view.ts';
import { ClaimFiles, SignWays } from './sign-ways.tsx';

export interface ClaimPageProps {
  readonly frame: Frame;
  readonly claim: ClaimView;
  readonly act: ClaimAct;
}

export function ClaimPage({ frame, claim, act }: ClaimPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.claim;
  const day = plainDay(dateOf(claim.startsAt, frame.clinic.zone), frame.lang);
  const isOpen = isClaimOpen(claim.state);
  const isUnsigned = claim.facts.signedVersion !== claim.form.version;
  return (
    <Layout frame={frame} title={w.heading(claim.number)} current="appointments">
      <ErrorSummary frame={frame} heading={w.notSigned} errors={act.errors} />
      <div>
        <Crumb href={`/consultations/${claim.consultationId}`}>{w.back(day)}</Crumb>
        <div class="row apart">
          <h1>{w.heading(claim.number)}</h1>
          <ClaimTag frame={frame} state={claim.state} />
        </div>
        <p class="lead">{w.next[claim.state]}</p>
      </div>
      <div class="split">
        <div class="stack loose">
          {isOpen && <Days frame={frame} claim={claim} />}
          {isOpen && isUnsigned && <SignWays frame={frame} claim={claim} act={act} />}
          <ClaimSteps frame={frame} claim={claim} />
        </div>
        <aside class="stack">
          <Sum frame={frame} claim={claim} />
          {(isOpen || claim.files.length > 0) && <ClaimFiles frame={frame} claim={claim} act={act} mayAdd={isOpen} />}
          {isOpen && claim.state !== 'waitsForSecond' && (
            <div class="acts">
              <a class="button plain" href={`/refund-claims/${claim.id}/form`}>
                {w.change}
              </a>
              <a class="button plain" href={`/refund-claims/${claim.id}/withdrawal`}>
                {w.withdraw}
              </a>
            </div>
          )}
          {!isOpen && (claim.state === 'refused' || claim.state === 'withdrawn') && (
            <a class="button quiet" href={`/consultations/${claim.consultationId}/refund-claim`}>
              {w.offer}
            </a>
          )}
        </aside>
      </div>
    </Layout>
  );
}

type Props = Omit<ClaimPageProps, 'act'>;

function Days({ frame, claim }: Props) {
  const w = wordsOf(frame.lang).claim;
  const { dueAt } = claim.facts;
  const today = claimDayOf(dueAt, frame.now);
  const isOver = today > 10;
  const heading = isOver ? w.dayOver : today === 0 ? w.dayZero : w.dayHeading(today);
  return (
    <section class={`card ${isOver ? 'bad' : 'info'}`} aria-labelledby="days">
      <h2 id="days">{heading}</h2>
      <ol class="pips" aria-label={w.days}>
        {Array.from({ length: 10 }, (_, i) => i + 1).map(n => (
          <li class={n < today ? 'gone' : n === today ? 'today' : undefined} aria-current={n === today ? 'step' : undefined}>
            {n}
          </li>
        ))}
      </ol>
      <p>{isOver ? w.dayOverText : <Rich text={w.until} fill={{ day: <b>{dayOf(dueAt - 1, frame)}</b> }} />}</p>
    </section>
  );
}

function Sum({ frame, claim }: Props) {
  const w = wordsOf(frame.lang).claim;
  const { body, last4 } = claim.form;
  const paid = body.paid.reduce((sum, { minor }) => sum + minor, 0);
  const decided = claim.decision === null ? null : (claim.facts.decision?.amountMinor ?? null);
  return (
    <section class="card tight">
      <h2>{w.toReturn}</h2>
      <p class="big-num">{rub(decided ?? claim.facts.amountMinor, frame.lang)}</p>
      <p class="muted small">
        {w.ofPaid(rub(paid, frame.lang))}, {last4 === null ? w.bySame : w.toAccountLast4(last4)}
      </p>
    </section>
  );
}
