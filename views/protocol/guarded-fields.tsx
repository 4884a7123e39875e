// The fragment `#guarded`: the diagnosis and the prescription. The law closes them until a visit in person in this clinic is on record;
// then they are open and name that visit. Drawn by the form and by the route that records a visit.
import { documentDateOf, momentOf } from '../format.ts';
import { FieldMistake } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { diagnosisText } from '../../workflows/rules/protocol-draft.ts';
import { wordsOf } from '../words.ts';
import { type EditorProps, FlawOf, marksOf } from './flaws.tsx';
import { TextArea } from './text-field.tsx';

export function GuardedFields({ frame, view }: EditorProps) {
  return (
    <div class="stack" id="guarded" tabIndex={-1}>
      {view.guard.kind === 'locked' ? (
        <Locked frame={frame} view={view} />
      ) : (
        <Open frame={frame} view={view} visitedOn={view.guard.visitedOn} />
      )}
    </div>
  );
}

function Locked({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <>
      <section class="locked" aria-labelledby="locked-diagnosis">
        <h2 id="locked-diagnosis">
          <Icon name="lock" /> {w.fields.diagnosis}
        </h2>
        <FlawOf frame={frame} view={view} field="diagnosis" />
        <p>{w.lockedLead}</p>
        <p class="small">{w.lockedArticle}</p>
      </section>
      <section class="locked" aria-labelledby="locked-prescriptions">
        <h2 id="locked-prescriptions">
          <Icon name="lock" /> {w.fields.prescriptions}
        </h2>
        <FlawOf frame={frame} view={view} field="prescriptions" />
        <p>{w.lockedRx}</p>
        <EnterVisit frame={frame} view={view} />
      </section>
    </>
  );
}

function EnterVisit({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  const path = `/desk/consultations/${view.visit.consultationId}/in-person-visit`;
  const mistake = view.visitMistake === null ? null : w.visitMistakes[view.visitMistake];
  return (
    <details open={mistake !== null}>
      <summary>{w.visitEnter}</summary>
      <div class="stack tight">
        <div class="field">
          <label for="visited-on">{w.visitDate}</label>
          <p class="hint" id="visited-on-hint">
            {w.visitDateHint}
          </p>
          {mistake !== null && <FieldMistake frame={frame} id="visited-on-error" text={mistake} />}
          <input
            id="visited-on"
            name="visitedOn"
            type="date"
            class="mid"
            aria-describedby={mistake === null ? 'visited-on-hint' : 'visited-on-hint visited-on-error'}
            aria-invalid={mistake === null ? undefined : 'true'}
          />
        </div>
        <div class="acts">
          <button class="button quiet" formAction={path} hx-post={path} hx-target="#guarded" hx-swap="outerHTML">
            {w.visitSave}
          </button>
        </div>
      </div>
    </details>
  );
}

function Open({ frame, view, visitedOn }: EditorProps & { readonly visitedOn: string }) {
  const w = wordsOf(frame.lang).protocol;
  const record = view.records.find(known => known.visitedOn === visitedOn);
  return (
    <>
      <div class="field">
        <label for="diagnosis">{w.fields.diagnosis}</label>
        <p class="hint" id="diagnosis-hint">
          {w.diagnosisHint}
        </p>
        <FlawOf frame={frame} view={view} field="diagnosis" />
        <input
          id="diagnosis"
          name="diagnosis"
          value={diagnosisText(view.draft.content.diagnosis)}
          autocomplete="off"
          spellcheck={false}
          data-icd={w.diagnosisFound}
          {...marksOf(view, 'diagnosis', 'diagnosis-hint')}
        />
      </div>
      <TextArea frame={frame} view={view} field="prescriptions" rows={3} />
      {record && (
        <p class="small muted">
          {w.openedBy(documentDateOf(noonOf(visitedOn), 'UTC', frame.lang), record.doctor[frame.lang])}.{' '}
          {w.enteredBy(record.enteredBy, momentOf(record.enteredAt, frame))}
        </p>
      )}
    </>
  );
}

const noonOf = (date: string): number => Date.parse(`${date}T12:00:00Z`);
