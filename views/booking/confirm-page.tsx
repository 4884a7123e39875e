// The confirmation of a booking: what is booked, the warning, what prepayment means, the exact sums of a cancellation, the address for
// letters. Nothing is charged here.
import { agreementOf, type CancellationTerms } from '../../workflows/rules/cancellation.ts';
import type { Interval } from '../../workflows/rules/interval.ts';
import { cityOf } from '../zones.ts';
import { ownZoneOf, rub, zoneNameOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { FieldError, Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { EMAIL_INPUT, ErrorSummary, errorOf, Field, FieldMistake } from '../parts/field.tsx';
import { Obstacles, Warning } from '../parts/notice.tsx';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { TermsTable } from '../parts/terms-table.tsx';
import { wordsOf } from '../words.ts';
import { Prepayment } from './prepayment.tsx';
import { fullNameOf } from '../../workflows/rules/person.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface ConfirmPageProps {
  readonly frame: Frame;
  readonly doctor: Doctor;
  readonly slot: Interval;
  readonly terms: CancellationTerms;
  readonly email: string;
  /** Typed to confirm an address that is not verified; null when no code is asked for. */
  readonly code: string | null;
  readonly read: boolean;
  /** Makes a repeated POST the same request. */
  readonly requestKey: string;
  /** Fields `email`, `code` and `read`, `confirm` for a limit, and `terms` when they changed since the page was drawn. */
  readonly errors: readonly FieldError[];
}

export function ConfirmPage(props: ConfirmPageProps) {
  const { frame, doctor, slot, terms, errors } = props;
  const w = wordsOf(frame.lang).booking;
  return (
    <Layout frame={frame} title={w.title} current="online">
      <ErrorSummary frame={frame} heading={w.errorsHeading} errors={errors}>
        <p>{w.errorsText(errors.length)}</p>
      </ErrorSummary>
      <div>
        <Crumb href={`/doctors/${doctor.id}`}>{w.otherTime}</Crumb>
        <h1>{w.heading}</h1>
      </div>
      <Booked frame={frame} doctor={doctor} slot={slot} />
      <Warning frame={frame} />
      <Obstacles frame={frame} />
      <form class="stack loose" method="post" action="/consultations" noValidate>
        <input type="hidden" name="requestKey" value={props.requestKey} />
        <input type="hidden" name="doctorId" value={doctor.id} />
        <input type="hidden" name="startsAt" value={slot.startsAt} />
        <input type="hidden" name="agreed" value={agreementOf(terms)} />
        <Prepayment frame={frame} />
        <section class="card" id="terms" tabIndex={-1}>
          <h2>{w.ifPlans}</h2>
          {errorOf(frame, errors, 'terms') && <FieldMistake frame={frame} id="terms-error" text={errorOf(frame, errors, 'terms') ?? ''} />}
          <TermsTable frame={frame} terms={terms} />
        </section>
        <Where {...props} />
        <div class="acts">
          {errorOf(frame, errors, 'confirm') !== null && (
            <FieldMistake frame={frame} id="confirm-error" text={errorOf(frame, errors, 'confirm') ?? ''} />
          )}
          <button class="button big" id="confirm">
            {w.confirm}
          </button>
          <p class="why">{w.confirmWhy(frame.clinic.holdMinutes)}</p>
        </div>
        <CheckLink frame={frame} />
      </form>
    </Layout>
  );
}

/** Opens in a new tab, so that nothing typed on this page is lost. */
function CheckLink({ frame }: { readonly frame: Frame }) {
  const { booking, check } = wordsOf(frame.lang);
  return (
    <p class="small">
      {booking.checkFirst}{' '}
      <a href="/check" target="_blank" rel="noopener">
        {check.link}
        <span class="away">{check.newTab}</span>
      </a>
    </p>
  );
}

function Booked({ frame, doctor, slot }: Pick<ConfirmPageProps, 'frame' | 'doctor' | 'slot'>) {
  const { lang, viewer } = frame;
  const words = wordsOf(lang);
  const own = ownZoneOf(slot.startsAt, frame);
  return (
    <div class="talons">
      <Talon
        frame={frame}
        at={slot.startsAt}
        state="paid"
        clinicNote={words.booking.clinicZone(zoneNameOf(slot.startsAt, frame.clinic.zone, lang))}
        ownNote={own ? words.booking.ownZone(cityOf(own, lang)) : undefined}
      >
        <TalonHead frame={frame} doctor={doctor} slot={slot} href={null} until>
          <p class="big-num">{rub(doctor.priceMinor, lang)}</p>
        </TalonHead>
        {viewer && (
          <p class="small">
            {words.booking.patient} <b>{fullNameOf(viewer)}</b>
            {viewer.birthDate && `, ${words.frame.bornIn(viewer.birthDate.slice(0, 4))}`}
          </p>
        )}
      </Talon>
    </div>
  );
}

function Where({ frame, email, code, read, errors }: ConfirmPageProps) {
  const w = wordsOf(frame.lang).booking;
  const readError = errorOf(frame, errors, 'read');
  return (
    <section class="card">
      <h2>{w.where}</h2>
      <Field
        frame={frame}
        name="email"
        label={w.email}
        hint={w.emailHint}
        error={errorOf(frame, errors, 'email')}
        input={{ ...EMAIL_INPUT, class: 'mid', value: email }}
      />
      {code !== null && (
        <Field
          frame={frame}
          name="code"
          label={w.code}
          hint={w.codeHint}
          error={errorOf(frame, errors, 'code')}
          input={{ class: 'code', inputMode: 'numeric', autoComplete: 'one-time-code', required: true, value: code }}
        />
      )}
      <div class="field">
        {readError && <FieldMistake frame={frame} id="read-error" text={readError} />}
        <label class="choice">
          <input
            type="checkbox"
            id="read"
            name="read"
            value="1"
            required
            checked={read}
            aria-invalid={readError ? 'true' : undefined}
            aria-describedby={readError ? 'read-error' : undefined}
          />
          <span>{w.read}</span>
        </label>
      </div>
    </section>
  );
}
