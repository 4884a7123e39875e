// Templates: one fills the empty fields, which one button can undo; the current text can be saved as the doctor's own template.
import { wordsOf } from '../words.ts';
import type { EditorProps } from './flaws.tsx';

export function Templates({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  if (view.templates.length === 0) return null;
  return (
    <div class="stack tight scripted">
      <div class="field">
        <label for="template">{w.template}</label>
        <select id="template" class="mid" data-template>
          <option value="">{w.templateEmpty}</option>
          {view.templates.map(({ id, name, isOwn }) => (
            <option value={id}>{isOwn ? w.templateOwn(name) : name}</option>
          ))}
        </select>
      </div>
      <div class="acts">
        <button class="button quiet" type="button" data-template-fill>
          {w.templateFill}
        </button>
        <button class="button plain" type="button" data-template-undo hidden>
          {w.templateUndo}
        </button>
        <p class="why" role="status" data-template-said />
      </div>
    </div>
  );
}

export function KeepTemplate({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <ul class="list" role="list">
      <li>
        <details>
          <summary>{w.templateKeep}</summary>
          <div class="stack tight">
            <div class="field">
              <label for="template-name">{w.templateName}</label>
              <p class="hint" id="template-name-hint">
                {w.templateNameHint}
              </p>
              <input id="template-name" name="templateName" maxLength={80} autocomplete="off" aria-describedby="template-name-hint" />
            </div>
            <div class="acts">
              <button
                class="button quiet"
                formAction={`/desk/consultations/${view.visit.consultationId}/protocol/template`}
                data-template-keep
              >
                {w.templateSave}
              </button>
              <p class="why" role="status" data-template-kept />
            </div>
          </div>
        </details>
      </li>
    </ul>
  );
}
