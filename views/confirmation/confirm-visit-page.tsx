// Confirms that a visit took place without a meeting in the call: by the patient with one button, by the front desk with a reason. The price stays with
// the clinic after it, so the page says so.
import { CONFIRMATION_REASON } from '../../workflows/rules/visit-confirmation.ts';
import { momentOf, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { FieldMistake } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { doctorName } from '../parts/person.tsx';
import { wordsOf } from '../words.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

export interface ConfirmVisitPageProps {
  readonly frame: Frame;
  readonly consultation: Consultation;
  /** The patient's name for the front desk; null on the patient's own page. */
  readonly patientName: string | null;
  readonly state: 'open' | 'confirmed' | 'closed';
  /** The front desk's refused reason; null when the page is opened first. */
  readonly mistaken?: string | null;
}

export function ConfirmVisitPage({ frame, consultation, patientName, state, mistaken = null }: ConfirmVisitPageProps) {
  const w = wordsOf(frame.lang).confirmation;
  const { id, facts, doctor } = consultation;
  const isStaff = patientName !== null;
  const back = isStaff ? '/desk' : `/consultations/${id}`;
  return (
    <Layout frame={frame} title={w.title} current={isStaff ? 'desk' : 'appointments'} staff={isStaff}>
      <div class="stack tight">
        <Crumb href={back}>{isStaff ? w.toDesk : w.toConsultation}</Crumb>
        <h1>{w.heading}</h1>
        <p class="muted">{w.visit(doctorName(doctor, frame.lang), momentOf(facts.startsAt, frame), patientName)}</p>
      </div>
      {state === 'confirmed' && <Notice tone="ok" icon="check" role="status" text={w.done} />}
      {state === 'closed' && <Notice tone="warn" icon="info" role="status" text={w.closed} />}
      {state === 'open' && (
        <form class="card" method="post" action={isStaff ? `/desk/consultations/${id}/took-place` : `/consultations/${id}/took-place`}>
          <p>{isStaff ? w.staffText : w.text}</p>
          <p>{w.money(rub(facts.priceMinor, frame.lang))}</p>
          <input type="hidden" name="version" value={consultation.scheduleVersion} />
          {isStaff && (
            <div class="field">
              <label for="reason">{w.reason}</label>
              <p class="hint" id="reason-hint">
                {w.reasonHint}
              </p>
              {mistaken !== null && <FieldMistake frame={frame} id="reason-error" text={w.reasonMistake} />}
              <textarea
                id="reason"
                name="reason"
                maxLength={CONFIRMATION_REASON.most}
                aria-describedby={mistaken === null ? 'reason-hint' : 'reason-hint reason-error'}
                aria-invalid={mistaken === null ? undefined : 'true'}
              >
                {mistaken ?? ''}
              </textarea>
            </div>
          )}
          <div class="acts">
            <button class="button">{isStaff ? w.staffDo : w.do}</button>
            <a class="button quiet" href={back}>
              {w.notSo}
            </a>
          </div>
        </form>
      )}
    </Layout>
  );
}
