// «Адрес для писем»: the address that does not take letters, and a field for another one, with a code when it is not a verified one.
import { Layout } from '../layout.tsx';
import type { FieldError, Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { EMAIL_INPUT, ErrorSummary, errorOf, Field } from '../parts/field.tsx';
import { wordsOf } from '../words.ts';

export interface AddressPageProps {
  readonly frame: Frame;
  readonly bounced: string;
  /** What was typed. */
  readonly email: string;
  /** The typed code; null when none is asked for. */
  readonly code: string | null;
  readonly errors: readonly FieldError[];
}

export function AddressPage({ frame, bounced, email, code, errors }: AddressPageProps) {
  const { appointments: w, booking } = wordsOf(frame.lang);
  return (
    <Layout frame={frame} title={w.addressTitle} current="appointments">
      <ErrorSummary frame={frame} heading={w.addressErrors} errors={errors} />
      <div>
        <Crumb href="/appointments">{w.title}</Crumb>
        <h1>{w.addressTitle}</h1>
      </div>
      <p class="lead">{w.bouncedLead(bounced)}</p>
      <form class="card" method="post" action="/appointments/address" noValidate>
        <Field
          frame={frame}
          name="email"
          label={w.addressNew}
          error={errorOf(frame, errors, 'email')}
          input={{ ...EMAIL_INPUT, class: 'mid', value: email }}
        />
        {code !== null && (
          <Field
            frame={frame}
            name="code"
            label={booking.code}
            hint={booking.codeHint}
            error={errorOf(frame, errors, 'code')}
            input={{ class: 'code', inputMode: 'numeric', autoComplete: 'one-time-code', required: true, value: code }}
          />
        )}
        <div class="acts">
          <button class="button" id="save-address">
            {w.addressSave}
          </button>
          <p class="why">{w.addressWhy}</p>
        </div>
      </form>
    </Layout>
  );
}
