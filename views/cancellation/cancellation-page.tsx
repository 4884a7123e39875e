// Cancelling: shows the exact sum before it is confirmed. The form sends the shown sum, so if it changed meanwhile the page asks again.
import { leftMinor, onCancel } from '../../workflows/rules/cancellation.ts';
import { clinicClockOf, exactMomentOf, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice, Phone } from '../parts/notice.tsx';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { TermsTable } from '../parts/terms-table.tsx';
import { wordsOf } from '../words.ts';

export interface CancellationPageProps {
  readonly frame: Frame;
  readonly talon: TalonView;
  /** The sum changed between opening the page and pressing the button: the new one is shown, and the patient is asked again. */
  readonly changed: boolean;
}

export function CancellationPage({ frame, talon, changed }: CancellationPageProps) {
  const w = wordsOf(frame.lang).cancellation;
  const { facts, status } = talon;
  const end = onCancel(talon.terms, facts, frame.now);
  return (
    <Layout frame={frame} title={w.title} current="appointments">
      {changed && <Notice tone="warn" icon="alert" role="alert" lead={w.changedLead} text={w.changed} />}
      {status === 'reserved' ? (
        <Unpaid frame={frame} talon={talon} />
      ) : status === 'progress' ? (
        <Nothing
          frame={frame}
          talon={talon}
          heading={w.tooLateHeading}
          text={w.tooLate(clinicClockOf(facts.startedAt ?? facts.startsAt, frame))}
          phone
        />
      ) : status !== 'paid' && status !== 'waiting' ? (
        <Nothing frame={frame} talon={talon} heading={w.doneHeading} text={w.done} />
      ) : end.kind === 'tooLate' ? (
        <Nothing frame={frame} talon={talon} heading={w.tooLateHeading} text={w.tooLate(clinicClockOf(facts.startsAt, frame))} phone />
      ) : (
        <Paid frame={frame} talon={talon} minor={end.minor} />
      )}
    </Layout>
  );
}

interface PartProps {
  readonly frame: Frame;
  readonly talon: TalonView;
}

function Paid({ frame, talon, minor }: PartProps & { readonly minor: number }) {
  const w = wordsOf(frame.lang).cancellation;
  const { terms } = talon;
  const sum = rub(minor, frame.lang);
  const left = leftMinor(terms, talon.facts);
  const whole = minor >= left;
  return (
    <>
      <Heading frame={frame} talon={talon} text={w.headingNow(sum)} />
      <div class="stack tight">
        <p>{whole ? w.backFull : w.backPart(rub(left - minor, frame.lang), exactMomentOf(terms.freeUntil, frame))}</p>
        <p>{w.backWhere}</p>
      </div>
      <Which frame={frame} talon={talon} />
      <section class="card">
        <h2>{w.terms}</h2>
        <TermsTable frame={frame} terms={terms} />
      </section>
      <Buttons frame={frame} talon={talon} label={w.confirm(sum)} minor={minor} />
    </>
  );
}

function Unpaid({ frame, talon }: PartProps) {
  const w = wordsOf(frame.lang).cancellation;
  return (
    <>
      <Heading frame={frame} talon={talon} text={w.heading} />
      <div class="stack tight">
        <p>{w.unpaid}</p>
        {talon.paymentOpen && <p>{w.unpaidOpen}</p>}
      </div>
      <Which frame={frame} talon={talon} />
      <Buttons frame={frame} talon={talon} label={w.confirmUnpaid} minor={0} />
    </>
  );
}

interface NothingProps extends PartProps {
  readonly heading: string;
  readonly text: string;
  readonly phone?: boolean;
}

function Nothing({ frame, talon, heading, text, phone }: NothingProps) {
  return (
    <>
      <Heading frame={frame} talon={talon} text={heading} />
      <p>
        {text} {phone && <Phone frame={frame} />}
      </p>
      <Which frame={frame} talon={talon} />
      <div class="acts">
        <a class="button" href={`/consultations/${talon.id}`}>
          {wordsOf(frame.lang).payment.toConsultation}
        </a>
      </div>
    </>
  );
}

function Heading({ frame, talon, text }: PartProps & { readonly text: string }) {
  return (
    <div>
      <Crumb href={`/consultations/${talon.id}`}>{wordsOf(frame.lang).cancellation.back}</Crumb>
      <h1>{text}</h1>
    </div>
  );
}

function Which({ frame, talon }: PartProps) {
  return (
    <div class="talons">
      <Talon frame={frame} at={talon.facts.startsAt} state={talon.status}>
        <TalonHead frame={frame} doctor={talon.doctor} slot={talon.facts} href={null} until />
      </Talon>
    </div>
  );
}

function Buttons({ frame, talon, label, minor }: PartProps & { readonly label: string; readonly minor: number }) {
  return (
    <form class="acts" method="post" action={`/consultations/${talon.id}/cancellation`}>
      <input type="hidden" name="returnMinor" value={minor} />
      <button class="button bad">{label}</button>
      <a class="button quiet" href="/appointments">
        {wordsOf(frame.lang).cancellation.keep}
      </a>
    </form>
  );
}
