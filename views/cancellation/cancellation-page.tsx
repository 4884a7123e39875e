// Cancelling: the exact sum before it is confirmed. What was shown is sent along, so a sum that changed meanwhile is asked about again.
import { onCancel } from '../../workflows/rules/cancellation.ts';
import { clinicClockOf, exactMomentOf, rub } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { ConsultationCard } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice, Phone } from '../parts/notice.tsx';
import { Talon, TalonHead } from '../parts/talon.tsx';
import { TermsTable } from '../parts/terms-table.tsx';
import { wordsOf } from '../words.ts';

export interface CancellationPageProps {
  readonly frame: Frame;
  readonly card: ConsultationCard;
  /** The sum changed between the page and the button: it is shown anew and asked again. */
  readonly changed: boolean;
}

export function CancellationPage({ frame, card, changed }: CancellationPageProps) {
  const w = wordsOf(frame.lang).cancellation;
  const { facts, status } = card;
  const end = onCancel(card.terms, facts.startsAt, frame.now);
  return (
    <Layout frame={frame} title={w.title} current="appointments">
      {changed && <Notice tone="warn" icon="alert" role="alert" lead={w.changedLead} text={w.changed} />}
      {status === 'reserved' ? (
        <Unpaid frame={frame} card={card} />
      ) : status === 'progress' ? (
        <Nothing
          frame={frame}
          card={card}
          heading={w.tooLateHeading}
          text={w.tooLate(clinicClockOf(facts.startedAt ?? facts.startsAt, frame))}
          phone
        />
      ) : status !== 'paid' && status !== 'waiting' ? (
        <Nothing frame={frame} card={card} heading={w.doneHeading} text={w.done} />
      ) : end.kind === 'tooLate' ? (
        <Nothing frame={frame} card={card} heading={w.tooLateHeading} text={w.tooLate(clinicClockOf(facts.startsAt, frame))} phone />
      ) : (
        <Paid frame={frame} card={card} minor={end.minor} />
      )}
    </Layout>
  );
}

interface PartProps {
  readonly frame: Frame;
  readonly card: ConsultationCard;
}

function Paid({ frame, card, minor }: PartProps & { readonly minor: number }) {
  const w = wordsOf(frame.lang).cancellation;
  const { terms } = card;
  const sum = rub(minor, frame.lang);
  const whole = minor >= terms.fullMinor;
  return (
    <>
      <Heading frame={frame} card={card} text={w.headingNow(sum)} />
      <div class="stack tight">
        <p>{whole ? w.backFull : w.backPart(rub(terms.fullMinor - minor, frame.lang), exactMomentOf(terms.freeUntil, frame))}</p>
        <p>{w.backWhere}</p>
      </div>
      <Which frame={frame} card={card} />
      <section class="card">
        <h2>{w.terms}</h2>
        <TermsTable frame={frame} terms={terms} />
      </section>
      <Buttons frame={frame} card={card} label={w.confirm(sum)} minor={minor} />
    </>
  );
}

function Unpaid({ frame, card }: PartProps) {
  const w = wordsOf(frame.lang).cancellation;
  return (
    <>
      <Heading frame={frame} card={card} text={w.heading} />
      <div class="stack tight">
        <p>{w.unpaid}</p>
        {card.paymentOpen && <p>{w.unpaidOpen}</p>}
      </div>
      <Which frame={frame} card={card} />
      <Buttons frame={frame} card={card} label={w.confirmUnpaid} minor={0} />
    </>
  );
}

interface NothingProps extends PartProps {
  readonly heading: string;
  readonly text: string;
  readonly phone?: boolean;
}

function Nothing({ frame, card, heading, text, phone }: NothingProps) {
  return (
    <>
      <Heading frame={frame} card={card} text={heading} />
      <p>
        {text} {phone && <Phone frame={frame} />}
      </p>
      <Which frame={frame} card={card} />
      <div class="acts">
        <a class="button" href={`/consultations/${card.id}`}>
          {wordsOf(frame.lang).payment.toConsultation}
        </a>
      </div>
    </>
  );
}

function Heading({ frame, card, text }: PartProps & { readonly text: string }) {
  return (
    <div>
      <Crumb href={`/consultations/${card.id}`}>{wordsOf(frame.lang).cancellation.back}</Crumb>
      <h1>{text}</h1>
    </div>
  );
}

function Which({ frame, card }: PartProps) {
  return (
    <div class="talons">
      <Talon frame={frame} at={card.facts.startsAt} state={card.status}>
        <TalonHead frame={frame} doctor={card.doctor} slot={card.facts} href={null} until />
      </Talon>
    </div>
  );
}

function Buttons({ frame, card, label, minor }: PartProps & { readonly label: string; readonly minor: number }) {
  return (
    <form class="acts" method="post" action={`/consultations/${card.id}/cancellation`}>
      <input type="hidden" name="returnMinor" value={minor} />
      <button class="button bad">{label}</button>
      <a class="button quiet" href="/appointments">
        {wordsOf(frame.lang).cancellation.keep}
      </a>
    </form>
  );
}
