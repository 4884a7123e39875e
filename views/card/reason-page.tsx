// A doctor who treated the patient more than thirty days ago must write a reason to open the card, and the patient will read it.
import { REASON_CHARACTERS } from '../../workflows/rules/card-access.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { FieldMistake } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';

export interface ReasonPageProps {
  readonly frame: Frame;
  readonly patientName: string;
  readonly visitId: string;
  /** The address that the doctor wanted to open. */
  readonly next: string;
  /** The refused text, too short or too long; null when the page is opened first. */
  readonly mistaken: string | null;
}

export function ReasonPage({ frame, patientName, visitId, next, mistaken }: ReasonPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.card;
  const described = mistaken === null ? 'reason-hint' : 'reason-hint reason-error';
  return (
    <Layout frame={frame} title={w.reasonTitle} current="desk" staff>
      <div class="stack tight">
        <Crumb href="/desk">{words.room.toDesk}</Crumb>
        <h1>{w.reasonTitle}</h1>
        <p class="muted">{w.reasonLead(patientName)}</p>
      </div>
      {mistaken !== null && (
        <div class="errors" role="alert" tabIndex={-1}>
          <h2>{w.reasonHeading}</h2>
          <p>
            <a href="#reason">{w.reasonMistake}</a>
          </p>
        </div>
      )}
      <Notice tone="warn" icon="info" role="note" lead={w.reasonSeen} text={w.reasonSeenText} />
      <form class="card" method="post" action={`/desk/consultations/${visitId}/card`}>
        <input type="hidden" name="next" value={next} />
        <div class="field">
          <label for="reason">{w.reasonField}</label>
          <p class="hint" id="reason-hint">
            {w.reasonHint}
          </p>
          {mistaken !== null && <FieldMistake frame={frame} id="reason-error" text={w.reasonMistake} />}
          <textarea
            id="reason"
            name="reason"
            maxLength={REASON_CHARACTERS.most}
            aria-describedby={described}
            aria-invalid={mistaken === null ? undefined : 'true'}
          >
            {mistaken ?? ''}
          </textarea>
        </div>
        <div class="acts">
          <button class="button">{w.reasonDo}</button>
        </div>
      </form>
    </Layout>
  );
}
