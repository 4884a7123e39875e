// «Приёмы», tab «Предстоящие»: the newest booking first, each as a talon that reloads itself.
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Obstacles } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { AppointmentTalon } from './appointment-talon.tsx';
import { Tabs } from './tabs.tsx';

export interface AppointmentsPageProps {
  readonly frame: Frame;
  readonly talons: readonly TalonView[];
}

export function AppointmentsPage({ frame, talons }: AppointmentsPageProps) {
  const w = wordsOf(frame.lang).appointments;
  return (
    <Layout frame={frame} title={w.title} current="appointments">
      <h1>{w.title}</h1>
      <Tabs frame={frame} current="upcoming" count={talons.length} />
      <Obstacles frame={frame} />
      {talons.length === 0 ? (
        <Empty heading={w.emptyHeading}>
          <p>{w.emptyText(frame.clinic.holdMinutes)}</p>
          <a class="button" href="/online">
            {w.book}
          </a>
        </Empty>
      ) : (
        <>
          <ul class="talons" role="list">
            {talons.map(talon => (
              <li>
                <AppointmentTalon frame={frame} talon={talon} />
              </li>
            ))}
          </ul>
          <p>
            <a href="/online">{w.another}</a>
          </p>
        </>
      )}
    </Layout>
  );
}
