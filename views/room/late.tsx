// «Задерживаюсь»: the doctor enters how late they are, and the waiting room shows it to the patient.
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import { wordsOf } from '../words.ts';

const MINUTES = [5, 10, 15, 20, 30, 45];

export function Late({ frame, view }: { readonly frame: Frame; readonly view: RoomView }) {
  const words = wordsOf(frame.lang);
  const w = words.room;
  if (view.startedAt !== null) return null;
  return (
    <ul class="list" role="list" data-late>
      <li>
        <details open={view.late !== null && view.late.minutes > 0}>
          <summary>{w.late}</summary>
          <div>
            <form class="stack tight" method="post" action={`/desk/consultations/${view.consultationId}/late`} data-late-form>
              <div class="field">
                <label for="late-minutes">{w.lateMinutes}</label>
                <p class="hint">{w.lateHint}</p>
                <select id="late-minutes" name="minutes" class="mid">
                  {MINUTES.map(n => (
                    <option value={n} selected={n === view.late?.minutes}>
                      {words.frame.minutes(n)}
                    </option>
                  ))}
                </select>
              </div>
              <div class="acts">
                <button class="button quiet">{w.lateTell}</button>
                <p class="why" role="status" data-form-said />
              </div>
            </form>
          </div>
        </details>
      </li>
    </ul>
  );
}
