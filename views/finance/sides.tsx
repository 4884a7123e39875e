// Beside a claim: the call in short, the letters about it, the patient's earlier claims.
import type { ClaimScreen, EarlierClaim } from '../../workflows/rules/claim-desk.ts';
import { momentOf } from '../format.ts';
import { letterState } from '../consultation/letters.tsx';
import type { Frame } from '../model.ts';
import type { FinanceWords } from '../words/finance.ru.ts';
import { wordsOf } from '../words.ts';

interface Props {
  readonly frame: Frame;
  readonly screen: ClaimScreen;
}

const SIDES = ['clinic', 'sfu', 'patient', 'unknown'] as const;

export function CallFacts({ frame, screen: { call, claim } }: Props) {
  const w = wordsOf(frame.lang).finance;
  const faults = SIDES.filter(side => call.faults[side] > 0).map(side => w.callFaults(call.faults[side], w.faultSides[side]));
  return (
    <section class="card tight" aria-labelledby="call">
      <h2 id="call">{w.call}</h2>
      <p>{call.hasRecord ? [w.together(call.togetherMinutes), ...faults].join(', ') : w.callNone}</p>
      <p>
        {w.opinion} {call.opinion.kind === 'grants' ? w.grants[call.opinion.because] : w.leaves[call.opinion.because]}
      </p>
      <p>
        <a href={`/consultations/${claim.consultationId}/passport`}>{w.callLink}</a>
      </p>
    </section>
  );
}

export function LettersOfClaim({ frame, screen: { letters, incoming } }: Props) {
  const { finance: w, consultation } = wordsOf(frame.lang);
  return (
    <section class="card tight" aria-labelledby="letters">
      <h2 id="letters">{w.letters}</h2>
      {letters.length + incoming.length === 0 && <p class="small muted">{w.noLetters}</p>}
      {incoming.length > 0 && (
        <ul class="small">
          {incoming.map(({ id, at, sender, subject, isFromElsewhere }) => (
            <li>
              <a href={`/finance/letters/${id}`}>{subject || w.noSubject}</a>
              <br />
              <span class="muted">
                {momentOf(at, frame)} · {sender ?? w.noSender}
              </span>
              {isFromElsewhere && (
                <>
                  <br />
                  <b>{w.otherAddress}</b>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <ul class="small">
        {letters.map(letter => (
          <li>
            {consultation.letterNames[letter.kind]}
            <br />
            <span class="muted">
              {momentOf(letter.stateAt, frame)} · {letterState(consultation, letter)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function EarlierClaims({ frame, screen: { earlier } }: Props) {
  const w = wordsOf(frame.lang).finance;
  return (
    <section class="card tight" aria-labelledby="earlier">
      <h2 id="earlier">{w.earlier}</h2>
      {earlier.length === 0 && <p class="small muted">{w.noEarlier}</p>}
      <ul class="small">
        {earlier.map(one => (
          <li>
            <a href={`/finance/claims/${one.id}`}>{one.number}</a>, {momentOf(one.demandedAt, frame)}: {endOf(w, one)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const endOf = (w: FinanceWords, { outcome, isWithdrawn }: EarlierClaim): string =>
  w.earlierEnds[isWithdrawn ? 'withdrawn' : (outcome ?? 'none')];
