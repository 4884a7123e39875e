// «Приёмы», tab «Предстоящие»: the newest booking first, each as a talon that reloads itself.
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Empty } from '../parts/empty.tsx';
import { Notice, Obstacles } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import { AppointmentTalon } from './appointment-talon.tsx';
import { Tabs } from './tabs.tsx';

export interface AppointmentsPageProps {
  readonly frame: Frame;
  readonly talons: readonly TalonView[];
  /** An address that does not take letters. */
  readonly bounced: string | null;
  /** The patient has just changed the address. */
  readonly isAddressChanged: boolean;
}

export function AppointmentsPage({ frame, talons, bounced, isAddressChanged }: AppointmentsPageProps) {
  const w = wordsOf(frame.lang).appointments;
  return (
    <Layout frame={frame} title={w.title} current="appointments">
      <h1>{w.title}</h1>
      <Tabs frame={frame} current="upcoming" count={talons.length} />
      <Obstacles frame={frame} />
      {bounced !== null && (
        <Notice tone="warn" icon="mail" lead={w.bouncedLead(bounced)} text={w.bouncedText}>
          <p>
            <a href="/appointments/address">{w.bouncedChange}</a>
          </p>
        </Notice>
      )}
      {bounced === null && isAddressChanged && (
        <Notice tone="ok" icon="done" role="status" lead={w.addressChangedLead} text={w.addressChanged} />
      )}
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
