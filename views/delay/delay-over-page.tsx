// 409: the doctor came while the patient was asking for the money back, so the visit takes place. For a browser without script.
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';

export interface DelayOverPageProps {
  readonly frame: Frame;
  readonly talon: TalonView;
}

export function DelayOverPage({ frame, talon }: DelayOverPageProps) {
  const words = wordsOf(frame.lang);
  const w = words.delay;
  return (
    <Layout frame={frame} title={w.hereTitle} current="appointments">
      <div>
        <Crumb href={`/consultations/${talon.id}`}>{words.reschedule.toConsultation}</Crumb>
        <h1>{w.hereTitle}</h1>
      </div>
      <Notice tone="ok" icon="user" role="alert" text={w.here} />
      <div class="acts">
        <a class="button big" href={`/consultations/${talon.id}/room`}>
          {words.appointments.enter}
        </a>
      </div>
    </Layout>
  );
}
