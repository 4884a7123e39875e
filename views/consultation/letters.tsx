// The letters sent about a consultation and whether they were delivered.
import { clockOf, dateOf, plainDay } from '../format.ts';
import type { ConsultationView } from './timeline-view.ts';
import type { Frame } from '../model.ts';
import type { ConsultationWords } from '../words/consultation.ru.ts';
import { wordsOf } from '../words.ts';
import type { LetterTrace } from '../../workflows/rules/letter.ts';

export function Letters({ frame, consultation }: { readonly frame: Frame; readonly consultation: ConsultationView }) {
  const w = wordsOf(frame.lang).consultation;
  const { zone } = frame.clinic;
  return (
    <section class="card tight">
      <h2>{w.letters}</h2>
      <p class="small muted">{consultation.letters.length > 0 ? w.lettersTo(consultation.email) : w.noLetters}</p>
      {consultation.letters.length > 0 && (
        <ul class="small">
          {consultation.letters.map(letter => (
            <li>
              {w.letterNames[letter.kind]}
              <br />
              <span class="muted">
                {plainDay(dateOf(letter.stateAt, zone), frame.lang)}, {clockOf(letter.stateAt, zone)} · {letterState(w, letter)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The state of a letter in words, with the reason when it was not sent. */
export const letterState = (w: ConsultationWords, { state, why }: LetterTrace): string =>
  state === 'failed' && why !== null ? w.letterEnds[why] : w.letterStates[state];
