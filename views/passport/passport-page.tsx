// «Запись звонка»: who met whom and when, what the line was like, what broke and on whose side. One page for the patient, the doctor, finance and
// support, printed as it stands.
import { momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice } from '../parts/notice.tsx';
import { doctorName } from '../parts/person.tsx';
import { Tag } from '../parts/tag.tsx';
import { wordsOf } from '../words.ts';
import { Brief } from './brief.tsx';
import { Checks } from './checks.tsx';
import { Course } from './course.tsx';
import { Devices } from './devices.tsx';
import type { PassportView } from './passport-view.ts';
import { Presence } from './presence.tsx';
import { Quality } from './quality.tsx';

export interface PassportPageProps {
  readonly frame: Frame;
  readonly view: PassportView;
}

export function PassportPage({ frame, view }: PassportPageProps) {
  const w = wordsOf(frame.lang).passport;
  const isPatient = view.reader === 'patient';
  const isEmpty = view.phase === 'none';
  return (
    <Layout frame={frame} title={w.title} current={isPatient ? 'appointments' : 'desk'} staff={!isPatient}>
      <div class="stack">
        <Head frame={frame} view={view} />
        <Standing frame={frame} view={view} />
        <Brief frame={frame} view={view} />
        {!isEmpty && <Presence frame={frame} view={view} />}
        {!isEmpty && <Course frame={frame} view={view} />}
        {!isEmpty && <Quality frame={frame} view={view} />}
        {!isEmpty && (
          <div class="cols wide">
            <Checks frame={frame} view={view} />
            <Devices frame={frame} view={view} />
          </div>
        )}
        <Notice tone="info" icon="shield" role="note" lead={w.noMediaLead} text={w.noMedia} />
      </div>
    </Layout>
  );
}

function Head({ frame, view }: PassportPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.passport;
  const isPatient = view.reader === 'patient';
  return (
    <div>
      <Crumb href={isPatient ? `/consultations/${view.consultationId}` : '/desk'}>{isPatient ? w.backToVisit : words.room.toDesk}</Crumb>
      <div class="row apart">
        <div>
          <h1>{w.title}</h1>
          <p class="muted">
            {view.patientName} · {doctorName(view.doctor, frame.lang)}
          </p>
        </div>
        <Tag frame={frame} status={view.status} facts={view.facts} to={isPatient ? 'patient' : 'staff'} />
      </div>
      <p class="small muted">{w.lead}</p>
    </div>
  );
}

/** What the figures below are worth: nothing yet, only so far, or all of it, which needs no word. */
function Standing({ frame, view }: PassportPageProps) {
  const w = wordsOf(frame.lang).passport;
  switch (view.phase) {
    case 'none':
      return <Notice tone="info" icon="info" lead={w.none} text={w.noneText} />;
    case 'ahead':
      return <Notice tone="info" icon="clock" lead={w.ahead} text={w.aheadText} />;
    case 'going':
      return <Notice tone="info" icon="clock" lead={w.going} text={w.goingText(momentOf(frame.now, frame))} />;
    case 'over':
      return null;
  }
}
