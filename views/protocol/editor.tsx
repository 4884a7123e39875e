// The protocol editor, one form: beside the call in the room and on its own page after it. Without script its buttons save and sign; with
// script the text is also saved while the doctor types.
import { FromCard } from '../card/from-card.tsx';
import { clockOf } from '../format.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import { Clash } from './clash.tsx';
import { type EditorProps, FlawOf, FlawSummary, marksOf } from './flaws.tsx';
import { GuardedFields } from './guarded-fields.tsx';
import { PastSaves } from './past-saves.tsx';
import { SignCard } from './sign-card.tsx';
import { KeepTemplate, Templates } from './templates.tsx';
import { TextArea } from './text-field.tsx';

export function Editor({ frame, view, isBeside }: EditorProps & { readonly isBeside: boolean }) {
  const w = wordsOf(frame.lang).protocol;
  const path = `/desk/consultations/${view.visit.consultationId}/protocol`;
  const fields = (
    <div class={isBeside ? 'stack' : 'card'}>
      <Templates frame={frame} view={view} />
      <Fields frame={frame} view={view} />
    </div>
  );
  const beside = (
    <>
      <SignCard frame={frame} view={view} />
      <FromCard frame={frame} consultationId={view.visit.consultationId} entries={view.fromCard} />
      <PastSaves frame={frame} view={view} />
      <KeepTemplate frame={frame} view={view} />
      <section class="card tight scripted">
        <h2>{w.keys}</h2>
        <ul class="small">
          {w.keysText.map(key => (
            <li>{key}</li>
          ))}
        </ul>
      </section>
    </>
  );
  return (
    <form class="stack" method="post" action={`${path}/draft`} data-editor noValidate>
      <input type="hidden" name="round" value={view.round} />
      <input type="hidden" name="version" value={view.version} />
      <SaveLine frame={frame} view={view} />
      <FlawSummary frame={frame} view={view} />
      <Clash frame={frame} view={view} />
      {isBeside ? (
        <div class="stack">
          {fields}
          {beside}
        </div>
      ) : (
        <div class="split">
          {fields}
          <aside class="stack">{beside}</aside>
        </div>
      )}
    </form>
  );
}

function SaveLine({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <div class="row apart">
      <p class="small muted" role="status">
        <span data-save-mark hidden={view.savedAt === null}>
          <Icon name="check" />{' '}
        </span>
        <span data-save-said>{view.savedAt === null ? w.notSaved : w.savedAt(clockOf(view.savedAt, frame.clinic.zone))}</span>
      </p>
      <button class="button quiet" data-save>
        {w.saveDraft}
      </button>
    </div>
  );
}

function Fields({ frame, view }: EditorProps) {
  return (
    <>
      {view.round > 1 && <Reason frame={frame} view={view} />}
      <TextArea frame={frame} view={view} field="complaints" rows={3} />
      <TextArea frame={frame} view={view} field="anamnesis" rows={3} />
      <TextArea frame={frame} view={view} field="objective" rows={2} />
      <TextArea frame={frame} view={view} field="documents" rows={2} />
      <GuardedFields frame={frame} view={view} />
      <TextArea frame={frame} view={view} field="conclusion" rows={3} />
      <TextArea frame={frame} view={view} field="recommendations" rows={4} />
      <TextArea frame={frame} view={view} field="examinations" rows={2} />
      <InPerson frame={frame} view={view} />
    </>
  );
}

function Reason({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <div class="field">
      <label for="reason">{w.fields.reason}</label>
      <p class="hint" id="reason-hint">
        {w.reasonHint}
      </p>
      <FlawOf frame={frame} view={view} field="reason" />
      <textarea id="reason" name="reason" rows={2} {...marksOf(view, 'reason', 'reason-hint')}>
        {view.draft.reason}
      </textarea>
    </div>
  );
}

function InPerson({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  const { isNeeded, when } = view.draft.content.inPerson;
  return (
    <div class="stack tight">
      <label class="choice">
        <input type="checkbox" name="inPersonNeeded" value="on" checked={isNeeded} />
        <span>
          {w.fields.inPerson}
          <small>{w.inPersonHint}</small>
        </span>
      </label>
      <div class="field">
        <label for="in-person-when">{w.inPersonWhen}</label>
        <p class="hint" id="in-person-hint">
          {w.inPersonWhenHint}
        </p>
        <FlawOf frame={frame} view={view} field="inPerson" />
        <input id="in-person-when" name="inPersonWhen" value={when} autocomplete="off" {...marksOf(view, 'inPerson', 'in-person-hint')} />
      </div>
    </div>
  );
}
