// «Журнал связи»: who met whom and when, the quality of the connection, what failed and on whose side. The same page for the patient, the
// doctor, finance and support; it can be printed.
import { clinicClockOf, documentDateOf, exactMomentOf, momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice } from '../parts/notice.tsx';
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
        <div class="cols wide">
          <div class="stack">
            <Brief frame={frame} view={view} />
            {!isEmpty && <Presence frame={frame} view={view} />}
          </div>
          {!isEmpty && <Course frame={frame} view={view} />}
        </div>
        {!isEmpty && <Quality frame={frame} view={view} />}
        {!isEmpty && (
          <div class="cols wide">
            <Checks frame={frame} view={view} />
            <Devices frame={frame} view={view} />
          </div>
        )}
        <Notice tone="info" icon="shield" role="note" lead={w.noMediaLead} text={w.noMedia} />
        <About frame={frame} view={view} />
      </div>
    </Layout>
  );
}

function Head({ frame, view }: PassportPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.passport;
  const isPatient = view.reader === 'patient';
  return (
    <div class="stack tight">
      <Crumb href={isPatient ? `/consultations/${view.consultationId}` : '/desk'}>{isPatient ? w.backToVisit : words.room.toDesk}</Crumb>
      <div class="row apart">
        <div>
          <h1>{w.title}</h1>
          <p class="muted">{exactMomentOf(view.facts.startsAt, frame)}</p>
        </div>
        <Tag frame={frame} status={view.status} facts={view.facts} to={isPatient ? 'patient' : 'staff'} />
      </div>
      <p class="small muted">{w.lead}</p>
    </div>
  );
}

/** The clinic, the consultation and the time of printing, so that a printed page identifies itself. */
function About({ frame, view }: PassportPageProps) {
  const date = documentDateOf(frame.now, frame.clinic.zone, frame.lang);
  const moment = `${date}, ${clinicClockOf(frame.now, frame)}`;
  return <p class="small muted">{wordsOf(frame.lang).passport.about(frame.clinic.name[frame.lang], view.consultationId, moment)}</p>;
}

/** Whether the figures below are final: not available yet, or only so far; nothing when they are complete. */
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
