// The forms by which finance answers a claim: decide, ask for more, the second person's word. Each carries the version of the claim that it was drawn from.
import type { ClaimScreen, DeskClaim } from '../../workflows/rules/claim-desk.ts';
import { claimStateOf, isClaimOpen } from '../../workflows/rules/claim-state.ts';
import { rub } from '../format.ts';
import type { Frame } from '../model.ts';
import { FieldMistake } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { type Mistake, TextArea } from './parts.tsx';

/** What was typed into a form that was not accepted, and the fields that are wrong. */
export interface TypedClaim {
  readonly outcome: string;
  readonly sum: string;
  readonly reason: string;
  readonly text: string;
  readonly mistakes: readonly Mistake[];
}

const NOTHING: TypedClaim = { outcome: '', sum: '', reason: '', text: '', mistakes: [] };

interface Props {
  readonly frame: Frame;
  readonly screen: ClaimScreen;
  readonly typed: TypedClaim | null;
}

export function DecisionForms({ frame, screen, typed }: Props) {
  const { claim } = screen;
  const w = wordsOf(frame.lang).finance;
  const said = typed ?? NOTHING;
  if (!isClaimOpen(claimStateOf(claim.facts))) {
    const [decision] = claim.decision ? [w.outcomes[claim.decision.outcome](rub(claim.decision.amountMinor, frame.lang))] : [];
    return (
      <section class="card" aria-labelledby="decide">
        <h2 id="decide">{w.decide}</h2>
        <p>{decision ?? w.states.withdrawn}</p>
        {claim.decision && <p class="muted">{claim.decision.reason}</p>}
        {said.reason !== '' && <Kept text={said.reason} label={w.decisionText} />}
      </section>
    );
  }
  return (
    <>
      {claim.decision ? (
        <SecondForm frame={frame} claim={claim} kept={said.reason} />
      ) : (
        <DecideForm frame={frame} claim={claim} typed={said} />
      )}
      <AskForm frame={frame} claim={claim} typed={said} />
    </>
  );
}

/** Text that was typed for a form which is no longer there. */
const Kept = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <div class="field">
    <label for="kept">{label}</label>
    <textarea id="kept" rows={3} readOnly>
      {text}
    </textarea>
  </div>
);

interface FormProps {
  readonly frame: Frame;
  readonly claim: DeskClaim;
  readonly typed: TypedClaim;
}

function DecideForm({ frame, claim, typed }: FormProps) {
  const w = wordsOf(frame.lang).finance;
  const mistaken = (one: Mistake) => (typed.mistakes.includes(one) ? w.mistakes[one] : null);
  const { amountMinor } = claim.facts;
  const isWholeThere = claim.availableMinor >= amountMinor;
  const options = [
    ...(isWholeThere ? [['full', w.full(rub(amountMinor, frame.lang))]] : []),
    ...(claim.availableMinor > 0 ? [['part', w.part]] : []),
    ['refused', w.refuse],
  ] as const;
  const errors = typed.mistakes.filter(one => one !== 'text');
  const outcomeMistake = mistaken('outcome');
  return (
    <section class="card" aria-labelledby="decide">
      <h2 id="decide">{w.decide}</h2>
      <p class="small muted">
        {w.decideHint(rub(claim.availableMinor, frame.lang))} {w.second(rub(claim.secondAboveMinor, frame.lang))}
      </p>
      <form class="stack" method="post" action={`/finance/claims/${claim.id}/decision`}>
        <Errors frame={frame} mistakes={errors} />
        <input type="hidden" name="version" value={claim.version} />
        <fieldset class="field">
          <legend>{w.choose}</legend>
          {outcomeMistake !== null && <FieldMistake frame={frame} id="outcome-error" text={outcomeMistake} />}
          {options.map(([value = '', label], i) => (
            <label class="choice">
              <input
                type="radio"
                id={i === 0 ? 'outcome' : undefined}
                name="outcome"
                value={value}
                checked={typed.outcome === value}
                required
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <SumField frame={frame} value={typed.sum} mistake={mistaken('sum')} />
        <TextArea
          frame={frame}
          id="reason"
          name="reason"
          label={w.decisionText}
          hint={w.decisionTextHint}
          value={typed.reason}
          mistake={mistaken('reason')}
        />
        <div class="acts">
          <button class="button">{w.doDecide}</button>
        </div>
      </form>
    </section>
  );
}

function SumField({ frame, value, mistake }: { readonly frame: Frame; readonly value: string; readonly mistake: string | null }) {
  const w = wordsOf(frame.lang).finance;
  return (
    <div class="field">
      <label for="sum">{w.partSum}</label>
      <p class="hint" id="sum-hint">
        {w.partHint}
      </p>
      {mistake !== null && <FieldMistake frame={frame} id="sum-error" text={mistake} />}
      <input
        id="sum"
        name="sum"
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        value={value}
        aria-describedby="sum-hint"
        aria-invalid={mistake !== null}
      />
    </div>
  );
}

const Errors = ({ frame, mistakes }: { readonly frame: Frame; readonly mistakes: readonly Mistake[] }) => {
  const w = wordsOf(frame.lang).finance;
  if (mistakes.length === 0) return null;
  return (
    <div class="errors" role="alert" tabIndex={-1}>
      <h2>{w.mistakesHeading}</h2>
      <ul>
        {mistakes.map(one => (
          <li>
            <a href={`#${one}`}>{w.mistakes[one]}</a>
          </li>
        ))}
      </ul>
    </div>
  );
};

function SecondForm({ frame, claim, kept }: { readonly frame: Frame; readonly claim: DeskClaim; readonly kept: string }) {
  const w = wordsOf(frame.lang).finance;
  const { decision } = claim;
  if (decision === null) return null;
  const outcome = w.outcomes[decision.outcome](rub(decision.amountMinor, frame.lang));
  return (
    <section class="card" aria-labelledby="decide">
      <h2 id="decide">{w.decide}</h2>
      <Notice tone="info" icon="user" text={w.waits(outcome, decision.by ?? w.byRule)}>
        <p>{decision.reason}</p>
      </Notice>
      {decision.isOwn && <p class="small muted">{w.ownWaits}</p>}
      {kept !== '' && <Kept text={kept} label={w.decisionText} />}
      <form method="post" action={`/finance/claims/${claim.id}/second`}>
        <input type="hidden" name="version" value={claim.version} />
        <input type="hidden" name="decision" value={decision.id} />
        <div class="acts">
          {!decision.isOwn && (
            <button class="button" name="word" value="agree">
              {w.agree(outcome)}
            </button>
          )}
          <button class="button bad" name="word" value="turnDown">
            {decision.isOwn ? w.takeBack : w.turnDown}
          </button>
        </div>
      </form>
    </section>
  );
}

function AskForm({ frame, claim, typed }: FormProps) {
  const w = wordsOf(frame.lang).finance;
  const isMistaken = typed.mistakes.includes('text');
  return (
    <details class="card" open={typed.text !== '' || isMistaken}>
      <summary>{w.ask}</summary>
      <form class="stack" method="post" action={`/finance/claims/${claim.id}/question`}>
        <Errors frame={frame} mistakes={isMistaken ? ['text'] : []} />
        <input type="hidden" name="version" value={claim.version} />
        <TextArea
          frame={frame}
          id="text"
          name="text"
          label={w.askText}
          hint={w.askHint}
          value={typed.text}
          mistake={isMistaken ? w.mistakes.text : null}
        />
        <div class="acts">
          <button class="button quiet">{w.doAsk}</button>
        </div>
      </form>
    </details>
  );
}
