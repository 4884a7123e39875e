// Shown instead of a room that cannot be entered now: why, from when it can, and the way back; for the doctor of a visit without an
// outcome, the form that ends it. A visit that was ended has its own page, EndedPage.
import type { Admission, NotAbsent, Side } from '../../workflows/rules/admission.ts';
import { clinicClockOf, momentOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Frame } from '../model.ts';
import type { VisitView } from './room-view.ts';
import { Conclude } from './conclude.tsx';
import { Empty } from '../parts/empty.tsx';
import { Phone } from '../parts/notice.tsx';
import { visitLine } from '../parts/visit-line.ts';
import { wordsOf } from '../words.ts';

export interface RoomRefusedPageProps {
  readonly frame: Frame;
  readonly visit: VisitView;
  readonly notAbsent: NotAbsent | null;
  readonly tookPlace: boolean;
  readonly scheduleVersion: number;
  readonly admission: Extract<Admission, { kind: 'early' | 'over' }>;
  /** The visit was cancelled because the doctor was late. */
  readonly isDoctorLate: boolean;
}

export function RoomRefusedPage({ frame, visit, notAbsent, tookPlace, scheduleVersion, admission, isDoctorLate }: RoomRefusedPageProps) {
  const { role, consultationId } = visit;
  const words = wordsOf(frame.lang);
  const w = words.room;
  const { heading, text } = isDoctorLate ? w.refused.doctorLate[role] : whyOf(frame, role, admission);
  const isDoctor = role === 'doctor';
  const why = admission.kind === 'over' ? admission.why : null;
  const isForgotten = isDoctor && why === 'forgotten';
  return (
    <Layout frame={frame} title={heading} current={isDoctor ? 'desk' : 'appointments'} staff={isDoctor}>
      <div>
        <h1>{w.callTitle}</h1>
        <p class="lead">{visitLine(visit, frame)}</p>
      </div>
      <Empty heading={heading}>
        <p>{text}</p>
        <p class="small">
          {words.frame.reception} <Phone frame={frame} />
        </p>
        <a class={isForgotten ? 'button quiet' : 'button'} href={isDoctor ? '/desk' : `/consultations/${consultationId}`}>
          {isDoctor ? w.toDesk : why === 'notPaid' ? w.toPayment : words.appointments.details}
        </a>
      </Empty>
      {isForgotten && <Conclude frame={frame} view={{ consultationId, notAbsent, tookPlace, scheduleVersion }} isClosed />}
    </Layout>
  );
}

function whyOf(
  frame: Frame,
  role: Side,
  admission: RoomRefusedPageProps['admission'],
): { readonly heading: string; readonly text: string } {
  const w = wordsOf(frame.lang).room.refused;
  if (admission.kind === 'over') return { ...w, ...(role === 'doctor' ? w.doctors : {}) }[admission.why];
  return { heading: w.early, text: w.earlyText(momentOf(admission.waitingFrom, frame), clinicClockOf(admission.opensAt, frame)) };
}
