// «Вернуть оплату»: the form of an application, filled in as far as known. It works without script; mistakes stand beside their fields.
import { minutesOf, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { CLAIM_REASONS } from '../../workflows/rules/claim.ts';
import { Crumb } from '../parts/crumb.tsx';
import { ErrorSummary, errorOf, Field, FieldMistake } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { dateOf, plainDay } from '../format.ts';
import { wordsOf } from '../words.ts';
import { fullNameOf } from '../../workflows/rules/person.ts';
import { ClaimFacts } from './claim-facts.tsx';
import type { ClaimFormView } from './claim-view.ts';
import { ClaimWhere } from './claim-where.tsx';

export interface ClaimFormPageProps {
  readonly frame: Frame;
  readonly view: ClaimFormView;
}

export function ClaimFormPage({ frame, view }: ClaimFormPageProps) {
  const w = wordsOf(frame.lang).claim;
  const { changes, mistakes } = view;
  const heading = changes === null ? w.title : w.changeHeading(changes.number);
  const day = plainDay(dateOf(view.startsAt, frame.clinic.zone), frame.lang);
  return (
    <Layout frame={frame} title={heading} current="appointments">
      <ErrorSummary frame={frame} heading={w.errorsHeading} errors={mistakes}>
        <p>{w.errorsText(mistakes.length)}</p>
      </ErrorSummary>
      <div>
        {changes === null ? (
          <Crumb href={`/consultations/${view.consultationId}`}>{w.back(day)}</Crumb>
        ) : (
          <Crumb href={`/refund-claims/${changes.id}`}>{w.openLink(changes.number)}</Crumb>
        )}
        <h1>{heading}</h1>
        <p class="lead">{changes === null ? w.lead : w.leadChange}</p>
      </div>
      <Notes frame={frame} view={view} />
      <form class="stack loose" method="post" action={view.action} noValidate>
        <input type="hidden" name="requestKey" value={view.requestKey} />
        {changes !== null && <input type="hidden" name="base" value={changes.base} />}
        <ClaimFacts frame={frame} view={view} />
        <Demand frame={frame} view={view} />
        <Claimant frame={frame} view={view} />
        <ClaimWhere frame={frame} view={view} />
        <div class="acts">
          <button class="button big" id="send-claim" name="do" value="send">
            {changes === null ? w.send : w.changeSend}
          </button>
          {changes === null && (
            <button class="button quiet" name="do" value="draft">
              {w.saveDraft}
            </button>
          )}
          <p class="why">{w.sendWhy}</p>
        </div>
      </form>
    </Layout>
  );
}

function Notes({ frame, view }: ClaimFormPageProps) {
  const w = wordsOf(frame.lang).claim;
  const { note, granted } = view;
  const isBad = note === 'stale' || note === 'over';
  return (
    <>
      {note !== null && (
        <Notice tone={isBad ? 'warn' : 'info'} icon={isBad ? 'alert' : 'doc'} role={isBad ? 'alert' : 'status'} {...w[note]} />
      )}
      {granted !== null && (
        <Notice
          tone="ok"
          icon="done"
          lead={w.approvedLead(rub(view.availableMinor, frame.lang))}
          text={`${w.grounds[granted]} ${w.approvedText}`}
        />
      )}
    </>
  );
}

function Demand({ frame, view }: ClaimFormPageProps) {
  const w = wordsOf(frame.lang).claim;
  const { typed, mistakes } = view;
  const textError = errorOf(frame, mistakes, 'text');
  const reasonError = errorOf(frame, mistakes, 'reason');
  return (
    <section class="card">
      <h2>{w.demand}</h2>
      <Field
        frame={frame}
        name="amount"
        label={w.amount}
        hint={w.amountHint(rub(view.availableMinor, frame.lang))}
        error={errorOf(frame, mistakes, 'amount')}
        input={{ class: 'mid', inputMode: 'decimal', autoComplete: 'off', maxLength: 20, value: typed.amount }}
      />
      <div class="field">
        <label for="reason">{w.reason}</label>
        {reasonError && <FieldMistake frame={frame} id="reason-error" text={reasonError} />}
        <select
          id="reason"
          name="reason"
          aria-invalid={reasonError ? 'true' : undefined}
          aria-describedby={reasonError ? 'reason-error' : undefined}
        >
          {CLAIM_REASONS.map(reason => (
            <option value={reason} selected={reason === typed.reason}>
              {w.reasons[reason]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="text">{w.text}</label>
        <p class="hint" id="text-hint">
          {w.textHint}
        </p>
        {textError && <FieldMistake frame={frame} id="text-error" text={textError} />}
        <textarea
          id="text"
          name="text"
          rows={3}
          aria-describedby={textError ? 'text-hint text-error' : 'text-hint'}
          aria-invalid={textError ? 'true' : undefined}
        >
          {typed.text}
        </textarea>
      </div>
      {view.togetherMs !== null && (
        <label class="choice">
          <input type="checkbox" name="call" value="1" checked={typed.call} />
          <span>
            {w.call(view.togetherMs === 0 ? 0 : minutesOf(view.togetherMs))}
            <small>{w.callHint}</small>
          </span>
        </label>
      )}
    </section>
  );
}

function Claimant({ frame, view }: ClaimFormPageProps) {
  const w = wordsOf(frame.lang).claim;
  const { typed, mistakes, child } = view;
  const { viewer } = frame;
  return (
    <section class="card">
      <h2>{w.claimant}</h2>
      <dl class="facts">
        <div>
          <dt>{w.name}</dt>
          <dd>
            {viewer && fullNameOf(viewer)}
            {child !== null && `, ${w.child(child)}`}
          </dd>
        </div>
        <div>
          <dt>{w.email}</dt>
          <dd>
            {view.email} <span class="muted small">{w.emailHint}</span>
          </dd>
        </div>
      </dl>
      <div class="cols">
        <Field
          frame={frame}
          name="phone"
          label={w.phone}
          hint={w.phoneHint}
          error={errorOf(frame, mistakes, 'phone')}
          input={{ type: 'tel', autoComplete: 'tel', maxLength: 40, value: typed.phone }}
        />
        <Field
          frame={frame}
          name="address"
          label={w.address}
          hint={w.addressHint}
          error={errorOf(frame, mistakes, 'address')}
          input={{ autoComplete: 'street-address', maxLength: 200, value: typed.address }}
        />
      </div>
    </section>
  );
}
