// One text field of the protocol, which grows with its text, with the quick phrases of the field.
import type { TextField } from '../../workflows/rules/protocol.ts';
import { wordsOf } from '../words.ts';
import { type EditorProps, FlawOf, marksOf } from './flaws.tsx';

const ALT_DIGITS = 9;

export function TextArea({ frame, view, field, rows }: EditorProps & { readonly field: TextField; readonly rows: number }) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <div class="field">
      <label for={field}>{w.fields[field]}</label>
      <FlawOf frame={frame} view={view} field={field} />
      <textarea id={field} name={field} rows={rows} {...marksOf(view, field)}>
        {view.draft.content[field]}
      </textarea>
      <Phrases frame={frame} view={view} field={field} />
    </div>
  );
}

function Phrases({ frame, view, field }: EditorProps & { readonly field: TextField }) {
  const w = wordsOf(frame.lang).protocol;
  const phrases = view.phrases.filter(phrase => phrase.field === field);
  if (phrases.length === 0) return null;
  return (
    <details class="scripted small">
      <summary>{w.phrases(w.fields[field])}</summary>
      <div class="stack tight">
        {phrases.map((phrase, i) => (
          <button class="button plain" type="button" data-phrase={phrase.id}>
            {i < ALT_DIGITS && <span class="muted nowrap">{w.phraseKey(i + 1)}</span>}
            <span>{phrase.text}</span>
          </button>
        ))}
      </div>
    </details>
  );
}
