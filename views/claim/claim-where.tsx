// Where the money goes: the way it came, or to a bank account. The fields of the account are read only with the second choice.
import type { JSX } from 'preact';
import type { Frame } from '../model.ts';
import { errorOf, Field, FieldMistake } from '../parts/field.tsx';
import { wordsOf } from '../words.ts';
import type { ClaimFormView } from './claim-view.ts';

interface Props {
  readonly frame: Frame;
  readonly view: ClaimFormView;
}

export function ClaimWhere({ frame, view }: Props) {
  const w = wordsOf(frame.lang).claim;
  const isAccount = view.needsAccount || view.typed.via === 'account';
  if (view.needsAccount)
    return (
      <section class="card">
        <h2>{w.where}</h2>
        <p>{w.accountOnly}</p>
        <input type="hidden" name="via" value="account" />
        <AccountFields frame={frame} view={view} />
      </section>
    );
  return (
    <section class="card">
      <fieldset class="field">
        <legend>{w.where}</legend>
        <label class="choice">
          <input type="radio" name="via" value="same" checked={!isAccount} />
          <span>
            {w.same}
            <small>{w.sameHint}</small>
          </span>
        </label>
        <label class="choice">
          <input type="radio" id="via-account" name="via" value="account" checked={isAccount} />
          <span>
            {w.toAccount}
            <small>{w.toAccountHint}</small>
          </span>
        </label>
      </fieldset>
      <details open={isAccount}>
        <summary>{w.accountFields}</summary>
        <AccountFields frame={frame} view={view} />
      </details>
    </section>
  );
}

function AccountFields({ frame, view }: Props) {
  const w = wordsOf(frame.lang).claim;
  const { typed, mistakes, changes } = view;
  const digits: JSX.IntrinsicElements['input'] = { inputMode: 'numeric', autoComplete: 'off', maxLength: 30 };
  const field = (name: 'holder' | 'bank' | 'bic' | 'corr' | 'account', more: JSX.IntrinsicElements['input'], hint?: string) => (
    <Field
      frame={frame}
      name={name}
      label={w[name]}
      {...(hint === undefined ? {} : { hint })}
      error={errorOf(frame, mistakes, name)}
      input={{ ...more, value: typed[name] }}
    />
  );
  const consentError = errorOf(frame, mistakes, 'bankConsent');
  const last4 = changes?.last4 ?? null;
  return (
    <div class="stack">
      <p class="muted small">{last4 === null ? w.accountKept : w.accountSealed(last4)}</p>
      {field('holder', { autoComplete: 'name', maxLength: 160 })}
      {field('bank', { autoComplete: 'off', maxLength: 160 })}
      {field('bic', digits, w.bicHint)}
      {field('corr', digits, w.corrHint)}
      {field('account', digits, w.accountHint)}
      <div class="field">
        {consentError && <FieldMistake frame={frame} id="bankConsent-error" text={consentError} />}
        <label class="choice">
          <input
            type="checkbox"
            id="bankConsent"
            name="bankConsent"
            value="1"
            checked={typed.bankConsent}
            aria-invalid={consentError ? 'true' : undefined}
            aria-describedby={consentError ? 'bankConsent-error' : undefined}
          />
          <span>{w.bankConsent}</span>
        </label>
      </div>
    </div>
  );
}
