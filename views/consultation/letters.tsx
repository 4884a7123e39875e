// Which letters went out about a consultation and whether they arrived.
import { clockOf, dateOf, plainDay } from '../format.ts';
import type { ConsultationStory } from './timeline-view.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';

export function Letters({ frame, story }: { readonly frame: Frame; readonly story: ConsultationStory }) {
  const w = wordsOf(frame.lang).consultation;
  const { zone } = frame.clinic;
  return (
    <section class="card tight">
      <h2>{w.letters}</h2>
      <p class="small muted">{story.letters.length > 0 ? w.lettersTo(story.email) : w.noLetters}</p>
      {story.letters.length > 0 && (
        <ul class="small">
          {story.letters.map(letter => (
            <li>
              {w.letterNames[letter.kind] ?? w.letterNames.unknown}
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
