// The letters sent about a consultation and whether they were delivered.
import { clockOf, dateOf, plainDay } from '../format.ts';
import type { ConsultationView } from './timeline-view.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

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
                {plainDay(dateOf(letter.stateAt, zone), frame.lang)}, {clockOf(letter.stateAt, zone)} · {w.letterStates[letter.state]}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
