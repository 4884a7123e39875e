// The page of one consultation: what to do now, its timeline, the money and the letters.
import { mayConfirm } from '../../workflows/rules/visit-confirmation.ts';
import { isUpcoming } from '../../workflows/rules/status.ts';
import { AppointmentTalon } from '../appointments/appointment-talon.tsx';
import { ToClaim } from '../claim/claim-offer.tsx';
import { clinicClockOf, dateOf, ownClockOf, plainDay } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { ConsultationView } from './timeline-view.ts';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Icon } from '../parts/icon.tsx';
import { moneyLine } from '../parts/money-line.ts';
import { Phone } from '../parts/notice.tsx';
import { doctorTitle } from '../parts/person.tsx';
import { Tag } from '../parts/tag.tsx';
import { endOf } from '../appointments/ended.tsx';
import { wordsOf } from '../words.ts';
import { Letters } from './letters.tsx';
import { MoneyLog } from './money-log.tsx';
import { ConsultationTimeline } from './consultation-timeline.tsx';

export interface ConsultationPageProps {
  readonly frame: Frame;
  readonly consultation: ConsultationView;
}

export function ConsultationPage({ frame, consultation }: ConsultationPageProps) {
  const { lang } = frame;
  const w = wordsOf(lang).consultation;
  const { facts, doctor } = consultation;
  const upcoming = isUpcoming(facts, frame.now);
  const day = plainDay(dateOf(facts.startsAt, frame.clinic.zone), lang);
  const heading = w.heading(day, clinicClockOf(facts.startsAt, frame));
  const own = ownClockOf(facts.startsAt, frame);
  return (
    <Layout frame={frame} title={heading} current="appointments">
      <div>
        <Crumb href={upcoming ? '/appointments' : '/appointments/history'}>{upcoming ? w.back : w.backHistory}</Crumb>
        <div class="row apart">
          <div class="stack tight">
            <h1>{heading}</h1>
            <p class="muted">
              {doctorTitle(doctor, lang)}
              {own && ` · ${own}`}
            </p>
          </div>
          {!upcoming && <Tag frame={frame} status={consultation.status} facts={facts} />}
        </div>
      </div>
      {upcoming ? (
        <div class="talons">
          <AppointmentTalon frame={frame} talon={consultation} />
        </div>
      ) : (
        <Ending frame={frame} consultation={consultation} />
      )}
      <div class="split">
        <div class="stack">
          <ConsultationTimeline frame={frame} consultation={consultation} />
          {consultation.facts.firmAt !== null && consultation.facts.cancelledAt === null && (
            <ToQuestionnaire frame={frame} consultation={consultation} />
          )}
          {mayConfirm(consultation.facts, frame.now) && <ToConfirmation frame={frame} consultation={consultation} />}
          {consultation.hasPassport && <ToPassport frame={frame} consultation={consultation} />}
          {consultation.claim && <ToClaim frame={frame} consultationId={consultation.id} offer={consultation.claim} />}
        </div>
        <aside class="stack">
          <MoneyLog frame={frame} consultation={consultation} />
          <Letters frame={frame} consultation={consultation} />
          <section class="card tight">
            <h2>{w.help}</h2>
            <p class="small">{w.helpText}</p>
            <p>
              <Phone frame={frame} />
            </p>
          </section>
        </aside>
      </div>
    </Layout>
  );
}

function ToQuestionnaire({ frame, consultation }: ConsultationPageProps) {
  const w = wordsOf(frame.lang).questionnaire;
  const isOver = consultation.facts.concludedAt !== null;
  return (
    <ul class="list" role="list">
      <li>
        <a class="go" href={`/consultations/${consultation.id}/questionnaire`}>
          <Icon name="doc" />
          <span>
            {isOver ? w.linkChange : w.link}
            {!isOver && <small>{w.linkHint}</small>}
          </span>
          <Icon name="right" />
        </a>
      </li>
    </ul>
  );
}

function ToConfirmation({ frame, consultation }: ConsultationPageProps) {
  const w = wordsOf(frame.lang).confirmation;
  return (
    <ul class="list" role="list">
      <li>
        <a class="go" href={`/consultations/${consultation.id}/took-place`}>
          <Icon name="phone" />
          <span>
            {w.link}
            <small>{w.linkHint}</small>
          </span>
          <Icon name="right" />
        </a>
      </li>
    </ul>
  );
}

function ToPassport({ frame, consultation }: ConsultationPageProps) {
  const w = wordsOf(frame.lang).passport;
  return (
    <ul class="list" role="list">
      <li>
        <a class="go" href={`/consultations/${consultation.id}/passport`}>
          <Icon name="net" />
          <span>
            {w.title}
            <small>{w.linkHint}</small>
          </span>
          <Icon name="right" />
        </a>
      </li>
    </ul>
  );
}

function Ending({ frame, consultation }: ConsultationPageProps) {
  return (
    <div class="stack tight">
      <p>
        {endOf(frame, consultation)} {moneyLine(consultation.facts, frame)}
      </p>
      <div class="acts">
        {consultation.status === 'published' && (
          <a class="button" href={`/consultations/${consultation.id}/protocol`}>
            {wordsOf(frame.lang).appointments.protocol}
          </a>
        )}
        <a class="button quiet" href={`/doctors/${consultation.doctor.id}`}>
          {wordsOf(frame.lang).appointments.again}
        </a>
      </div>
    </div>
  );
}
