// After the call: how it ended, what comes next and what happens to the money, for the patient and for the doctor.
import type { Outcome } from '../../workflows/rules/status.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { EndedView } from './room-view.ts';
import type { IconName } from '../parts/icon.tsx';
import { moneyLine } from '../parts/money-line.ts';
import { Notice } from '../parts/notice.tsx';
import { visitLine } from '../parts/visit-line.ts';
import { wordsOf } from '../words.ts';

export interface EndedPageProps {
  readonly frame: Frame;
  readonly view: EndedView;
}

const TONE = {
  tookPlace: ['ok', 'done'],
  failed: ['bad', 'broken'],
  absent: ['warn', 'away'],
} as const satisfies Record<Outcome, readonly ['ok' | 'bad' | 'warn', IconName]>;

export function EndedPage({ frame, view }: EndedPageProps) {
  const w = wordsOf(frame.lang).room;
  const { role, outcome, facts } = view;
  const words = w.ended[role][outcome];
  const [tone, icon] = TONE[outcome];
  const isDoctor = role === 'doctor';
  return (
    <Layout frame={frame} title={words.heading} current={isDoctor ? 'desk' : 'appointments'} staff={isDoctor}>
      <div>
        <h1>{words.heading}</h1>
        <p class="lead">{visitLine(view, frame)}</p>
      </div>
      <Notice tone={tone} icon={icon} text={words.text}>
        {!isDoctor && <p>{moneyLine(facts, frame)}</p>}
      </Notice>
      <div class="acts">{isDoctor ? <DoctorActs frame={frame} view={view} /> : <PatientActs frame={frame} view={view} />}</div>
    </Layout>
  );
}

const DoctorActs = ({ frame, view }: EndedPageProps) => (
  <>
    {view.outcome === 'tookPlace' && (
      <a class="button" href={`/desk/consultations/${view.consultationId}/protocol`}>
        {view.facts.publishedAt === null ? wordsOf(frame.lang).protocol.toSign : wordsOf(frame.lang).protocol.title}
      </a>
    )}
    <a class={view.outcome === 'tookPlace' ? 'button quiet' : 'button'} href="/desk">
      {wordsOf(frame.lang).room.toDesk}
    </a>
    <ToPassport frame={frame} view={view} />
  </>
);

const ToPassport = ({ frame, view }: EndedPageProps) => (
  <a class="button plain" href={`/consultations/${view.consultationId}/passport`}>
    {wordsOf(frame.lang).passport.title}
  </a>
);

function PatientActs({ frame, view }: EndedPageProps) {
  const w = wordsOf(frame.lang).room;
  const tookPlace = view.outcome === 'tookPlace';
  return (
    <>
      <a class="button" href={tookPlace ? '/card' : `/doctors/${view.doctor.id}`}>
        {tookPlace ? w.toCard : w.again}
      </a>
      <a class="button quiet" href={`/consultations/${view.consultationId}`}>
        {wordsOf(frame.lang).appointments.details}
      </a>
      <ToPassport frame={frame} view={view} />
    </>
  );
}
