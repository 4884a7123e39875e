// 409: the appointment was not moved. Somebody took the slot first, the patient is busy then, or it was moved from another page. The old
// time and the payment stay.
import type { Interval } from '../../workflows/rules/interval.ts';
import { AppointmentTalon } from '../appointments/appointment-talon.tsx';
import { NearestSlots } from '../booking/nearest-slots.tsx';
import { clockOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';

export type NotMovedReason =
  /** `nearest`: at most three. */
  | { readonly kind: 'taken'; readonly startsAt: number; readonly nearest: readonly Interval[] }
  /** `own`: the patient's other appointment that it would overlap. */
  | { readonly kind: 'busy'; readonly own: TalonView }
  | { readonly kind: 'stale' };

export interface NotMovedPageProps {
  readonly frame: Frame;
  readonly talon: TalonView;
  readonly reason: NotMovedReason;
}

export function NotMovedPage({ frame, talon, reason }: NotMovedPageProps) {
  const w = wordsOf(frame.lang).reschedule;
  const heading = { taken: w.takenHeading, busy: w.busyHeading, stale: w.staleHeading }[reason.kind];
  const path = `/consultations/${talon.id}`;
  return (
    <Layout frame={frame} title={heading} current="appointments">
      <div>
        <Crumb href={path}>{w.toConsultation}</Crumb>
        <h1>{heading}</h1>
      </div>
      <Why frame={frame} talon={talon} reason={reason} />
      <div class="acts">
        <a class="button quiet" href={`${path}/reschedule`}>
          {w.allTimes}
        </a>
        <a class="button plain" href={path}>
          {w.keep}
        </a>
      </div>
    </Layout>
  );
}

function Why({ frame, talon, reason }: NotMovedPageProps) {
  const w = wordsOf(frame.lang).reschedule;
  switch (reason.kind) {
    case 'taken': {
      const slotHref = (startsAt: number) => `/consultations/${talon.id}/reschedule?to=${startsAt}`;
      return (
        <Notice tone="warn" icon="clock" role="alert" lead={w.taken(clockOf(reason.startsAt, frame.clinic.zone))} text={w.takenText}>
          <p>{reason.nearest.length > 0 ? w.nearest : w.noNearest}</p>
          <NearestSlots frame={frame} doctor={talon.doctor} nearest={reason.nearest} hrefOf={slotHref} />
        </Notice>
      );
    }
    case 'busy':
      return (
        <>
          <Notice tone="warn" icon="calendar" role="alert" lead={w.busyLead} text={w.busy} />
          <div class="talons">
            <AppointmentTalon frame={frame} talon={reason.own} />
          </div>
        </>
      );
    case 'stale':
      return <Notice tone="warn" icon="refresh" role="alert" lead={w.staleLead} text={w.stale} />;
  }
}
