// «Завершить приём»: three outcomes, none chosen in advance, because it cannot be repeated. Without script it is a plain form.
import { type Outcome, OUTCOMES } from '../../workflows/rules/status.ts';
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { wordsOf } from '../words.ts';

export interface ConcludeProps {
  readonly frame: Frame;
  readonly view: Pick<RoomView, 'consultationId' | 'notAbsent' | 'tookPlace' | 'scheduleVersion'>;
  /** The room is already closed. */
  readonly isClosed?: boolean;
}

export function Conclude({ frame, view, isClosed = false }: ConcludeProps) {
  const w = wordsOf(frame.lang).room;
  const refused: Partial<Record<Outcome, string>> = {
    ...(view.notAbsent === null ? {} : { absent: w.live.both[view.notAbsent] }),
    ...(view.tookPlace ? {} : { tookPlace: w.live.both.haveNotMet }),
  };
  return (
    <section class="card" id="end" aria-labelledby="end-heading" tabIndex={-1}>
      <h2 id="end-heading">{w.concludeTitle}</h2>
      <form class="stack" method="post" action={`/desk/consultations/${view.consultationId}/conclusion`} data-conclude-form>
        <input type="hidden" name="version" value={view.scheduleVersion} />
        <fieldset class="field">
          <legend>{w.concludeHow}</legend>
          {OUTCOMES.map(outcome => (
            <label class="choice">
              <input type="radio" name="outcome" value={outcome} required disabled={refused[outcome] !== undefined} />
              <span>
                {w.outcomes[outcome].label}
                <small data-hint={w.outcomes[outcome].hint}>{refused[outcome] ?? w.outcomes[outcome].hint}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="error" role="alert" data-form-said />
        <div class="acts">
          <button class="button bad">{w.concludeTitle}</button>
          <p class="why">{isClosed ? w.concludeClosed : w.concludeWhy}</p>
        </div>
      </form>
    </section>
  );
}
