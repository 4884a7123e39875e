// Signing: a second click confirms it. Before the visit is over it says what must happen first.
import { printedPlain } from '../../workflows/rules/lettering.ts';
import { DRAFT_FIELDS, fieldText } from '../../workflows/rules/protocol-draft.ts';
import { clockOf } from '../format.ts';
import { Icon } from '../parts/icon.tsx';
import { wordsOf } from '../words.ts';
import type { EditorProps } from './flaws.tsx';

export function SignCard({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  const plain = printedPlain([view.visit.patientName, ...DRAFT_FIELDS.map(field => fieldText(view.draft, field))].join(' '));
  const path = `/desk/consultations/${view.visit.consultationId}/protocol`;
  return (
    <section class="card tight" id="sign" aria-labelledby="sign-heading" tabIndex={-1}>
      <h2 id="sign-heading">{w.signTitle}</h2>
      {plain.length > 0 && <p class="small">{w.printedPlain(plain.join(', '))}</p>}
      {view.maySign ? (
        <details data-sign>
          <summary class="button quiet wide">{w.sign}</summary>
          <div class="stack tight">
            <p class="small">{w.signText}</p>
            <button class="button" formAction={view.round === 1 ? path : `${path}/amendment`} data-sign-button>
              {w.signSure}
            </button>
          </div>
        </details>
      ) : (
        <p class="small">
          {w.signLater}{' '}
          <a href={view.visit.concludedAt === null ? `/desk/consultations/${view.visit.consultationId}#end` : '/desk'} data-end>
            {w.toEnd}
          </a>
        </p>
      )}
      <button class="button quiet wide" formAction={`${path}/preview`} formTarget="_blank" data-preview>
        <Icon name="doc" />
        {w.preview}
      </button>
      {/* This copy stays visible while the doctor types; screen readers announce the line above the form. */}
      <p class="small muted" data-save-said>
        {view.savedAt === null ? w.notSaved : w.savedAt(clockOf(view.savedAt, frame.clinic.zone))}
      </p>
    </section>
  );
}
