// The errors that prevent the signing of a protocol: beside the field and in the summary above, in the same words.
import type { Flaw } from '../../workflows/rules/protocol-draft.ts';
import type { Frame } from '../model.ts';
import type { EditorView } from './protocol-view.ts';
import { FieldMistake } from '../parts/field.tsx';
import { wordsOf } from '../words.ts';

export interface EditorProps {
  readonly frame: Frame;
  readonly view: EditorView;
}

function flawText(frame: Frame, flaw: Flaw): string {
  const { fields, flaws } = wordsOf(frame.lang).protocol;
  const { field, kind } = flaw;
  switch (kind) {
    case 'unprintable':
      return flaws.unprintable(fields[field], flaw.signs);
    case 'empty':
    case 'tooLong':
    case 'locked':
      return flaws[kind](fields[field]);
    default:
      return flaws[kind];
  }
}

/** The error of one field, placed before its control; nothing when there is none. */
export function FlawOf({ frame, view, field }: EditorProps & { readonly field: Flaw['field'] }) {
  const flaw = view.flaws.find(found => found.field === field);
  return flaw === undefined ? null : <FieldMistake frame={frame} id={`${field}-error`} text={flawText(frame, flaw)} />;
}

/** The aria attributes that connect a control with its error, and with its hint if it has one. */
export function marksOf(view: EditorView, field: Flaw['field'], hint?: string) {
  const isWrong = view.flaws.some(found => found.field === field);
  const described = [hint, isWrong ? `${field}-error` : undefined].filter(id => id !== undefined).join(' ');
  return { 'aria-describedby': described || undefined, 'aria-invalid': isWrong ? 'true' : undefined } as const;
}

/** The anchor of the field: `in-person-when` for the in-person field, `guarded` for locked ones; other fields use their own names. */
const anchorOf = ({ field, kind }: Flaw): string =>
  field === 'inPerson' ? '#in-person-when' : kind === 'locked' ? '#guarded' : `#${field}`;

export function FlawSummary({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  if (view.flaws.length === 0 && view.visitMistake === null) return null;
  return (
    <div class="errors" role="alert" tabIndex={-1}>
      <h2>{view.visitMistake === null ? w.errorsHeading : w.visitErrorHeading}</h2>
      <ul>
        {view.visitMistake !== null && (
          <li>
            <a href="#visited-on">{w.visitMistakes[view.visitMistake]}</a>
          </li>
        )}
        {view.flaws.map(flaw => (
          <li>
            <a href={anchorOf(flaw)}>{flawText(frame, flaw)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
