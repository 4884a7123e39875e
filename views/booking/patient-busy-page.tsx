// 409: the patient already has an appointment at this time, possibly with another doctor.
import { momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import { AppointmentTalon } from '../appointments/appointment-talon.tsx';
import type { TalonView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import { Notice } from '../parts/notice.tsx';
import { wordsOf } from '../words.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface PatientBusyPageProps {
  readonly frame: Frame;
  /** The patient's own appointment that overlaps. */
  readonly own: TalonView;
  readonly doctor: Doctor;
  readonly startsAt: number;
}

export function PatientBusyPage({ frame, own, doctor, startsAt }: PatientBusyPageProps) {
  const w = wordsOf(frame.lang).booking;
  return (
    <Layout frame={frame} title={w.busyTitle} current="online">
      <h1>{w.busyTitle}</h1>
      <Notice tone="warn" icon="calendar" role="alert" lead={w.busyLead} text={w.busyText(momentOf(startsAt, frame))} />
      <div class="talons">
        <AppointmentTalon frame={frame} talon={own} />
      </div>
      <div class="acts">
        <a class="button quiet" href={`/doctors/${doctor.id}`}>
          {w.busyChoose}
        </a>
      </div>
    </Layout>
  );
}
