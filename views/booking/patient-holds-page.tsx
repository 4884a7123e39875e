// Each person may have one unpaid hold: the previous one must be paid or cancelled first.
import { Layout } from '../layout.tsx';
import { AppointmentTalon } from '../appointments/appointment-talon.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';

export interface PatientHoldsPageProps {
  readonly frame: Frame;
  /** The patient's unpaid hold. */
  readonly hold: TalonView;
}

export function PatientHoldsPage({ frame, hold }: PatientHoldsPageProps) {
  const w = wordsOf(frame.lang).booking;
  return (
    <Layout frame={frame} title={w.holdsTitle} current="online">
      <h1>{w.holdsTitle}</h1>
      <Notice tone="warn" icon="clock" role="alert" lead={w.holdsLead} text={w.holdsText} />
      <div class="talons">
        <AppointmentTalon frame={frame} talon={hold} />
      </div>
    </Layout>
  );
}
