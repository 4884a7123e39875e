// Two versions of the text from two tabs, field by field where they differ: the doctor's own text stays in the fields, the other one is
// shown here. The script draws the same rows from the template; without script the other text can be copied.
import { differing, type DraftField, fieldText } from '../../workflows/rules/protocol-draft.ts';
import { clockOf } from '../format.ts';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import type { EditorProps } from './flaws.tsx';
import { Lines } from './lines.tsx';

export function Clash({ frame, view }: EditorProps) {
  const w = wordsOf(frame.lang).protocol;
  const { clash, draft } = view;
  const at = clash?.at ?? null;
  return (
    <>
      <section class="stack" data-clash hidden={clash === null} aria-label={w.clashLead} tabIndex={-1}>
        <Notice tone="warn" icon="alert" lead={w.clashLead} text={w.clashText}>
          <p class="small" data-clash-at>
            {at === null ? '' : w.clashAt(clockOf(at, frame.clinic.zone))}
          </p>
        </Notice>
        <div class="stack" data-clash-rows>
          {clash !== null &&
            differing(draft, clash.draft).map(field => (
              <Row
                frame={frame}
                view={view}
                field={field}
                name={w.fields[field]}
                mine={fieldText(draft, field)}
                other={fieldText(clash.draft, field)}
              />
            ))}
        </div>
      </section>
      <template data-clash-row>
        <Row frame={frame} view={view} field={null} name="" mine="" other="" />
      </template>
    </>
  );
}

interface RowProps extends EditorProps {
  /** Null in the template. */
  readonly field: DraftField | null;
  readonly name: string;
  readonly mine: string;
  readonly other: string;
}

function Row({ frame, field, name, mine, other }: RowProps) {
  const w = wordsOf(frame.lang).protocol;
  return (
    <section class="card tight" data-field={field ?? undefined}>
      <h2 data-name>{name}</h2>
      <div class="cols">
        <div>
          <p class="small muted">{w.clashMine}</p>
          <div data-mine>
            <Lines text={mine} empty={w.clashEmpty} />
          </div>
        </div>
        <div>
          <p class="small muted">{w.clashOther}</p>
          <div data-other>
            <Lines text={other} empty={w.clashEmpty} />
          </div>
        </div>
      </div>
      <div class="acts scripted">
        <button class="button quiet" type="button" data-keep>
          {w.keepMine}
        </button>
        <button class="button quiet" type="button" data-take>
          {w.takeOther}
        </button>
      </div>
    </section>
  );
}
