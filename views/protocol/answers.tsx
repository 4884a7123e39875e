// The patient's answers to the questionnaire, above the editor, with their time.
import { momentOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import type { Answered } from '../../workflows/rules/questionnaire.ts';

export function Answers({ frame, answered }: { readonly frame: Frame; readonly answered: Answered | null }) {
  const w = wordsOf(frame.lang).protocol;
  const given = answered?.answers.filter(({ answer }) => answer !== '') ?? [];
  if (answered === null || given.length === 0) return <p class="small muted">{w.answersNone}</p>;
  return (
    <ul class="list" role="list">
      <li>
        <details open>
          <summary>{w.answersTitle}</summary>
          <div class="stack tight">
            <dl class="facts">
              {given.map(one => (
                <div>
                  <dt>{one[frame.lang]}</dt>
                  <dd>{one.answer}</dd>
                </div>
              ))}
            </dl>
            <p class="small muted">{w.answersAt(momentOf(answered.at, frame))}</p>
          </div>
        </details>
      </li>
    </ul>
  );
}
